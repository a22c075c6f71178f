package import Ground
package import Identity
package import LDAP

/// What a sync asks of and writes to `users` and `user_words`, one directory's.
///
/// Statements are compiled once and used for every entry. What writes asks for
/// the transaction, of which there is one for each page.
package final class UserTable {
    /// What decides whether an entry has anything new.
    package struct Known: Sendable {
        package let id: UserID
        package let digest: [UInt8]
        package let isMissing: Bool
    }

    /// A present user who has a username.
    package struct Holder: Sendable {
        package let id: UserID
        package let dn: StoredDN
        package let bornRun: RunID
        package let revision: Int64
    }

    package struct Present: Sendable {
        package let id: UserID
        package let entryID: EntryID
        package let username: String
        package let dn: String
    }

    /// Where an entry was when it was last read.
    package struct Place: Sendable {
        package let id: UserID
        package let dn: StoredDN
        package let isMissing: Bool
    }

    private let database: Database
    private let directory: DirectoryID
    private let known: Statement
    private let place: Statement
    private let foreign: Statement
    private let holder: Statement
    private let insertion: Statement
    private let change: Statement
    private let digest: Statement
    private let missing: Statement
    private let uid: Statement
    private let loading: Statement
    private let words: UserWords
    private let limits: AccountLimitsTable
    private var texts = RowTexts()
    private let names: UserNames

    package init(_ store: Store, directory: DirectoryID) throws(StoreError) {
        let database = store.database
        self.database = database
        self.directory = directory
        known = try database.prepare(
            "SELECT id, digest, missing_since FROM users WHERE directory = ? AND entry_id = ?")
        place = try database.prepare(
            "SELECT id, dn, missing_since FROM users WHERE directory = ? AND entry_id = ?")
        foreign = try database.prepare(
            """
            SELECT d.name, u.username FROM directories d \
            CROSS JOIN users u ON u.directory = d.id AND u.entry_id = ?2 WHERE d.id IS NOT ?1
            """)
        holder = try database.prepare(
            """
            SELECT id, dn, born_run, revision FROM users \
            WHERE username_key = ? AND directory = ? AND missing_since IS NULL AND id IS NOT ?
            """)
        insertion = try database.prepare(
            """
            INSERT INTO users (dn, dn_key, uid_key, username, username_key, given_name, \
            family_name, display_name, mail, employee_number, attributes, disabled, recognised, \
            digest, left_out, directory, entry_id, state, born_run) \
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        change = try database.prepare(
            """
            UPDATE users SET dn = ?, dn_key = ?, uid_key = ?, username = ?, username_key = ?, \
            given_name = ?, family_name = ?, display_name = ?, mail = ?, employee_number = ?, \
            attributes = ?, disabled = ?, recognised = ?, digest = ?, left_out = ?, \
            missing_since = NULL, elsewhere = NULL, elsewhere_group = NULL WHERE id = ?
            """)
        digest = try database.prepare("UPDATE users SET digest = ? WHERE id = ?")
        missing = try database.prepare("UPDATE users SET missing_since = ? WHERE id = ?")
        uid = try database.prepare(
            "UPDATE users SET uid_key = ? WHERE directory = ? AND entry_id = ? RETURNING id")
        loading = try database.prepare(
            "SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = 'users_entry'")
        words = try UserWords(database)
        limits = try AccountLimitsTable(database)
        names = try UserNames(database)
        try known.bind(directory, at: 1)
        try place.bind(directory, at: 1)
        try uid.bind(directory, at: 2)
    }

    package func known(_ entryID: EntryID) throws(StoreError) -> Known? {
        try known.bind(entryID.text, at: 2)
        return try known.first { row throws(StoreError) in
            try Known(
                id: row.id("id"), digest: row.blob("digest"),
                isMissing: !row.isNull("missing_since"))
        }
    }

    /// The user of another directory who has this id.
    package func foreign(
        _ entryID: EntryID
    ) throws(StoreError) -> (directory: DirectoryName, username: String)? {
        try foreign.bind(directory, at: 1)
        try foreign.bind(entryID.text, at: 2)
        return try foreign.first { row throws(StoreError) in
            try (row.directory("name"), row.text("username"))
        }
    }

    package func place(of entryID: EntryID) throws(StoreError) -> Place? {
        try place.bind(entryID.text, at: 2)
        return try place.first { row throws(StoreError) in
            try Place(id: row.id("id"), dn: row.dn("dn"), isMissing: !row.isNull("missing_since"))
        }
    }

    /// The other present user who has this username; `user` nil: of somebody not yet in the store.
    package func holder(
        of usernameKey: String, except user: UserID?
    ) throws(StoreError) -> Holder? {
        try holder.bind(usernameKey, at: 1)
        try holder.bind(directory, at: 2)
        try holder.bind(user, at: 3)
        return try holder.first { row throws(StoreError) in
            try Holder(
                id: row.id("id"), dn: row.dn("dn"), bornRun: row.id("born_run"),
                revision: row.int("revision"))
        }
    }

    /// Whether a first load still goes on: nobody else has opened the store to write.
    ///
    /// Within a transaction it stays so.
    package func isLoading() throws(StoreError) -> Bool {
        try !loading.hasRow()
    }

    package func insert(
        _ record: UserRecord, state: UserState, run: RunID, in transaction: borrowing Transaction
    ) throws(StoreError) -> UserID {
        try bind(record, to: insertion)
        try insertion.bind(directory, at: 16)
        texts.append(record.entryID.text, at: 17)
        texts.append(state.rawValue, at: 18)
        try insertion.bind(run, at: 19)
        try texts.run(insertion)
        let id = UserID(rawValue: database.lastInsertRowID)
        try words.insert(record, user: id)
        if record.limits != nil { try limits.set(record.limits, of: id) }
        try names.insert(record, user: id)
        return id
    }

    /// Puts `record` in the place of `old`, which stands there; the entry is present again.
    package func update(
        _ id: UserID, from old: UserRecord, to record: UserRecord,
        in transaction: borrowing Transaction
    ) throws(StoreError) {
        try bind(record, to: change)
        try change.bind(id, at: 16)
        try texts.run(change)
        if old.limits != record.limits { try limits.set(record.limits, of: id) }
        try names.replace(old, by: record, user: id)
        try words.replace(old, by: record, user: id)
    }

    /// The entry says the same in other words.
    package func update(
        _ id: UserID, digest octets: [UInt8], in transaction: borrowing Transaction
    ) throws(StoreError) {
        try digest.bind(octets, at: 1)
        try digest.bind(id, at: 2)
        try digest.run()
    }

    /// Usernames after `last`, in their order, that several present users have; some of them.
    package func sharedUsernames(after last: String) throws(StoreError) -> [String] {
        let statement = try database.prepare(
            """
            SELECT username_key FROM users WHERE username_key > ?1 \
            GROUP BY username_key HAVING count(*) > 1 AND \
            sum(directory = ?2 AND missing_since IS NULL) > 1 ORDER BY username_key LIMIT 100
            """)
        try statement.bind(last, at: 1)
        try statement.bind(directory, at: 2)
        return try statement.all { row throws(StoreError) in try row.text("username_key") }
    }

    /// Present users who have the username, beginning after the one with the id `last`; some of
    /// them.
    package func holders(
        of usernameKey: String, after last: UserID?
    ) throws(StoreError) -> [Holder] {
        let statement = try database.prepare(
            """
            SELECT id, dn, born_run, revision FROM users WHERE username_key = ? \
            AND directory = ? AND missing_since IS NULL AND id > ? ORDER BY id LIMIT 1000
            """)
        try statement.bind(usernameKey, at: 1)
        try statement.bind(directory, at: 2)
        try statement.bind(last?.rawValue ?? 0, at: 3)
        return try statement.all { row throws(StoreError) in
            try Holder(
                id: row.id("id"), dn: row.dn("dn"), bornRun: row.id("born_run"),
                revision: row.int("revision"))
        }
    }

    /// Everybody whose entry is present, in the order of their ids.
    package func forEachPresent(
        _ body: (Present) throws(StoreError) -> Void
    ) throws(StoreError) {
        let statement = try database.prepare(
            """
            SELECT id, entry_id, username, dn FROM users NOT INDEXED \
            WHERE directory = ? AND missing_since IS NULL ORDER BY id
            """)
        try statement.bind(directory, at: 1)
        while try statement.step() {
            try body(
                Present(
                    id: statement.id("id"), entryID: EntryID(statement.text("entry_id")),
                    username: statement.text("username"), dn: statement.text("dn")))
        }
    }

    /// The ids of some entries that are present.
    package func somePresent(atMost count: Int64) throws(StoreError) -> [EntryID] {
        let statement = try database.prepare(
            "SELECT entry_id FROM users WHERE directory = ? AND missing_since IS NULL LIMIT ?")
        try statement.bind(directory, at: 1)
        try statement.bind(count, at: 2)
        return try statement.all { row throws(StoreError) in EntryID(try row.text("entry_id")) }
    }

    /// What `memberUid` names the user by: the first key is that of the row.
    package func setUids(
        _ keys: [MemberKey], of entryID: EntryID, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try uid.bind(keys.first, at: 1)
        try uid.bind(entryID.text, at: 3)
        guard let id = try uid.first({ row throws(StoreError) in try row.id("id") as UserID })
        else {
            return
        }
        try names.setUids(Array(keys.dropFirst()), of: id)
    }

    package func setMissing(
        _ id: UserID, since: Timestamp, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try missing.bind(since.seconds, at: 1)
        try missing.bind(id, at: 2)
        try missing.run()
    }

    /// Takes back the birth of a user whom this very run gave the username of somebody else.
    ///
    /// False, and nothing done, where a process or a credential refers to the user by now.
    package func unbear(
        _ id: UserID, _ record: UserRecord, in transaction: borrowing Transaction
    ) throws(StoreError) -> Bool {
        let bonds = try database.prepare(
            """
            SELECT EXISTS (SELECT 1 FROM processes WHERE user = ?1) \
            OR EXISTS (SELECT 1 FROM credentials WHERE user = ?1)
            """)
        try bonds.bind(id, at: 1)
        guard try bonds.firstNumber() == 0 else { return false }
        try words.remove(record, user: id)
        try WaitingTable(transaction.store).remove(certificatesOf: id, in: transaction)
        try database.prepare("DELETE FROM certificates WHERE user = ?").run(id)
        try limits.set(nil, of: id)
        try database.prepare("DELETE FROM users WHERE id = ?").run(id)
        return true
    }

    /// All but the texts, which are gathered.
    private func bind(
        _ record: UserRecord, to statement: borrowing Statement
    ) throws(StoreError) {
        texts.begin()
        texts.append(record.dn.text, at: 1)
        try statement.bind(record.dnKey, at: 2)
        try statement.bind(record.uidKey, at: 3)
        texts.append(record.username, at: 4)
        texts.append(record.usernameKey, at: 5)
        texts.append(record.givenName, at: 6)
        texts.append(record.familyName, at: 7)
        texts.append(record.displayName, at: 8)
        texts.append(record.mail, at: 9)
        texts.append(record.employeeNumber, at: 10)
        texts.append(at: 11) { KeptAttributes.append(record.attributes, to: &$0) }
        try statement.bind(record.disabled, at: 12)
        texts.append(record.recognised, at: 13)
        try statement.bind(record.digest, at: 14)
        texts.append(KeptAttributes.json(leftOut: record.leftOut), at: 15)
    }
}
