/// Parts of a tree that stand elsewhere than they should.
extension Node {
    /// What stands under names that lead there; nil where nothing does.
    func pair(at names: [String]) -> Pair? {
        guard case .mapping(let pairs) = content, let name = names.first,
            let pair = pairs.first(where: { $0.name == name })
        else { return nil }
        return names.count == 1 ? pair : pair.value.pair(at: Array(names.dropFirst()))
    }

    /// The same for a section; the tree itself where no name leads there.
    func value(at names: [String]) -> Node? { names.isEmpty ? self : pair(at: names)?.value }

    /// The tree without those pairs of a section that begin at one of the marks.
    func removing(_ marks: Set<Mark>, at names: [String]) -> Node {
        changing(names, from: mark) { $0.filter { !marks.contains($0.mark) } }
    }

    /// The tree with a pair put at the end of a section, which is made where it is missing.
    ///
    /// One of its name that says nothing makes room.
    func placing(_ pair: Pair, at names: [String]) -> Node {
        changing(names, from: pair.mark) { pairs in
            pairs.filter { $0.name != pair.name || !$0.value.isNull } + [pair]
        }
    }

    /// `mark`: where a section begins that is missing.
    private func changing(
        _ names: [String], from mark: Mark, _ change: ([Pair]) -> [Pair]
    ) -> Node {
        var pairs: [Pair] = []
        if case .mapping(let own) = content { pairs = own }
        let begin = isNull ? mark : self.mark
        guard let name = names.first else {
            return Node(mark: begin, content: .mapping(change(pairs)))
        }
        let place = pairs.firstIndex { $0.name == name } ?? pairs.count
        if place == pairs.count {
            pairs.append(
                Pair(name: name, mark: mark, value: Node(mark: mark, content: .text(""))))
        }
        let pair = pairs[place]
        pairs[place] = Pair(
            name: name, mark: pair.mark,
            value: pair.value.changing(Array(names.dropFirst()), from: mark, change))
        return Node(mark: begin, content: .mapping(pairs))
    }

    /// The tree with one pair of each name in a section; every other one is reported.
    func withoutDuplicates(_ reading: Reading, path: String = "") -> Node {
        switch content {
        case .scalar, .unusable: return self
        case .sequence(let nodes):
            return Node(
                mark: mark,
                content: .sequence(nodes.map { $0.withoutDuplicates(reading, path: path) }))
        case .mapping(let pairs):
            var lines: [String: Int] = [:]
            let kept = pairs.compactMap { pair -> Pair? in
                let inner = KeyPlace.join(path, pair.name)
                if let line = lines[pair.name] {
                    // A key without a value may be a password that lost its space: `password:secret`.
                    reading.reject(
                        at: pair.mark, path: pair.value.isNull ? path : inner,
                        "stands here twice, first in line \(line); keep one of them")
                    return nil
                }
                lines[pair.name] = pair.mark.line
                return Pair(
                    name: pair.name, mark: pair.mark,
                    value: pair.value.withoutDuplicates(reading, path: inner))
            }
            return Node(mark: mark, content: .mapping(kept))
        }
    }
}
