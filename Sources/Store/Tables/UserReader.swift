package import Ground
package import Identity
internal import LDAP

/// Reads whole rows of `users`.
package final class UserReader {
    private let byID: Statement
    private let names: Statement
    private let uids: Statement

    package init(_ store: Store) throws(StoreError) {
        let database = store.database
        byID = try database.prepare(
            """
            SELECT u.id, d.name AS directory, u.entry_id, u.dn, u.dn_key, u.uid_key, u.username, u.given_name, \
            u.family_name, u.display_name, u.mail, u.employee_number, u.attributes, u.disabled, \
            u.recognised, u.digest, u.state, u.state_process, u.missing_since, u.revision, \
            l.expires_at, l.disabled_from, l.begins_at, l.locked_out, l.lockout_ends, l.unusable, \
            u.left_out, u.username_key \
            FROM users u JOIN directories d ON d.id = u.directory \
            LEFT JOIN account_limits l ON l.user = u.id WHERE u.id = ?
            """)
        names = try database.prepare(
            "SELECT name, name_key FROM other_names WHERE user = ? ORDER BY name_key")
        uids = try database.prepare(
            "SELECT uid_key FROM other_uids WHERE user = ? ORDER BY uid_key")
    }

    package func user(_ id: UserID) throws(StoreError) -> User? {
        try names.bind(id, at: 1)
        let others = try names.all { row throws(StoreError) in
            try UserRecord.Name(text: row.text("name"), key: row.text("name_key"))
        }
        try uids.bind(id, at: 1)
        let keys = try uids.all { row throws(StoreError) in
            try row.memberKey("uid_key")
        }
        try byID.bind(id, at: 1)
        return try byID.first { row throws(StoreError) in
            try User(row, names: others, uids: keys)
        }
    }
}

extension User {
    fileprivate init(
        _ row: borrowing Statement, names: [UserRecord.Name], uids: [MemberKey]
    ) throws(StoreError) {
        let reading = try RowReading(row.int("id"), of: "users", in: row)
        var record = try UserRecord(
            entryID: EntryID(row.text("entry_id")), dn: row.dn("dn"),
            dnKey: row.memberKey("dn_key"), username: row.text("username"))
        record.usernameKey = try row.text("username_key")
        record.otherNames = names
        record.otherUidKeys = uids
        record.leftOut =
            try reading.optionalJSON("left_out", in: row, KeptAttributes.leftOut) ?? []
        record.uidKey = try row.isNull("uid_key") ? nil : row.memberKey("uid_key")
        record.givenName = try row.optionalText("given_name")
        record.familyName = try row.optionalText("family_name")
        record.displayName = try row.optionalText("display_name")
        record.mail = try row.optionalText("mail")
        record.employeeNumber = try row.optionalText("employee_number")
        if try row.text("attributes") != "{}" {
            record.attributes = try reading.json("attributes", in: row, KeptAttributes.attributes)
        }
        record.disabled = try reading.optionalFlag("disabled", in: row)
        record.recognised = try row.optionalText("recognised")
        record.digest = try row.blob("digest")
        record.limits = try AccountLimits(row)
        try self.init(
            id: row.id("id"), directory: row.directory("directory"), record: record,
            state: reading.word("state", in: row),
            stateProcess: row.optionalID("state_process"),
            missingSince: row.optionalTime("missing_since"),
            revision: row.int("revision"))
    }
}

/// A row of `users`: a person as the last sync saw their entry, and their state.
package struct User: Sendable {
    package let id: UserID
    /// The directory's key in `lockstep.yaml`.
    package let directory: DirectoryName
    package let record: UserRecord
    package let state: UserState
    /// The process that put the user into the state; nil: born so.
    package let stateProcess: ProcessID?
    /// nil: the entry is present.
    package let missingSince: Timestamp?
    /// Raised by each process.
    package let revision: Int64
}
