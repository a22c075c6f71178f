internal import Identity

/// What `find` searches: `user_words`, one row of words for each user.
///
/// The table keeps no text. A row is taken out by giving the words that it was put in with, so they
/// are always made from the row of `users` as it stands.
final class UserWords {
    private let insertion: Statement
    private let removal: Statement

    init(_ database: Database) throws(StoreError) {
        insertion = try database.prepare("INSERT INTO user_words (rowid, words) VALUES (?, ?)")
        removal = try database.prepare(
            "INSERT INTO user_words (user_words, rowid, words) VALUES ('delete', ?, ?)")
    }

    /// For a first load: words are gathered for as long as a transaction takes, and written in few
    /// large pieces that are not merged with each other until it is over (fts5.html, 6.4 and 6.7).
    ///
    /// 1 MB and 4 pieces are SQLite's own values. Kept in the database, for every connection.
    static func expectMany(_ isLoading: Bool, in database: Database) throws(StoreError) {
        let set = try database.prepare(
            "INSERT INTO user_words (user_words, rank) VALUES (?, ?)")
        try set.run("hashsize", isLoading ? 12 << 20 : 1 << 20 as Int64)
        try set.run("automerge", isLoading ? 0 : 4 as Int64)
    }

    func insert(_ words: String, user: UserID) throws(StoreError) {
        try insertion.bind(user, at: 1)
        try insertion.bind(words, at: 2)
        try insertion.run()
    }

    func remove(_ words: String, user: UserID) throws(StoreError) {
        try removal.bind(user, at: 1)
        try removal.bind(words, at: 2)
        try removal.run()
    }
}

extension UserRecord {
    /// All that `find` looks through.
    var words: String {
        // Octets: to append to a `String` takes several times as long, and every user comes by here.
        var words = Array(username.utf8)
        words.reserveCapacity(200)
        for value in [givenName, familyName, displayName, mail, employeeNumber] {
            guard let value else { continue }
            words.append(UInt8(ascii: "\n"))
            words.append(contentsOf: value.utf8)
        }
        for name in otherNames {
            words.append(UInt8(ascii: "\n"))
            words.append(contentsOf: name.text.utf8)
        }
        for attribute in attributes {
            for value in attribute.values {
                words.append(UInt8(ascii: "\n"))
                words.append(contentsOf: value.utf8)
            }
        }
        return String(decoding: words, as: UTF8.self)
    }
}
