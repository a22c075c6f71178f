/// Puts where it belongs what stands one level off, each time with one error that says so.
///
/// A wrong indentation is one mistake. Left as it is, the section that is missing where it belongs and every
/// key that nobody knows where it stands would be told as so many mistakes of their own.
struct Placement {
    /// More than these are no slips of the indentation.
    private static let most = 40

    private var root: Node
    private let reading: Reading
    private var moved: Set<Mark> = []

    /// The tree with everything where it belongs, as far as that can be told.
    static func arranged(_ root: Node, _ reading: Reading) -> Node {
        var placement = Placement(root: root, reading: reading)
        for _ in 0..<most {
            guard let group = placement.misplaced(in: placement.root, .root) else { break }
            reading.reject(
                at: group.first.mark, path: group.path,
                group.message(whereabouts: placement.whereabouts(group.to)))
            placement.move(group)
        }
        return placement.root
    }

    private init(root: Node, reading: Reading) {
        self.root = root
        self.reading = reading
    }

    /// The first that is found, an outer one before what stands in it.
    private func misplaced(in node: Node, _ spot: Spot) -> Misplaced? {
        guard case .mapping(let pairs) = node.content else { return nil }
        var group: Misplaced?
        var before: Node.Pair?
        for pair in pairs {
            guard !moved.contains(pair.mark),
                let target = belonging.target(of: pair, in: spot, after: before)
            else {
                before = pair
                continue
            }
            if group == nil {
                group = Misplaced(pair, from: spot, to: target.spot, isWrapped: target.isWrapped)
            } else if let known = group,
                target == Belonging.Target(spot: known.to), !known.isWrapped
            {
                group?.add(pair)
            }
        }
        if let group { return group }
        for pair in pairs where spot.below(pair.name).takesKeys {
            if let group = misplaced(in: pair.value, spot.below(pair.name)) { return group }
        }
        return nil
    }

    private var belonging: Belonging { Belonging(root: root) }

    private mutating func move(_ group: Misplaced) {
        let isPlaced = belonging.isDue(group.to) || isComplete(group)
        root = root.removing(Set(group.pairs.map(\.mark)), at: group.from.names)
        for pair in group.pairs {
            moved.insert(pair.mark)
            guard isPlaced else { continue }
            guard group.isWrapped, case .mapping(let inner) = pair.value.content else {
                place(pair, at: group.to)
                continue
            }
            for pair in inner { place(pair, at: group.to) }
        }
    }

    /// Whether the section is there, or would have with these keys what it requires.
    private func isComplete(_ group: Misplaced) -> Bool {
        if root.value(at: group.to.names) != nil { return true }
        if group.to.names.last == Misplaced.missingName { return true }
        return KeyTable.names(in: group.to.place).allSatisfy { name in
            !group.to.below(name).isRequired || group.pairs.contains { $0.name == name }
        }
    }

    private mutating func place(_ pair: Node.Pair, at spot: Spot) {
        guard belonging.hasRoom(for: pair.name, spot) else { return }
        root = root.placing(pair, at: spot.names)
        takeOut(of: spot.below(pair.name), pair.value, to: spot)
    }

    /// What stands behind a section that is indented too little stands in it: by the same slip, so without a
    /// word.
    private mutating func takeOut(of inner: Spot, _ node: Node, to spot: Spot) {
        guard !inner.isNamed, inner.takesKeys, case .mapping(let pairs) = node.content else {
            return
        }
        let known = KeyTable.names(in: inner.place)
        for pair in pairs {
            if known.contains(pair.name) {
                takeOut(of: inner.below(pair.name), pair.value, to: spot)
            } else if !spot.isNamed, belonging.takes(pair, spot, Int.max) {
                root = root.removing([pair.mark], at: inner.names).placing(pair, at: spot.names)
            }
        }
    }

    /// A section with what shows it to the eye: `directories.hq, beside uri in line 4`.
    private func whereabouts(_ spot: Spot) -> String {
        let name = spot.names.isEmpty ? "the top level" : spot.place.written
        guard let node = root.value(at: spot.names) else {
            return name + ", which is not there yet"
        }
        if node.isNull, let pair = root.pair(at: spot.names) {
            return name + ", which stands empty in line \(pair.mark.line)"
        }
        guard case .mapping(let pairs) = node.content else { return name }
        let known = KeyTable.names(in: spot.place)
        let beside = pairs.first {
            !moved.contains($0.mark) && (spot.isNamed || known.contains($0.name))
        }
        guard let beside else { return name }
        return name + ", beside \(Excerpt.of(beside.name)) in line \(beside.mark.line)"
    }
}
