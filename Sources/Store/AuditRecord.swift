package import Identity

/// An audit event as it stands in the store.
package struct AuditRecord: Hashable, Sendable {
    /// From 1 on, without a gap.
    package let sequence: Int64
    package let event: AuditEvent
    /// 32 octets: SHA-256 of the hash before and the event's octets.
    package let hash: [UInt8]
}
