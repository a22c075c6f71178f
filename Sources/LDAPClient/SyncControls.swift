internal import CLDAP
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

/// The Sync Request control (RFC 4533, 2.2).
enum SyncRequestControl {
    private static let oid = "1.3.6.1.4.1.4203.1.9.1.1"

    static func refreshOnly(cookie: [UInt8]?, reloadHint: Bool) -> Control {
        request(mode: 1, cookie: cookie, reloadHint: reloadHint)
    }

    /// What comes later is told as it comes.
    static func refreshAndPersist(cookie: [UInt8]?) -> Control {
        request(mode: 3, cookie: cookie, reloadHint: false)
    }

    /// Critical: a server that doesn't know it would answer with a plain search, which reads as *all is new*.
    private static func request(mode: UInt8, cookie: [UInt8]?, reloadHint: Bool) -> Control {
        let mode = BER.element(BER.enumerated, [mode])
        let known = cookie.map { BER.element(BER.octetString, $0) } ?? []
        let hint = reloadHint ? BER.element(BER.boolean, [0xff]) : []
        let value = BER.element(BER.sequence, mode + known + hint)
        return Control(oid, isCritical: true, value: value)
    }
}

/// A message between a request and its result (RFC 4511, 4.13).
struct IntermediateResponse {
    let oid: String?
    let value: [UInt8]?

    /// nil when the message can't be decoded.
    init?(_ message: borrowing Message, on handle: Handle) {
        guard let pointer = unsafe message.pointer else { return nil }
        var name: UnsafeMutablePointer<CChar>?
        var data: UnsafeMutablePointer<berval>?
        let code = unsafe ldap_parse_intermediate(
            handle.pointer, pointer, &name, &data, nil, 0)
        defer {
            unsafe ldap_memfree(name)
            unsafe ber_bvfree(data)
        }
        guard code == LDAP_SUCCESS else { return nil }
        oid = unsafe name.map { unsafe String(cString: $0) }
        value = unsafe data.map { unsafe [UInt8]($0.pointee) }
    }
}
