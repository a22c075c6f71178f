internal import Ground

/// LDAP messages as octets (RFC 4511), written by hand so that they may be wrong.
package enum Wire {
    package static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        let count = content.count
        switch count {
        case ..<128: return [tag, UInt8(count)] + content
        case ..<65_536: return [tag, 0x82, UInt8(count >> 8), UInt8(count & 0xff)] + content
        default:
            let digits = [UInt8(count >> 16), UInt8(count >> 8 & 0xff), UInt8(count & 0xff)]
            return [tag, 0x83] + digits + content
        }
    }

    package static func message(_ id: [UInt8], _ operation: [UInt8]) -> [UInt8] {
        element(0x30, element(0x02, id) + operation)
    }

    /// A SearchResultEntry.
    package static func entry(
        _ dn: [UInt8], _ attributes: [(name: [UInt8], values: [[UInt8]])]
    ) -> [UInt8] {
        let list = attributes.flatMap { attribute in
            let values = attribute.values.flatMap { element(0x04, $0) }
            return element(0x30, element(0x04, attribute.name) + element(0x31, values))
        }
        return element(0x64, element(0x04, dn) + element(0x30, list))
    }

    /// An LDAPResult: 0x61 answers a bind, 0x65 a search, 0x67 a modify.
    package static func result(
        _ tag: UInt8, _ code: UInt8, matched: String = "", diagnostic: String = ""
    ) -> [UInt8] {
        let texts = element(0x04, Array(matched.utf8)) + element(0x04, Array(diagnostic.utf8))
        return element(tag, [0x0a, 0x01, code] + texts)
    }

    /// The controls of a message, which stand after its operation.
    package static func controls(_ list: [(oid: String, value: [UInt8])]) -> [UInt8] {
        element(
            0xa0,
            list.flatMap { control in
                element(
                    0x30, element(0x04, Array(control.oid.utf8)) + element(0x04, control.value))
            })
    }

    /// An IntermediateResponse (RFC 4511, 4.13).
    package static func intermediate(_ oid: String, _ value: [UInt8]) -> [UInt8] {
        element(0x79, element(0x80, Array(oid.utf8)) + element(0x81, value))
    }

    /// The end of a page after which there are more (RFC 2696), cookie included.
    package static var endOfPage: [UInt8] { result(0x65, 0) + paging(cookie: [0x01]) }

    /// What stands behind the result of the last page.
    package static var lastPage: [UInt8] { paging(cookie: []) }

    private static func paging(cookie: [UInt8]) -> [UInt8] {
        let value = element(0x30, [0x02, 0x01, 0x00] + element(0x04, cookie))
        return controls([("1.2.840.113556.1.4.319", value)])
    }

    /// What stands at the start of what has come.
    enum Arrival {
        case whole([UInt8])
        case incomplete
        /// No message of LDAP, and never one: somebody looks whether this port speaks TLS.
        case other
    }

    /// Takes the first message out, if it is whole.
    static func takeMessage(from bytes: inout [UInt8]) -> Arrival {
        switch BER.first(in: bytes[...], tag: BER.sequence) {
        case .incomplete: return .incomplete
        case .other: return .other
        case .whole(_, let rest):
            defer { bytes = Array(rest) }
            return .whole(Array(bytes[..<rest.startIndex]))
        }
    }

    /// The id and the operation's tag of a request that is whole.
    static func request(_ bytes: [UInt8]) -> (id: [UInt8], tag: UInt8)? {
        guard let message = BER.content(bytes[...], tag: BER.sequence),
            let id = BER.content(message.content, tag: BER.number), let tag = id.rest.first
        else { return nil }
        return (Array(id.content), tag)
    }
}
