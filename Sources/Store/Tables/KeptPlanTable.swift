internal import Crypto
package import Ground
package import Identity

/// The plans that safety limits kept: `kept_plans`, `kept_changes` and `kept_groups`.
package struct KeptPlanTable {
    private let database: Database

    package init(_ store: Store) {
        database = store.database
    }

    /// How many may wait: a set of people that changes with every run would fill the store.
    private static let mostWaiting = 20

    /// Keeps the changes; the id of the plan.
    ///
    /// An equal plan that waits already keeps its id. The oldest of many that wait are forgotten.
    package func keep(
        _ changes: [StateChange], groups: [GroupChange] = [], run: RunID, at now: Timestamp,
        in transaction: borrowing Transaction
    ) throws(StoreError) -> String {
        if let known = try waiting(equalTo: changes, groups) { return known }
        let digest = Self.digest(changes, groups)
        let id = try freeID(digest, run: run)
        try database.prepare("INSERT INTO kept_plans (id, digest, run, at) VALUES (?, ?, ?, ?)")
            .run(id, digest, run, now.seconds)
        let insertion = try database.prepare(
            """
            INSERT INTO kept_changes (plan, user, cause, use_case, reason) VALUES (?, ?, ?, ?, ?)
            """)
        for change in changes {
            try insertion.run(
                id, change.user, change.cause.rawValue, change.useCase?.rawValue, change.reason)
        }
        let group = try database.prepare(
            "INSERT INTO kept_groups (plan, role_group, change) VALUES (?, ?, ?)")
        for change in groups { try group.run(id, change.group, change.kind.rawValue) }
        try forgetOldest()
        return id
    }

    private func forgetOldest() throws(StoreError) {
        for id in try waiting().dropFirst(Self.mostWaiting) {
            try database.prepare("DELETE FROM kept_changes WHERE plan = ?").run(id)
            try database.prepare("DELETE FROM kept_groups WHERE plan = ?").run(id)
            try database.prepare("DELETE FROM kept_plans WHERE id = ?").run(id)
        }
    }

    package func plan(_ id: String) throws(StoreError) -> KeptPlan? {
        let statement = try database.prepare(
            "SELECT released_at, released_by, at, digest FROM kept_plans WHERE id = ?")
        try statement.bind(id, at: 1)
        let found = try statement.first { row throws(StoreError) in
            try (
                releasedAt: row.optionalInt("released_at"),
                releasedBy: row.optionalText("released_by"), at: row.int("at"),
                digest: row.blob("digest")
            )
        }
        guard let found else { return nil }
        let plan = KeptPlan(
            id: id, at: Timestamp(seconds: found.at), changes: try changes(of: id),
            groups: try groups(of: id),
            releasedAt: found.releasedAt.map { Timestamp(seconds: $0) },
            releasedBy: found.releasedBy)
        guard Self.digest(plan.changes, plan.groups) == found.digest else {
            throw RowReading(id, of: "kept_plans", in: statement)
                .unreadable("digest", Unreadable("is not that of its changes"))
        }
        return plan
    }

    /// Those that can be released, the newest first.
    package func waiting() throws(StoreError) -> [String] {
        try database.prepare(
            "SELECT id FROM kept_plans WHERE released_at IS NULL ORDER BY run DESC, id"
        ).all { row throws(StoreError) in try row.text("id") }
    }

    /// The users of whom the plan was carried out already: a release may have been cut short.
    package func carriedOut(_ id: String) throws(StoreError) -> Set<UserID> {
        let statement = try database.prepare("SELECT user FROM processes WHERE released = ?")
        try statement.bind(id, at: 1)
        return Set(try statement.all { row throws(StoreError) in try row.id("user") })
    }

    /// All of it was carried out.
    package func release(
        _ id: String, by login: String, at now: Timestamp, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try database.prepare("UPDATE kept_plans SET released_at = ?, released_by = ? WHERE id = ?")
            .run(now.seconds, login, id)
    }

    private func changes(of id: String) throws(StoreError) -> [StateChange] {
        let statement = try database.prepare(
            "SELECT user, cause, use_case, reason FROM kept_changes WHERE plan = ? ORDER BY user")
        try statement.bind(id, at: 1)
        return try statement.all { row throws(StoreError) in
            let reading = try RowReading(
                "\(row.int("user")) of plan \(id)", of: "kept_changes", in: row)
            return try StateChange(
                user: row.id("user"), cause: reading.word("cause", in: row),
                useCase: reading.optionalWord("use_case", in: row),
                reason: row.optionalText("reason"))
        }
    }

    private func groups(of id: String) throws(StoreError) -> [GroupChange] {
        let statement = try database.prepare(
            """
            SELECT k.role_group, g.dn, k.change FROM kept_groups k
            JOIN role_groups g ON g.id = k.role_group WHERE k.plan = ? ORDER BY k.role_group
            """)
        try statement.bind(id, at: 1)
        return try statement.all { row throws(StoreError) in
            let reading = try RowReading(
                "\(row.int("role_group")) of plan \(id)", of: "kept_groups", in: row)
            return try GroupChange(
                group: row.id("role_group"), dn: row.text("dn"),
                kind: reading.word("change", in: row))
        }
    }

    /// The plan of just these changes that can be released; nil: there is none.
    package func waiting(
        equalTo changes: [StateChange], _ groups: [GroupChange] = []
    ) throws(StoreError) -> String? {
        let statement = try database.prepare(
            "SELECT id FROM kept_plans WHERE digest = ? AND released_at IS NULL")
        try statement.bind(Self.digest(changes, groups), at: 1)
        return try statement.first { row throws(StoreError) in try row.text("id") }
    }

    /// Eight digits are enough to type; more where another plan has them.
    private func freeID(_ digest: [UInt8], run: RunID) throws(StoreError) -> String {
        var hash = SHA256()
        hash.update(digest)
        hash.update(String(run.rawValue))
        let text = String(hexadecimal: hash.finish())
        for length in [8, 16] {
            let id = String(text.prefix(length))
            if try plan(id) == nil { return id }
        }
        return text
    }

    private static func digest(
        _ changes: [StateChange], _ groups: [GroupChange]
    ) -> [UInt8] {
        var hash = SHA256()
        for change in changes.sorted(by: { $0.user < $1.user }) {
            let words = [
                change.user.description, change.cause.rawValue, change.useCase?.rawValue ?? "",
                change.reason ?? "",
            ]
            hash.update(words.joined(separator: "\u{0}") + "\u{0}")
        }
        for change in groups.sorted(by: { $0.group.rawValue < $1.group.rawValue }) {
            hash.update("group\u{0}\(change.group.rawValue)\u{0}\(change.kind.rawValue)\u{0}")
        }
        return hash.finish()
    }
}

/// A plan that a safety limit kept.
package struct KeptPlan: Sendable {
    package let id: String
    /// When it was first kept.
    package let at: Timestamp
    /// In the order of the users' ids.
    package let changes: [StateChange]
    /// In the order of the groups' rows.
    package let groups: [GroupChange]
    /// nil: it can be released.
    package let releasedAt: Timestamp?
    package let releasedBy: String?
}
