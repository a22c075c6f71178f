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
