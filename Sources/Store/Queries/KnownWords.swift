internal import Identity
internal import LDAP

/// Words that the store knows and that begin with what was typed, for the completions of the shells.
///
/// Every question is answered from an index, and by `limit` words at most, however many users there
/// are.
package struct KnownWords {
    package struct Word: Hashable, Sendable {
        package let text: String
        /// The meaning, for a person; may be empty.
        package let meaning: String

        package init(text: String, meaning: String) {
            self.text = text
            self.meaning = meaning
        }
    }

    private static let limit: Int64 = 200

    private let database: Database

    package init(_ store: Store) {
        database = store.database
    }

    /// Usernames, in any case; `hq:ada` where a directory's key was typed in front.
    package func users(_ prefix: String) throws(StoreError) -> [Word] {
        if let colon = prefix.utf8.firstIndex(of: UInt8(ascii: ":")) {
            let directory = DirectoryName(rawValue: String(prefix[..<colon]))
            let rest = String(prefix[prefix.utf8.index(after: colon)...])
            let found = try knows(directory) ? usernames(rest, directory: directory) : []
            if !found.isEmpty {
                return found.map { Word(text: directory.naming($0.text), meaning: $0.meaning) }
            }
        }
        return try usernames(prefix, directory: nil)
    }

    /// A colon may be part of a username: without this every user would be looked at.
    private func knows(_ directory: DirectoryName) throws(StoreError) -> Bool {
        let statement = try database.prepare("SELECT id FROM directories WHERE name = ?")
        try statement.bind(directory, at: 1)
        return try statement.hasRow()
    }

    private func usernames(
        _ prefix: String, directory: DirectoryName?
    ) throws(StoreError) -> [Word] {
        try words(
            """
            SELECT u.username AS word, coalesce(u.display_name, '') AS meaning FROM users u
            WHERE u.username_key >= ?1 AND u.username_key < ?1 || char(1114111)
                AND (?2 IS NULL OR u.directory = (SELECT id FROM directories WHERE name = ?2))
            ORDER BY u.username_key LIMIT ?3
            """, prefix.directoryFolded, directory)
    }

    /// Serials of credentials.
    package func credentials(_ prefix: String) throws(StoreError) -> [Word] {
        try words(
            """
            SELECT c.serial AS word, c.kind || ' of ' || u.username || ', ' || c.state AS meaning
            FROM credentials c JOIN users u ON u.id = c.user
            WHERE c.serial >= ?1 AND c.serial < ?1 || char(1114111) AND ?2 IS NULL
            ORDER BY c.serial LIMIT ?3
            """, prefix, nil)
    }

    /// Serials of certificates, which are written in upper case.
    package func certificates(_ prefix: String) throws(StoreError) -> [Word] {
        try words(
            """
            SELECT c.serial AS word, u.username || ', ' || c.state AS meaning
            FROM certificates c JOIN users u ON u.id = c.user
            WHERE c.serial >= ?1 AND c.serial < ?1 || char(1114111) AND ?2 IS NULL
            ORDER BY c.serial LIMIT ?3
            """, prefix.uppercased(), nil)
    }

    /// Processes that are not finished.
    package func unfinishedProcesses(_ prefix: String) throws(StoreError) -> [Word] {
        try words(
            """
            SELECT p.id AS word, p.reason || ' of ' || u.username || ', ' || p.state AS meaning
            FROM processes p JOIN users u ON u.id = p.user
            WHERE p.state IN ('open', 'partial')
                AND substr(p.id, 1, length(?1)) = ?1 AND ?2 IS NULL
            ORDER BY p.id LIMIT ?3
            """, prefix, nil)
    }

    /// Processes that wait for approval.
    package func requests(_ prefix: String) throws(StoreError) -> [Word] {
        try words(
            """
            SELECT p.id AS word, p.reason || ' of ' || u.username || ', by ' || p.by AS meaning
            FROM processes p JOIN users u ON u.id = p.user
            WHERE p.state = 'requested' AND substr(p.id, 1, length(?1)) = ?1 AND ?2 IS NULL
            ORDER BY p.id LIMIT ?3
            """, prefix, nil)
    }

    /// `sql` gives a word and its meaning; ?1 is the prefix, ?2 the directory, ?3 the limit.
    private func words(
        _ sql: StaticString, _ prefix: String, _ directory: DirectoryName?
    ) throws(StoreError) -> [Word] {
        let statement = try database.prepare(sql)
        try statement.bind(prefix, at: 1)
        try statement.bind(directory, at: 2)
        try statement.bind(Self.limit, at: 3)
        return try statement.all { row throws(StoreError) in
            try Word(text: row.text("word"), meaning: row.text("meaning"))
        }
    }
}
