/// The little of BER (X.690) that values of controls and a few answers are made of: definite lengths
/// alone, tags of one octet.
package enum BER {
    package static let boolean: UInt8 = 0x01
    /// INTEGER.
    package static let number: UInt8 = 0x02
    package static let octetString: UInt8 = 0x04
    package static let enumerated: UInt8 = 0x0a
    package static let sequence: UInt8 = 0x30
    package static let set: UInt8 = 0x31

    /// What stands at the start of some octets.
    package enum Element {
        /// Its content, and what follows it.
        case whole(content: ArraySlice<UInt8>, rest: ArraySlice<UInt8>)
        /// The octets end before it does.
        case incomplete
        /// Something else than was looked for.
        case other
    }

    package static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        [tag] + length(content.count) + content
    }

    /// An INTEGER that is not negative.
    package static func integer(_ value: Int) -> [UInt8] {
        var bytes = bigEndian(value)
        if bytes.isEmpty || bytes[0] >= 0x80 { bytes.insert(0, at: 0) }
        return element(number, bytes)
    }

    /// The same of octets that are read where they stand.
    package enum Place {
        /// Where its content is.
        case whole(Range<Int>)
        case incomplete
        case other
    }

    /// The element with that tag at `start`, which has to end at `end` or before.
    package static func place(
        in octets: Span<UInt8>, from start: Int, to end: Int, tag: UInt8
    ) -> Place {
        guard start < end else { return .incomplete }
        guard octets[start] == tag else { return .other }
        var content = start + 2
        guard content <= end else { return .incomplete }
        var count = Int(octets[start + 1])
        if count >= 0x80 {
            let digits = count - 0x80
            guard (1...4).contains(digits) else { return .other }
            guard digits <= end - content else { return .incomplete }
            count = 0
            for _ in 0..<digits {
                count = count << 8 | Int(octets[content])
                content += 1
            }
        }
        guard count <= end - content else { return .incomplete }
        return .whole(content..<content + count)
    }

    /// The element with that tag at the start of `bytes`.
    package static func first(in bytes: ArraySlice<UInt8>, tag: UInt8) -> Element {
        switch place(in: bytes.span, from: 0, to: bytes.count, tag: tag) {
        case .whole(let place):
            let end = bytes.startIndex + place.upperBound
            return .whole(
                content: bytes[bytes.startIndex + place.lowerBound..<end], rest: bytes[end...])
        case .incomplete: return .incomplete
        case .other: return .other
        }
    }

    /// The content of the element at the start of `bytes`, and what follows it.
    ///
    /// nil unless it has that tag and is whole.
    package static func content(
        _ bytes: ArraySlice<UInt8>, tag: UInt8
    ) -> (content: ArraySlice<UInt8>, rest: ArraySlice<UInt8>)? {
        guard case .whole(let content, let rest) = first(in: bytes, tag: tag) else { return nil }
        return (content, rest)
    }

    private static func length(_ count: Int) -> [UInt8] {
        guard count >= 0x80 else { return [UInt8(count)] }
        let digits = bigEndian(count)
        return [0x80 | UInt8(digits.count)] + digits
    }

    /// Without leading zeros; empty for 0.
    private static func bigEndian(_ value: Int) -> [UInt8] {
        var rest = value
        var bytes: [UInt8] = []
        while rest > 0 {
            bytes.append(UInt8(rest & 0xff))
            rest >>= 8
        }
        return bytes.reversed()
    }
}

/// The elements of a SEQUENCE one after the other; what is not as it must be is nil, never a crash.
package struct BERReader {
    private var rest: ArraySlice<UInt8>

    package init(_ content: ArraySlice<UInt8>) {
        rest = content
    }

    /// Of the one element with that tag which `bytes` must be.
    package init?(_ bytes: [UInt8], tag: UInt8) {
        guard let whole = BER.content(bytes[...], tag: tag), whole.rest.isEmpty else { return nil }
        rest = whole.content
    }

    package var isAtEnd: Bool { rest.isEmpty }

    /// The content of the next element if it has that tag and is whole; else nothing is taken.
    package mutating func take(_ tag: UInt8) -> ArraySlice<UInt8>? {
        guard let element = BER.content(rest, tag: tag) else { return nil }
        rest = element.rest
        return element.content
    }

    package mutating func octets() -> [UInt8]? {
        take(BER.octetString).map(Array.init)
    }

    /// `standard` where there is none; nil where there is one that is not of one octet.
    package mutating func boolean(standard: Bool) -> Bool? {
        guard rest.first == BER.boolean else { return standard }
        guard let content = take(BER.boolean), content.count == 1 else { return nil }
        return content.first != 0
    }

    /// An ENUMERATED of one octet, which is all that controls use.
    package mutating func enumerated() -> UInt8? {
        guard let content = take(BER.enumerated), content.count == 1 else { return nil }
        return content.first
    }
}
