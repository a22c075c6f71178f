internal import Glibc

/// The octets of an entry's values in one piece, attribute after attribute.
///
/// Between the values may stand what nobody asks for: what a message holds of an entry is copied at once.
package struct EntryContents: Sendable {
    /// Where a value stands among the octets, of which there are less than 4 GiB.
    private struct Place: Sendable {
        let start: UInt32
        let end: UInt32

        init(_ range: Range<Int>) {
            start = UInt32(range.lowerBound)
            end = UInt32(range.upperBound)
        }

        var range: Range<Int> { Int(start)..<Int(end) }
    }

    private var octets: [UInt8]
    private var places: [Place] = []
    /// Where each attribute ends among the values.
    private var attributeEnds: [Int] = []

    package init() { octets = [] }

    /// `octets` hold all values; `values` and `attributes` are how many there will be: a large group is not
    /// to be moved.
    package init(copying octets: UnsafeBufferPointer<UInt8>, values: Int, attributes: Int) {
        self.octets = unsafe Array(octets)
        places.reserveCapacity(values)
        attributeEnds.reserveCapacity(attributes)
    }

    package var valueCount: Int { places.count }

    /// One more value of the attribute at hand.
    mutating func append(_ value: ArraySlice<UInt8>) {
        let start = octets.count
        octets.append(contentsOf: value)
        noteValue(start..<octets.count)
    }

    /// The same of a value that the octets have already.
    package mutating func noteValue(_ range: Range<Int>) {
        places.append(Place(range))
    }

    /// What follows belongs to another attribute.
    package mutating func endAttribute() {
        attributeEnds.append(places.count)
    }

    /// Whether one of the octets may be part of a value.
    func mayHold(_ octet: UInt8) -> Bool {
        unsafe octets.withUnsafeBytes {
            guard let start = $0.baseAddress else { return false }
            return unsafe memchr(start, Int32(octet), $0.count) != nil
        }
    }

    func value(at index: Int) -> ArraySlice<UInt8> { octets[places[index].range] }

    /// Where the values of an attribute are among all.
    func places(ofAttribute index: Int) -> Range<Int> {
        (index == 0 ? 0 : attributeEnds[index - 1])..<attributeEnds[index]
    }

    /// How many values the attribute has, and each of them with its length before it.
    func append(attribute index: Int, to image: inout [UInt8]) {
        let values = places(ofAttribute: index)
        image.append(count: values.count)
        for value in values {
            let range = places[value].range
            image.append(count: range.count)
            image.append(contentsOf: octets[range])
        }
    }
}

extension EntryContents: Hashable {
    package static func == (left: EntryContents, right: EntryContents) -> Bool {
        guard left.attributeEnds == right.attributeEnds else { return false }
        return zip(left.places, right.places).allSatisfy {
            left.octets[$0.range] == right.octets[$1.range]
        }
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(attributeEnds)
        for place in places { hasher.combine(octets[place.range]) }
    }
}

extension [UInt8] {
    /// A number of any size, seven bits an octet, the lowest first.
    mutating func append(count: Int) {
        var rest = UInt64(count)
        while rest > 0x7f {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(rest))
    }
}
