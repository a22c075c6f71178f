package import Identity

/// Who is a member of which role group: `memberships`.
///
/// A row that a process has withdrawn stays until the process's step is done, whatever is read: the
/// process takes it out.
package final class MembershipTable {
    /// What is to be written so that a group has the members that were read.
    package struct Difference: Sendable {
        package var added: [MemberKey]
        package var removed: [MemberKey]

        package init(added: [MemberKey] = [], removed: [MemberKey] = []) {
            self.added = added
            self.removed = removed
        }

        package var isEmpty: Bool { added.isEmpty && removed.isEmpty }
        package var count: Int { added.count + removed.count }
    }

    /// Rows that one statement of `insertions` inserts.
    private static let many = 32
    private static let eight: StaticString =
        "(?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?)"

    private let database: Database
    private let stored: Statement
    private let insertion: Statement
    private let insertions: Statement
    private let removal: Statement
    private let recount: Statement
    private let move: Statement

    package init(_ store: Store) throws(StoreError) {
        let database = store.database
        self.database = database
        stored = try database.prepare(
            """
            SELECT member, withdrawn_by IS NOT NULL AS is_withdrawn FROM memberships \
            WHERE role_group = ? ORDER BY member
            """)
        insertion = try database.prepare(
            "INSERT OR IGNORE INTO memberships (member, role_group) VALUES (?, ?)")
        insertions = try database.prepare(
            "INSERT OR IGNORE INTO memberships (member, role_group) VALUES",
            Self.eight, ",", Self.eight, ",", Self.eight, ",", Self.eight)
        removal = try database.prepare(
            """
            DELETE FROM memberships WHERE member = ? AND role_group = ? AND withdrawn_by IS NULL
            """)
        recount = try database.prepare(
            """
            UPDATE role_groups SET digest = NULL \
            WHERE id IN (SELECT role_group FROM memberships WHERE member = ?)
            """)
        move = try database.prepare("UPDATE OR REPLACE memberships SET member = ? WHERE member = ?")
    }

    package func isEmpty() throws(StoreError) -> Bool {
        try database.integer("SELECT NOT EXISTS (SELECT 1 FROM memberships)") == 1
    }

    /// Merges what is stored of a group with `members`, which are in order and without duplicates.
    package func difference(
        of group: GroupID, to members: [MemberKey]
    ) throws(StoreError) -> Difference {
        var result = Difference()
        var next = 0
        try stored.bind(group, at: 1)
        defer { stored.reset() }
        while try stored.step() {
            let member = try stored.memberKey("member")
            while next < members.count, members[next] < member {
                result.added.append(members[next])
                next += 1
            }
            if next < members.count, members[next] == member {
                next += 1
            } else if try stored.int("is_withdrawn") == 0 {
                result.removed.append(member)
            }
        }
        result.added.append(contentsOf: members[next...])
        return result
    }

    /// Many rows in one statement take three fifths of the time of one in each.
    package func insert(
        _ rows: [(member: MemberKey, group: GroupID)], in transaction: borrowing Transaction
    ) throws(StoreError) {
        var rest = rows[...]
        while rest.count >= Self.many {
            try Self.insert(rest.prefix(Self.many), by: insertions)
            rest = rest.dropFirst(Self.many)
        }
        for row in rest { try Self.insert([row], by: insertion) }
    }

    private static func insert(
        _ rows: ArraySlice<(member: MemberKey, group: GroupID)>, by statement: borrowing Statement
    ) throws(StoreError) {
        var place = 1
        for row in rows {
            try statement.bind(row.member, at: place)
            try statement.bind(row.group, at: place + 1)
            place += 2
        }
        try statement.run()
    }

    package func remove(
        _ member: MemberKey, group: GroupID, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try removal.bind(member, at: 1)
        try removal.bind(group, at: 2)
        try removal.run()
    }

    /// A user or a group has another DN or `uid`: the memberships follow, and the groups are compared at
    /// the next read, whether or not their own entries changed.
    ///
    /// Servers rewrite the member values of a renamed entry only where an overlay or a plug-in does.
    package func rename(
        _ old: MemberKey, to new: MemberKey, in transaction: borrowing Transaction
    ) throws(StoreError) {
        for key in [old, new] {
            try recount.bind(key, at: 1)
            try recount.run()
        }
        try move.bind(new, at: 1)
        try move.bind(old, at: 2)
        try move.run()
    }
}
