internal import Ground

/// What DirSync's control says at the end of an answer, and asks in a request.
struct DirSyncControl {
    /// Another request with this cookie gives the rest.
    let hasMore: Bool
    let cookie: [UInt8]

    /// Octets of values that one answer may have: Windows' own default and most.
    private static let bound = 1 << 20

    /// Critical: without it, it would be an ordinary search.
    static func request(cookie: [UInt8]) -> Control {
        let content = BER.integer(0) + BER.integer(bound) + BER.element(BER.octetString, cookie)
        return Control(DirSync.control, isCritical: true, value: BER.element(BER.sequence, content))
    }

    /// nil where there is none, or none that can be read.
    init?(among controls: [Control]) {
        guard let value = controls.first(where: { $0.oid == DirSync.control })?.value,
            var reader = BERReader(value, tag: BER.sequence),
            // INTEGER: more or not, and one that means nothing.
            let more = reader.take(0x02), reader.take(0x02) != nil,
            let cookie = reader.octets()
        else { return nil }
        hasMore = more.contains { $0 != 0 }
        self.cookie = cookie
    }
}
