/// Keys of one section that all belong to another one.
struct Misplaced {
    /// Stands for a name that the administrator has yet to choose.
    static let missingName = "NAME"

    let from: Spot
    let to: Spot
    /// The one pair is a section that is not known, and what stands below it belongs to `to`.
    let isWrapped: Bool
    let first: Node.Pair
    private(set) var others: [Node.Pair] = []

    init(_ first: Node.Pair, from: Spot, to: Spot, isWrapped: Bool) {
        self.first = first
        self.from = from
        self.to = to
        self.isWrapped = isWrapped
    }

    mutating func add(_ pair: Node.Pair) { others.append(pair) }

    var pairs: [Node.Pair] { [first] + others }

    /// Where the first of them stands.
    var path: String { from.below(first.name).place.written }

    /// `whereabouts`: the section that they belong to, and how the eye finds it.
    func message(whereabouts: String) -> String {
        if isWrapped {
            return "there is no such section; what stands below it belongs to \(whereabouts)"
        }
        if to == from.below(Self.missingName) {
            return "stands where a name of your own is due\(also); write one above: "
                + "\(from.place.written): {NAME: {\(Excerpt.of(first.name)): …}}"
        }
        let belong = others.isEmpty ? "it belongs" : "they belong"
        return "stands in the wrong place\(also); \(belong) to \(whereabouts)"
    }

    private var also: String {
        let names = others.map { Excerpt.of($0.name, longest: 40) }
        guard let last = names.last else { return "" }
        if names.count == 1 { return ", as does \(last)" }
        return ", as do \(names.dropLast().joined(separator: ", ")) and \(last)"
    }
}
