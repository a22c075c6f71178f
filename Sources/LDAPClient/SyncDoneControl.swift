internal import Ground

/// The Sync Done control (RFC 4533, 2.4), which comes with a refresh's end.
struct SyncDoneControl {
    private static let oid = "1.3.6.1.4.1.4203.1.9.1.3"

    let cookie: [UInt8]?
    let refreshDeletes: Bool

    /// nil when it is not among them, or is not what RFC 4533 wants.
    init?(among controls: [Control]) {
        guard let value = controls.first(where: { $0.oid == Self.oid })?.value,
            var fields = BERReader(value, tag: BER.sequence)
        else { return nil }
        cookie = fields.octets()
        guard let deletes = fields.boolean(standard: false), fields.isAtEnd else { return nil }
        refreshDeletes = deletes
    }
}
