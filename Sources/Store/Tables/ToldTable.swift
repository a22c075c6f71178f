package import Ground

/// What unattended runs have told a person already: `told`.
///
/// A matter is told once, again after a day while it lasts, and when it is over. One that comes back
/// within an hour is the same, and neither that nor its next end is told: what comes and goes with every
/// run is not told with every run.
package struct ToldTable {
    package struct News: Sendable {
        package var due: [Matter] = []
        /// Told before and gone; not those of which something else is to be told now.
        package var over: [Matter] = []
    }

    private struct Row {
        let matter: Matter
        let toldAt: Int64
        var overAt: Int64?
        var relapsed = false
    }

    private static let reminder: Int64 = 86_400
    private static let relapse: Int64 = 3_600

    private let store: Store

    package init(_ store: Store) {
        self.store = store
    }

    /// What is to be told now that these matters stand, which counts as told from here on.
    ///
    /// Of other kinds than `kinds` nothing is known now, and nothing is over; nil: all are known.
    /// Writes nothing where nothing is new.
    package func news(
        _ matters: [Matter], kinds: Set<String>? = nil, at now: Timestamp
    ) throws(StoreError) -> News {
        let known = try rows()
        var news = News()
        var changes: [Row] = []
        for matter in matters {
            let row = known.first { $0.matter.isSame(as: matter) }
            if Self.isDue(row, now.seconds) {
                news.due.append(matter)
                changes.append(Row(matter: matter, toldAt: now.seconds))
            } else if let row, row.overAt != nil {
                changes.append(Row(matter: matter, toldAt: row.toldAt, relapsed: true))
            }
        }
        for var row in known where row.overAt == nil {
            let isKnown = kinds?.contains(row.matter.kind) ?? true
            guard isKnown, !matters.contains(where: { $0.isSame(as: row.matter) }) else { continue }
            row.overAt = now.seconds
            changes.append(row)
            let isReplaced = matters.contains {
                $0.kind == row.matter.kind && $0.target == row.matter.target
            }
            if !isReplaced, !row.relapsed { news.over.append(row.matter) }
        }
        let oldest = now.seconds - Self.reminder
        let isAnyOld = known.contains { $0.overAt.map { $0 < oldest } ?? false }
        if !changes.isEmpty || isAnyOld { try write(changes, forgettingBefore: oldest) }
        return news
    }

    /// A clock that was set back makes nothing due.
    private static func isDue(_ row: Row?, _ now: Int64) -> Bool {
        guard let row else { return true }
        if let over = row.overAt { return over + relapse <= now }
        return row.toldAt + reminder <= now
    }

    private func rows() throws(StoreError) -> [Row] {
        try store.database.prepare(
            """
            SELECT kind, target, identity, message, told_at, over_at, relapsed FROM told \
            ORDER BY told_at
            """
        ).all { row throws(StoreError) in
            try Row(
                matter: Matter(
                    kind: row.text("kind"), target: row.text("target"),
                    identity: row.text("identity"),
                    message: row.text("message")),
                toldAt: row.int("told_at"), overAt: row.optionalInt("over_at"),
                relapsed: row.int("relapsed") == 1)
        }
    }

    private func write(
        _ changes: [Row], forgettingBefore oldest: Int64
    ) throws(StoreError) {
        try store.write { (transaction: borrowing Transaction) throws(StoreError) in
            let statement = try transaction.database.prepare(
                """
                INSERT OR REPLACE INTO told \
                (kind, target, identity, message, told_at, over_at, relapsed) \
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """)
            for row in changes {
                try statement.run(
                    row.matter.kind, row.matter.target, row.matter.identity, row.matter.message,
                    row.toldAt, row.overAt, Int64(row.relapsed ? 1 : 0))
            }
            try transaction.database.prepare("DELETE FROM told WHERE over_at < ?").run(oldest)
        }
    }
}

extension Matter {
    package func isSame(as other: Matter) -> Bool {
        kind == other.kind && target == other.target && identity == other.identity
    }
}

/// Something that a person should know, as an unattended run tells of it.
package struct Matter: Hashable, Sendable {
    /// A word: what sort of thing it concerns.
    package let kind: String
    /// Which of them; empty where there is only one.
    package let target: String
    /// Equal for as long as it is the same matter, though counts in its message move on.
    package let identity: String
    package let message: String

    package init(kind: String, target: String, identity: String, message: String) {
        self.kind = kind
        self.target = target
        self.identity = identity
        self.message = message
    }
}
