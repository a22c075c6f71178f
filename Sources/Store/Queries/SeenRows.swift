package import Identity

/// The rows of users or groups whose entry a run has seen: a bit for each.
package struct SeenRows<ID: RowID>: Sendable {
    private var words: [UInt64] = []
    package private(set) var count: Int64 = 0

    package init() {}

    /// Whether it was not seen before; ids are positive.
    @discardableResult
    package mutating func insert(_ id: ID) -> Bool {
        let row = id.rawValue
        let index = Int(row >> 6)
        if index >= words.count {
            words.append(contentsOf: repeatElement(0, count: max(index + 1 - words.count, 1024)))
        }
        let bit: UInt64 = 1 << (row & 63)
        guard words[index] & bit == 0 else { return false }
        words[index] |= bit
        count += 1
        return true
    }

    package func contains(_ id: ID) -> Bool {
        let row = id.rawValue
        let index = Int(row >> 6)
        return index < words.count && words[index] & (1 << (row & 63)) != 0
    }
}
