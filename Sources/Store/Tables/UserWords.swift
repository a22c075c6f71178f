internal import Identity

/// What `find` searches: `user_words`, one row of words for each user.
///
/// The table keeps no text. A row is taken out by giving the words that it was put in with, so they
/// are always made from the row of `users` as it stands.
final class UserWords {
    private let insertion: Statement
    private let removal: Statement
    private var texts = RowTexts()

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

    func insert(_ record: UserRecord, user: UserID) throws(StoreError) {
        try run(insertion, record, user)
    }

    func remove(_ record: UserRecord, user: UserID) throws(StoreError) {
        try run(removal, record, user)
    }

    /// Nothing is done where both have the same words.
    func replace(_ old: UserRecord, by new: UserRecord, user: UserID) throws(StoreError) {
        guard old.words != new.words else { return }
        try remove(old, user: user)
        try insert(new, user: user)
    }

    private func run(
        _ statement: borrowing Statement, _ record: UserRecord, _ user: UserID
    ) throws(StoreError) {
        texts.begin()
        try statement.bind(user, at: 1)
        texts.append(at: 2) { record.appendWords(to: &$0) }
        try texts.run(statement)
    }
}

extension UserRecord {
    /// All that `find` looks through, in UTF-8.
    var words: [UInt8] {
        var words: [UInt8] = []
        appendWords(to: &words)
        return words
    }

    fileprivate func appendWords(to words: inout [UInt8]) {
        words += username.utf8
        for value in [givenName, familyName, displayName, mail, employeeNumber] {
            guard let value else { continue }
            words.append(UInt8(ascii: "\n"))
            words += value.utf8
        }
        for name in otherNames {
            words.append(UInt8(ascii: "\n"))
            words += name.text.utf8
        }
        for attribute in attributes {
            for value in attribute.values {
                words.append(UInt8(ascii: "\n"))
                words += value.utf8
            }
        }
    }
}
