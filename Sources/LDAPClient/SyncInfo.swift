internal import Ground

/// The value of a Sync Info message (RFC 4533, 2.5), as the event that it is.
enum SyncInfo {
    static let oid = "1.3.6.1.4.1.4203.1.9.1.4"
    static let uuidLength = 16
    /// Of the ids of one message: syncprov puts 256 of them into one, 389 one.
    private static let mostOctets = 1 << 20

    /// The tags of the CHOICE, which are implicit: the first is primitive.
    private enum Tag: UInt8 {
        case newCookie = 0x80
        case refreshDelete = 0xa1
        case refreshPresent = 0xa2
        case idSet = 0xa3
    }

    /// nil when it is not what RFC 4533 wants.
    static func event(_ value: [UInt8]) -> ContentSync.Event? {
        guard let tag = value.first.flatMap(Tag.init(rawValue:)),
            let whole = BER.content(value[...], tag: tag.rawValue), whole.rest.isEmpty
        else { return nil }
        switch tag {
        case .newCookie: return .newCookie(Array(whole.content))
        case .refreshDelete:
            return phase(whole.content).map { .refreshDelete(cookie: $0.cookie, done: $0.done) }
        case .refreshPresent:
            return phase(whole.content).map { .refreshPresent(cookie: $0.cookie, done: $0.done) }
        case .idSet: return idSet(whole.content)
        }
    }

    private static func phase(
        _ content: ArraySlice<UInt8>
    ) -> (cookie: [UInt8]?, done: Bool)? {
        var fields = BERReader(content)
        let cookie = fields.octets()
        guard let done = fields.boolean(standard: true), fields.isAtEnd else { return nil }
        return (cookie, done)
    }

    private static func idSet(_ content: ArraySlice<UInt8>) -> ContentSync.Event? {
        var fields = BERReader(content)
        let cookie = fields.octets()
        guard let deletes = fields.boolean(standard: false),
            let list = fields.take(BER.set), fields.isAtEnd
        else { return nil }
        guard list.count <= mostOctets else { return nil }
        var ids: [[UInt8]] = []
        ids.reserveCapacity(list.count / (uuidLength + 2))
        var rest = BERReader(list)
        while !rest.isAtEnd {
            guard let id = rest.octets(), id.count == uuidLength else { return nil }
            ids.append(id)
        }
        return .idSet(ids, refreshDeletes: deletes, cookie: cookie)
    }
}
