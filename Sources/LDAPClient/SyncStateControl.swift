internal import Ground

/// The Sync State control (RFC 4533, 2.3), which comes with each entry of a refresh.
struct SyncStateControl {
    private static let oid = "1.3.6.1.4.1.4203.1.9.1.2"

    let state: ContentSync.State
    let uuid: [UInt8]
    let cookie: [UInt8]?

    /// nil when it is not among them, or is not what RFC 4533 wants.
    init?(among controls: [Control]) {
        guard let value = controls.first(where: { $0.oid == Self.oid })?.value,
            var fields = BERReader(value, tag: BER.sequence),
            let state = fields.enumerated().flatMap(ContentSync.State.init(rawValue:)),
            let uuid = fields.octets(), uuid.count == SyncInfo.uuidLength
        else { return nil }
        self.state = state
        self.uuid = uuid
        cookie = fields.octets()
        guard fields.isAtEnd else { return nil }
    }
}
