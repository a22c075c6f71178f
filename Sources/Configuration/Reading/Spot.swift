/// A section of the file, by the names that lead there.
struct Spot: Hashable {
    let names: [String]
    let place: KeyPlace

    static let root = Spot(names: [], place: .root)

    /// What stands here under a name, which is the administrator's own where the table says so.
    func below(_ name: String) -> Spot {
        Spot(names: names + [name], place: isNamed ? place.named(name) : place.key(name))
    }

    /// What stands around this one, the nearest first.
    var around: [Spot] {
        var spots: [Spot] = []
        var spot = Spot.root
        for name in names {
            spots.append(spot)
            spot = spot.below(name)
        }
        return spots.reversed()
    }

    /// Whether the administrator chooses the names here.
    var isNamed: Bool { KeyTable.key(place)?.kind == .named }

    /// Whether those names have sections of their own: a directory, a reason.
    var isOfSections: Bool { isNamed && KeyTable.key(place.named("*"))?.kind == .section }

    var takesKeys: Bool { !KeyTable.names(in: place).isEmpty }

    var isRequired: Bool {
        if case .required = KeyTable.key(place)?.absence { true } else { false }
    }

    static func == (left: Spot, right: Spot) -> Bool {
        left.names == right.names && left.place.pattern == right.place.pattern
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(names)
        hasher.combine(place.pattern)
    }
}

extension Spot {
    /// How many errors a value gives under a key of that place, as far as keys and kinds tell; 0: it fits.
    func misfits(_ node: Node) -> Int {
        guard let key = KeyTable.key(place) else { return 1 }
        // What stands under a name of the administrator's own may not be left out.
        if node.isNull { return key.name == "*" && key.kind == .section ? 1 : 0 }
        return misfits(node, key.kind)
    }

    private func misfits(_ node: Node, _ kind: KeyKind) -> Int {
        switch kind {
        case .section:
            let known = KeyTable.names(in: place)
            return sum(node) { known.contains($0.name) ? below($0.name).misfits($0.value) : 1 }
        case .named: return sum(node) { below($0.name).misfits($0.value) }
        case .either(let one, let other): return min(misfits(node, one), misfits(node, other))
        case .oneOrList(let kind): return isList(node) ? 0 : misfits(node, kind)
        case .list: return isList(node) ? 0 : 1
        case .text, .name, .path, .boolean, .integer, .duration, .limit, .word, .uri, .web,
            .location,
            .dn, .filter, .attribute, .protected, .source, .template:
            guard case .scalar(let scalar) = node.content else { return 1 }
            return kind.looksLike(scalar.text) ? 0 : 1
        }
    }

    private func sum(_ node: Node, _ count: (Node.Pair) -> Int) -> Int {
        guard case .mapping(let pairs) = node.content else { return 1 }
        return pairs.reduce(0) { $0 + count($1) }
    }

    private func isList(_ node: Node) -> Bool {
        if case .sequence = node.content { true } else { false }
    }

    /// Whether most of what stands in a section would be known here, if not all of it is right.
    func resembles(_ node: Node) -> Bool {
        guard case .mapping(let pairs) = node.content, !isNamed || isOfSections else {
            return misfits(node) == 0
        }
        let known = KeyTable.names(in: place)
        let fitting = pairs.count {
            isNamed ? below($0.name).resembles($0.value) : known.contains($0.name)
        }
        return fitting * 2 > pairs.count && (isNamed || misfits(node) < pairs.count)
    }

    /// Whether a section has one of the keys that are required here, if any is.
    func hasRequired(in node: Node) -> Bool {
        let required = KeyTable.names(in: place).filter { below($0).isRequired }
        return required.isEmpty || required.contains { node.pair(at: [$0]) != nil }
    }

    /// Whether one key of a section would be known here.
    func knowsSome(of node: Node) -> Bool {
        guard case .mapping(let pairs) = node.content else { return false }
        return pairs.contains { KeyTable.names(in: place).contains($0.name) }
    }

    /// Whether a section's pairs could all stand here.
    func takesAll(of node: Node) -> Bool {
        guard case .mapping(let pairs) = node.content, !pairs.isEmpty else { return false }
        let known = KeyTable.names(in: place)
        return pairs.allSatisfy {
            isNamed
                ? below($0.name).resembles($0.value)
                : known.contains($0.name) && below($0.name).misfits($0.value) == 0
        }
    }
}

extension KeyKind {
    /// Whether text could be of this kind, by its look alone.
    fileprivate func looksLike(_ text: String) -> Bool {
        let beginsWithDigit = text.utf8.first.map { (0x30...0x39).contains($0) } ?? false
        return switch self {
        case .word(let words): words.contains(text)
        case .boolean: text == "true" || text == "false"
        case .integer, .duration, .limit: beginsWithDigit
        case .uri, .web: text.contains("://")
        case .dn: text.contains("=")
        default: true
        }
    }
}
