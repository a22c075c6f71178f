internal import Ground

/// The extended operation StartTLS (RFC 4511, 4.14), as far as a look at a certificate needs it.
enum StartTLS {
    /// Message 1, an extended request with the name 1.3.6.1.4.1.1466.20037: 31 octets.
    static let request: [UInt8] =
        [0x30, 0x1d, 0x02, 0x01, 0x01, 0x77, 0x18, 0x80, 0x16]
        + Array("1.3.6.1.4.1.1466.20037".utf8)

    enum Answer: Equatable {
        case incomplete
        case notLDAP
        case result(Int, String)
    }

    /// Reads an extended response out of what has come so far.
    static func answer(_ bytes: [UInt8]) -> Answer {
        var message = BER(bytes[...])
        switch message.element(0x30) {
        case .incomplete: return bytes.count < 65_536 ? .incomplete : .notLDAP
        case .other: return .notLDAP
        case .content(let content):
            var message = BER(content)
            guard case .content = message.element(0x02),
                case .content(let response) = message.element(0x78)
            else { return .notLDAP }
            var fields = BER(response)
            guard case .content(let code) = fields.element(0x0a), code.count <= 4,
                case .content = fields.element(0x04),
                case .content(let words) = fields.element(0x04)
            else { return .notLDAP }
            return .result(
                code.reduce(0) { $0 << 8 | Int($1) }, String(decoding: words, as: UTF8.self))
        }
    }

    /// The basic encoding rules, definite lengths alone (RFC 4511, 5.1).
    private struct BER {
        enum Element {
            case content(ArraySlice<UInt8>)
            case incomplete
            case other
        }

        var rest: ArraySlice<UInt8>

        init(_ bytes: ArraySlice<UInt8>) {
            rest = bytes
        }

        mutating func element(_ tag: UInt8) -> Element {
            guard let first = rest.popFirst() else { return .incomplete }
            guard first == tag else { return .other }
            guard var length = rest.popFirst().map(Int.init) else { return .incomplete }
            if length >= 0x80 {
                let count = length - 0x80
                guard (1...4).contains(count) else { return .other }
                guard rest.count >= count else { return .incomplete }
                length = rest.prefix(count).reduce(0) { $0 << 8 | Int($1) }
                rest = rest.dropFirst(count)
            }
            guard rest.count >= length else { return .incomplete }
            defer { rest = rest.dropFirst(length) }
            return .content(rest.prefix(length))
        }
    }
}
