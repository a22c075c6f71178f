internal import LDAP

/// Finds the one whom somebody named: by username, mail address, employee number, id or DN.
package final class UserLookup {
    package struct Matches: Sendable {
        /// Those whom the name fits: of users with an entry, or where there is none, of those
        /// without.
        package let users: [User]
        /// Those whose entry is missing and whom the name fits, too.
        package let passedOver: [User]
    }

    private let reader: UserReader
    private let byUsername: Statement
    private let byDN: Statement
    private let byMail: Statement
    private let byNumber: Statement
    private let directories: Statement

    package init(_ database: Database) throws(StoreError) {
        reader = try UserReader(database)
        byUsername = try database.prepare("SELECT id FROM users WHERE username_key = ?")
        byDN = try database.prepare("SELECT id FROM users WHERE dn_key = ?")
        byMail = try database.prepare(
            """
            SELECT u.id, u.mail FROM user_words w JOIN users u ON u.id = w.rowid \
            WHERE w.user_words MATCH ? AND u.mail IS NOT NULL
            """)
        byNumber = try database.prepare(
            """
            SELECT u.id FROM user_words w JOIN users u ON u.id = w.rowid \
            WHERE w.user_words MATCH ? AND u.employee_number = ?
            """)
        directories = try database.prepare("SELECT id FROM directories WHERE name = ?")
    }

    /// `text` may have a directory's key before it: `hq:ada`.
    package func find(_ text: String) throws(StoreError) -> Matches {
        let all = try matches(of: text)
        guard all.isEmpty, let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else {
            return Matches(all)
        }
        let directory = String(text[..<colon])
        try directories.bind(directory, at: 1)
        guard try directories.first({ row throws(StoreError) in row.int(0) }) != nil else {
            return Matches(all)
        }
        let rest = String(text[text.utf8.index(after: colon)...])
        return Matches(try matches(of: rest).filter { $0.directory == directory })
    }

    package func byEmployeeNumber(_ number: String) throws(StoreError) -> [Int64] {
        guard let query = SearchWords.query(all: SearchWords.split(number), asPrefixes: false)
        else { return [] }
        try byNumber.bind(query, at: 1)
        try byNumber.bind(number, at: 2)
        return try byNumber.all { row throws(StoreError) in row.int(0) }
    }

    private func matches(of text: String) throws(StoreError) -> [User] {
        var ids = Set<Int64>()
        try byUsername.bind(text.directoryFolded, at: 1)
        ids.formUnion(try byUsername.all { row throws(StoreError) in row.int(0) })
        if let dn = DN(text), !dn.isEmpty {
            try byDN.bind(MemberKey(dn).octets, at: 1)
            ids.formUnion(try byDN.all { row throws(StoreError) in row.int(0) })
        }
        if let id = Int64(text), id > 0 { ids.insert(id) }
        ids.formUnion(try byMailAddress(text))
        ids.formUnion(try byEmployeeNumber(text))
        var users: [User] = []
        for id in ids.sorted() {
            if let user = try reader.user(id) { users.append(user) }
        }
        return users
    }

    private func byMailAddress(_ address: String) throws(StoreError) -> [Int64] {
        guard address.utf8.contains(UInt8(ascii: "@")),
            let query = SearchWords.query(all: SearchWords.split(address), asPrefixes: false)
        else { return [] }
        let folded = address.directoryFolded
        try byMail.bind(query, at: 1)
        let candidates = try byMail.all { row throws(StoreError) in
            row.text(1).directoryFolded == folded ? row.int(0) : nil
        }
        return candidates.compactMap(\.self)
    }
}

extension UserLookup.Matches {
    fileprivate init(_ all: [User]) {
        let present = all.filter { $0.missingSince == nil }
        users = present.isEmpty ? all : present
        passedOver = present.isEmpty ? [] : all.filter { $0.missingSince != nil }
    }
}
