internal import Ground

/// The extended operation StartTLS (RFC 4511, 4.14), as far as a look at a certificate needs it.
enum StartTLS {
    /// Message 1, an extended request with the name 1.3.6.1.4.1.1466.20037: 31 octets.
    static let request: [UInt8] =
        [0x30, 0x1d, 0x02, 0x01, 0x01, 0x77, 0x18, 0x80, 0x16]
        + Array("1.3.6.1.4.1.1466.20037".utf8)

    private static let extendedResponse: UInt8 = 0x78

    enum Answer: Equatable {
        case incomplete
        case notLDAP
        case result(Int, String)
    }

    /// Reads an extended response out of what has come so far.
    static func answer(_ bytes: [UInt8]) -> Answer {
        switch BER.first(in: bytes[...], tag: BER.sequence) {
        case .incomplete: return bytes.count < 65_536 ? .incomplete : .notLDAP
        case .other: return .notLDAP
        case .whole(let content, _):
            var message = BERReader(content)
            guard message.take(BER.number) != nil, let response = message.take(extendedResponse)
            else { return .notLDAP }
            var fields = BERReader(response)
            guard let code = fields.take(BER.enumerated), code.count <= 4,
                fields.octets() != nil, let words = fields.octets()
            else { return .notLDAP }
            return .result(
                code.reduce(0) { $0 << 8 | Int($1) }, String(decoding: words, as: UTF8.self))
        }
    }
}
