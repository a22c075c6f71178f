internal import CSQLite

/// The texts of one row in one piece, which SQLite reads where they are.
///
/// Bound one by one it would copy each into memory of its own, and give that back after the row.
struct RowTexts {
    private var octets: [UInt8] = []
    private var places: [(parameter: Int, range: Range<Int>)] = []

    /// For the next row.
    mutating func begin() {
        octets.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
    }

    /// nil: NULL, as every parameter that is not bound.
    mutating func append(_ text: String?, at parameter: Int) {
        guard let text else { return }
        append(at: parameter) { $0 += text.utf8 }
    }

    /// `write` appends UTF-8.
    mutating func append(at parameter: Int, _ write: (inout [UInt8]) -> Void) {
        let start = octets.count
        write(&octets)
        places.append((parameter, start..<octets.count))
    }

    /// Carries the statement out with these texts and whatever else was bound; then nothing is.
    func run(_ statement: borrowing Statement) throws(StoreError) {
        defer { statement.unbind() }
        try unsafe octets.withUnsafeBufferPointer { octets throws(StoreError) in
            for place in places {
                let text = unsafe UnsafeBufferPointer(rebasing: octets[place.range])
                try unsafe statement.lend(text, at: place.parameter)
            }
            try statement.run()
        }
    }
}
