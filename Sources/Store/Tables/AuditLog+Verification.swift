internal import Ground
internal import Identity
internal import LDAP

extension AuditLog {
    /// Walks the whole chain and stops at the first event that is not what was appended.
    ///
    /// An event is broken when its sequence leaves a gap, its hash is not that of its octets after
    /// the hash before, or its columns say something else than its octets. A `head` from outside
    /// must be in the chain; without one, an end that was cut off can't be seen.
    package func verify(head: AuditHead? = nil) throws(StoreError) -> AuditVerdict {
        let statement = try database.prepare(
            "SELECT sequence, at, process, user, body, hash FROM audit ORDER BY sequence")
        var last: AuditHead?
        var events: Int64 = 0
        func verdict(broken: Int64?) -> AuditVerdict {
            AuditVerdict(events: events, firstBroken: broken, isProven: head != nil)
        }
        while try statement.step() {
            events += 1
            guard try statement.int("sequence") == events else { return verdict(broken: events) }
            let hash = try statement.blob("hash")
            guard try hash == AuditLog.hash(statement.blob("body"), after: last?.hash),
                try AuditLog.columnsAgree(statement), head?.sequence != events || head?.hash == hash
            else {
                return verdict(broken: events)
            }
            last = AuditHead(sequence: events, hash: hash)
        }
        if let head, head.sequence > events { return verdict(broken: events + 1) }
        return verdict(broken: nil)
    }

    /// Whether time, process and user, by which events are found, are those of the hashed octets.
    private static func columnsAgree(_ row: borrowing Statement) throws(StoreError) -> Bool {
        guard let event = try event(row.blob("body")) else { return false }
        let process: ProcessID? = try row.optionalID("process")
        let user: UserID? = try row.optionalID("user")
        return try event.at == row.time("at") && event.process == process && event.user?.id == user
    }
}

/// What a walk along the audit chain found.
package struct AuditVerdict: Hashable, Sendable {
    /// How many events were read until the end or the first broken one.
    package let events: Int64
    /// The sequence of the first event that is changed, missing or out of place; nil: none is.
    package let firstBroken: Int64?
    /// Whether the chain was held against a head from outside, without which a cut end can't be seen.
    package let isProven: Bool

    package init(events: Int64, firstBroken: Int64?, isProven: Bool) {
        self.events = events
        self.firstBroken = firstBroken
        self.isProven = isProven
    }
}
