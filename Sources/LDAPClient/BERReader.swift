/// The elements of a SEQUENCE one after the other; what is not as it must be is nil, never a crash.
struct BERReader {
    private var rest: ArraySlice<UInt8>

    init(_ content: ArraySlice<UInt8>) {
        rest = content
    }

    /// Of the one element with that tag which `bytes` must be.
    init?(_ bytes: [UInt8], tag: UInt8) {
        guard let whole = BER.content(bytes[...], tag: tag), whole.rest.isEmpty else { return nil }
        rest = whole.content
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// The content of the next element if it has that tag and is whole; else nothing is taken.
    mutating func take(_ tag: UInt8) -> ArraySlice<UInt8>? {
        guard let element = BER.content(rest, tag: tag) else { return nil }
        rest = element.rest
        return element.content
    }

    mutating func octets() -> [UInt8]? {
        take(BER.octetString).map(Array.init)
    }

    /// `standard` where there is none; nil where there is one that is not of one octet.
    mutating func boolean(standard: Bool) -> Bool? {
        guard rest.first == BER.boolean else { return standard }
        guard let content = take(BER.boolean), content.count == 1 else { return nil }
        return content.first != 0
    }

    /// An ENUMERATED of one octet, which is all that controls use.
    mutating func enumerated() -> UInt8? {
        guard let content = take(BER.enumerated), content.count == 1 else { return nil }
        return content.first
    }
}
