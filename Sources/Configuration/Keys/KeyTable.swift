/// Every key of `lockstep.yaml`, described once.
///
/// The reader takes from here what is known, required and the default; the tests hold the sample
/// and the JSON Schema against it.
enum KeyTable {
    static let all: [Key] = top + reasons + directory + tls + bind + users + roles + decisions

    private static let byPath = Dictionary(all.map { ($0.path, $0) }) { first, _ in first }

    private static let names = Dictionary(grouping: all, by: \.section).mapValues { keys in
        keys.map(\.name)
    }

    static func key(_ place: KeyPlace) -> Key? { byPath[place.pattern] }

    /// The names that may stand in a section, in the table's order.
    static func names(in place: KeyPlace) -> [String] { names[place.pattern] ?? [] }
}
