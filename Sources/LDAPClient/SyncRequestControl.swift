internal import Ground

/// The Sync Request control (RFC 4533, 2.2), for one refresh and no more.
enum SyncRequestControl {
    private static let oid = "1.3.6.1.4.1.4203.1.9.1.1"

    /// Critical: a server that doesn't know it would answer with a plain search, which reads as *all is new*.
    static func refreshOnly(cookie: [UInt8]?, reloadHint: Bool) -> Control {
        let mode = BER.element(BER.enumerated, [1])
        let known = cookie.map { BER.element(BER.octetString, $0) } ?? []
        let hint = reloadHint ? BER.element(BER.boolean, [0xff]) : []
        let value = BER.element(BER.sequence, mode + known + hint)
        return Control(oid, isCritical: true, value: value)
    }
}
