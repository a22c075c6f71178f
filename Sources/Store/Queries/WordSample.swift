internal import Identity

/// The words of some users in an index of their own, which takes the queries of `user_words`.
///
/// FTS5 gathers every row of every word that begins so before it gives the first one: with a million
/// users a fifth of a second for a word that all of them have. Of a few hundred it takes none.
final class WordSample {
    private let database: Database
    private let reader: UserReader
    private let insertion: Statement
    private let query: Statement

    init(_ store: Store) throws(StoreError) {
        database = store.database
        reader = try UserReader(store)
        try database.execute(
            """
            DROP TABLE IF EXISTS temp.sampled_words;
            CREATE VIRTUAL TABLE temp.sampled_words USING fts5 (
                words, content = '', columnsize = 0, detail = none,
                tokenize = 'unicode61 remove_diacritics 2'
            )
            """)
        insertion = try database.prepare(
            "INSERT INTO temp.sampled_words (rowid, words) VALUES (?, ?)")
        query = try database.prepare(
            "SELECT rowid FROM temp.sampled_words WHERE sampled_words MATCH ? ORDER BY rowid")
    }

    /// Takes these users in the place of those that were taken before.
    func take(_ users: [UserID]) throws(StoreError) {
        // One transaction: a commit for each row would write its pages each time.
        try database.execute("SAVEPOINT sample")
        defer { try? database.execute("RELEASE sample") }
        try database.execute(
            "INSERT INTO temp.sampled_words (sampled_words) VALUES ('delete-all')")
        for id in users {
            guard let user = try reader.user(id) else { continue }
            try insertion.bind(id, at: 1)
            try insertion.bind(String(decoding: user.record.words, as: UTF8.self), at: 2)
            try insertion.run()
        }
    }

    /// Those who have all of the words, in the order of their ids.
    func matches(_ words: [String]) throws(StoreError) -> [UserID] {
        guard let text = SearchWords.query(all: words, asPrefixes: true) else { return [] }
        try query.bind(text, at: 1)
        return try query.all { row throws(StoreError) in try row.id("rowid") }
    }
}
