internal import Ground
package import Identity
internal import LDAP

/// Finds the one whom somebody named: by username, mail address, employee number, id or DN.
package final class UserLookup {
    package struct Matches: Sendable {
        /// Those whom the name fits: of users with an entry, or where there is none, of those
        /// without.
        package let users: [User]
        /// Those whose entry is missing and whom the name fits, too.
        package let passedOver: [User]
        /// Entries that the name fits and of which no user could be made.
        package let rejected: [Candidate]

        /// All whom the name may mean.
        package var candidates: [Candidate] { users.map { Candidate($0) } + rejected }

        /// The one whom the name means; nil where it means nobody, or several.
        package var only: User? { users.count == 1 && rejected.isEmpty ? users[0] : nil }
    }

    private let reader: UserReader
    private let byUsername: Statement
    private let byDN: Statement
    private let byMail: Statement
    private let byNumber: Statement
    private let rejectedByName: Statement
    private let directories: Statement

    package init(_ store: Store) throws(StoreError) {
        let database = store.database
        reader = try UserReader(store)
        byUsername = try database.prepare(
            """
            SELECT id FROM users WHERE id IN (\
            SELECT id FROM users WHERE username_key = ?1 UNION ALL \
            SELECT user FROM other_names WHERE name_key = ?1) \
            ORDER BY missing_since IS NOT NULL, id
            """)
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
        rejectedByName = try database.prepare(
            """
            SELECT d.name, n.dn FROM rejected_names n JOIN directories d ON d.id = n.directory \
            WHERE n.name_key = ? ORDER BY d.name, n.dn LIMIT 100
            """)
        directories = try database.prepare("SELECT name, domain, folds_dotted_i FROM directories")
    }

    /// `text` may have a directory's key before it, `hq:ada`, or the name of a domain, `HQ\ada`.
    ///
    /// `id:7` is the store's own number, and nothing else; no other text means one.
    package func find(_ text: String) throws(StoreError) -> Matches {
        switch WrittenUserID(text) {
        case .number(let id): return Matches([try reader.user(id)].compactMap(\.self), [])
        case .nobody: return Matches([], [])
        case nil: break
        }
        var (users, rejected) = try matches(of: text)
        guard users.isEmpty, rejected.isEmpty else { return Matches(users, rejected) }
        for (directory, name) in try qualified(text) {
            let found = try matches(of: name)
            users += found.users.filter { $0.directory == directory }
            rejected += found.rejected.filter { $0.directory == directory }
        }
        return Matches(users, rejected)
    }

    package func byEmployeeNumber(_ number: String) throws(StoreError) -> [UserID] {
        guard let query = SearchWords.query(all: SearchWords.split(number), asPrefixes: false)
        else { return [] }
        try byNumber.bind(query, at: 1)
        try byNumber.bind(number, at: 2)
        return try byNumber.all { row throws(StoreError) in try row.id("id") }
    }

    /// By any of the names but mail address and number; those first whose entry is present.
    package func byUsername(_ name: String) throws(StoreError) -> [UserID] {
        try byUsername.bind(name.directoryFolded, at: 1)
        return try byUsername.all { row throws(StoreError) in try row.id("id") }
    }

    /// The directories whose key or domain stands before the name, and the name.
    private func qualified(
        _ text: String
    ) throws(StoreError) -> [(directory: DirectoryName, name: String)] {
        let signs = [UInt8(ascii: ":"), UInt8(ascii: "\\")]
        guard let place = text.utf8.firstIndex(where: signs.contains) else { return [] }
        let prefix = String(text[..<place])
        let name = String(text[text.utf8.index(after: place)...])
        let isDomain = text.utf8[place] == UInt8(ascii: "\\")
        let known = try directories.all { row throws(StoreError) in
            try (name: row.directory("name"), domain: row.optionalText("domain"))
        }
        return known.filter {
            isDomain
                ? $0.domain?.directoryFolded == prefix.directoryFolded : $0.name.rawValue == prefix
        }.map { ($0.name, name) }
    }

    private func matches(
        of text: String
    ) throws(StoreError) -> (users: [User], rejected: [Candidate]) {
        var found = try exactMatches(of: text)
        guard text.hasDottedI else { return found }
        // To some servers the letter is a plain i.
        let others = try directories.all { row throws(StoreError) in
            try row.optionalInt("folds_dotted_i") == 1 ? row.directory("name") : nil
        }
        let plain = try exactMatches(of: text.plainI)
        for user in plain.users
        where others.contains(user.directory) && !found.users.contains(where: { $0.id == user.id })
        {
            found.users.append(user)
        }
        found.rejected += plain.rejected.filter { others.contains($0.directory) }
        return found
    }

    private func exactMatches(
        of text: String
    ) throws(StoreError) -> (users: [User], rejected: [Candidate]) {
        var ids = Set(try byUsername(text))
        let dn = DN(text).flatMap { $0.isEmpty ? nil : $0 }
        if let dn {
            try byDN.bind(MemberKey(dn), at: 1)
            ids.formUnion(try byDN.all { row throws(StoreError) in try row.id("id") })
        }
        ids.formUnion(try byMailAddress(text))
        ids.formUnion(try byEmployeeNumber(text))
        var users: [User] = []
        for id in ids.sorted() {
            if let user = try reader.user(id) { users.append(user) }
        }
        return (users, try rejected(text, dn, besides: users))
    }

    /// An entry that is rejected and a user's all the same counts as the user.
    private func rejected(
        _ text: String, _ dn: DN?, besides users: [User]
    ) throws(StoreError) -> [Candidate] {
        let username = dn == nil ? text : nil
        var keys = [(key: text.directoryFolded, username: username)]
        keys.append((RejectedTable.contactKey(text), nil))
        if let dn { keys.append((dn.normalized, nil)) }
        var found: [Candidate] = []
        for (key, username) in keys {
            try rejectedByName.bind(key, at: 1)
            let rows = try rejectedByName.all { row throws(StoreError) in
                try (row.directory("name"), row.dn("dn"))
            }
            for (directory, name) in rows {
                let isKnown =
                    found.contains { $0.directory == directory && $0.dn == name }
                    || users.contains {
                        $0.directory == directory && $0.missingSince == nil
                            && $0.record.dn == name
                    }
                if !isKnown {
                    found.append(
                        Candidate(entry: name, of: directory, username: username))
                }
            }
        }
        return found
    }

    private func byMailAddress(_ address: String) throws(StoreError) -> [UserID] {
        guard address.utf8.contains(UInt8(ascii: "@")),
            let query = SearchWords.query(all: SearchWords.split(address), asPrefixes: false)
        else { return [] }
        let folded = address.directoryFolded
        try byMail.bind(query, at: 1)
        let candidates = try byMail.all { row throws(StoreError) in
            try row.text("mail").directoryFolded == folded ? row.id("id") as UserID : nil
        }
        return candidates.compactMap(\.self)
    }
}

/// `id:7`, as a person wrote it.
package enum WrittenUserID {
    fileprivate static let prefix = "id:"

    case number(UserID)
    /// Meant so, and no number of anybody: `id:007`.
    case nobody

    /// nil where `text` is a name of some other kind.
    package init?(_ text: String) {
        let digits = text.utf8.dropFirst(Self.prefix.utf8.count)
        guard text.hasPrefix(Self.prefix), !digits.isEmpty,
            digits.allSatisfy(\.isASCIIDigit)
        else { return nil }
        if digits.first != 0x30, let id = Int64(String(Substring(digits))) {
            self = .number(UserID(rawValue: id))
        } else {
            self = .nobody
        }
    }
}

extension UserID {
    /// How people name a user by the store's own number: `id:7`.
    package var word: String { WrittenUserID.prefix + description }
}

extension UserLookup.Matches {
    fileprivate init(_ all: [User], _ rejected: [Candidate]) {
        let present = all.filter { $0.missingSince == nil }
        let isNobodyThere = present.isEmpty && rejected.isEmpty
        users = isNobodyThere ? all : present
        passedOver = isNobodyThere ? [] : all.filter { $0.missingSince != nil }
        self.rejected = rejected
    }
}
