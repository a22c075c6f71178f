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
            SELECT u.id, d.name, u.entry_id, u.dn, u.dn_key, u.uid_key, u.username, u.given_name, \
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
            UserRecord.Name(text: row.text(0), key: row.text(1))
        }
        try uids.bind(id, at: 1)
        let keys = try uids.all { row throws(StoreError) in MemberKey(octets: row.blob(0)) }
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
        let reading = RowReading(row.int(0), of: "users", in: row)
        var record = UserRecord(
            entryID: EntryID(row.text(2)), dn: row.text(3),
            dnKey: MemberKey(octets: row.blob(4)), username: row.text(6))
        record.usernameKey = row.text(27)
        record.otherNames = names
        record.otherUidKeys = uids
        if let leftOut = row.optionalText(26) {
            record.leftOut = try reading.json(leftOut, "left_out", KeptAttributes.leftOut)
        }
        record.uidKey = row.optionalBlob(5).map { MemberKey(octets: $0) }
        record.givenName = row.optionalText(7)
        record.familyName = row.optionalText(8)
        record.displayName = row.optionalText(9)
        record.mail = row.optionalText(10)
        record.employeeNumber = row.optionalText(11)
        let attributes = row.text(12)
        if attributes != "{}" {
            record.attributes = try reading.json(
                attributes, "attributes", KeptAttributes.attributes)
        }
        record.disabled = try reading.flag(row.optionalInt(13), "disabled")
        record.recognised = row.optionalText(14)
        record.digest = row.blob(15)
        record.limits = AccountLimits(row, from: 20)
        self.init(
            id: row.id(0), directory: row.text(1), record: record,
            state: try reading.word(row.text(16), "state"),
            stateProcess: row.optionalID(17),
            missingSince: row.optionalInt(18).map { Timestamp(seconds: $0) },
            revision: row.int(19))
    }
}

/// A row of `users`: a person as the last sync saw her entry, and her state.
package struct User: Sendable {
    package let id: UserID
    /// The directory's key in `lockstep.yaml`.
    package let directory: String
    package let record: UserRecord
    package let state: UserState
    /// The process that put the user into the state; nil: born so.
    package let stateProcess: ProcessID?
    /// nil: the entry is present.
    package let missingSince: Timestamp?
    /// Raised by each process.
    package let revision: Int64
}
