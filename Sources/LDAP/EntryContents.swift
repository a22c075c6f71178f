/// The octets of an entry's values in one piece, attribute after attribute.
package struct EntryContents: Hashable, Sendable {
    /// The values of one attribute, where they stand.
    package struct Values: RandomAccessCollection, Sendable {
        private let octets: [UInt8]
        private let ends: [Int]
        package let startIndex: Int
        package let endIndex: Int

        fileprivate init(_ octets: [UInt8], _ ends: [Int], _ range: Range<Int>) {
            self.octets = octets
            self.ends = ends
            startIndex = range.lowerBound
            endIndex = range.upperBound
        }

        package static let none = Values([], [], 0..<0)

        package subscript(index: Int) -> AttributeValue {
            AttributeValue(octets: octets[(index == 0 ? 0 : ends[index - 1])..<ends[index]])
        }
    }

    private var octets: [UInt8] = []
    /// Where each value ends among the octets.
    private var valueEnds: [Int] = []
    /// Where each attribute ends among the values.
    private var attributeEnds: [Int] = []

    package init() {}

    /// `octets` and `values` are how many there will be: a large group is not to be moved.
    package init(octets: Int, values: Int, attributes: Int) {
        self.octets.reserveCapacity(octets)
        valueEnds.reserveCapacity(values)
        attributeEnds.reserveCapacity(attributes)
    }

    package var valueCount: Int { valueEnds.count }

    /// One more value of the attribute at hand.
    ///
    /// Not generic: what another module calls is not specialised there.
    package mutating func append(_ value: UnsafeRawBufferPointer) {
        unsafe octets.append(contentsOf: value)
        valueEnds.append(octets.count)
    }

    /// What is appended next belongs to another attribute.
    package mutating func endAttribute() {
        attributeEnds.append(valueEnds.count)
    }

    func values(ofAttribute index: Int) -> Values {
        let start = index == 0 ? 0 : attributeEnds[index - 1]
        return Values(octets, valueEnds, start..<attributeEnds[index])
    }
}
