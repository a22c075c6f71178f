internal import Ground

/// Where in a tree a pair would be at home that does not fit where it stands.
struct Belonging {
    struct Target: Equatable {
        let spot: Spot
        /// The pair itself is a section that is not known: what stands below it belongs there.
        var isWrapped = false
    }

    let root: Node

    /// nil: it stands well, or where it belongs can't be told.
    func target(
        of pair: Node.Pair, in spot: Spot, after before: Node.Pair?
    ) -> Target? {
        let isKnown = spot.isNamed || KeyTable.names(in: spot.place).contains(pair.name)
        let here = isKnown ? spot.below(pair.name).misfits(pair.value) : Int.max
        guard here > 0 else { return nil }
        // A key of the table is itself wherever it stands, and no name of the administrator's own.
        let near = (open(after: before, in: spot) + spot.around).filter {
            spot.isNamed || !isKnown || !$0.isNamed
        }
        if let found = near.first(where: { takes(pair, $0, here) }) { return Target(spot: found) }
        if let found = nameless(pair, spot, here) ?? wide(pair, spot, here, isKnown: isKnown) {
            return Target(spot: found)
        }
        let isMisspelt =
            !spot.isNamed
            && Spelling.nearest(to: pair.name, in: KeyTable.names(in: spot.place)) != nil
        guard !isMisspelt, !spot.isNamed || spot.isOfSections, spot.takesAll(of: pair.value) else {
            return nil
        }
        return Target(spot: spot, isWrapped: true)
    }

    /// The sections that end with what stands before, the outermost first: what is indented too little is theirs.
    private func open(after before: Node.Pair?, in spot: Spot) -> [Spot] {
        var spots: [Spot] = []
        var (last, spot) = (before, spot)
        while let pair = last {
            spot = spot.below(pair.name)
            guard spot.takesKeys else { break }
            guard case .mapping(let pairs) = pair.value.content else {
                return pair.value.isNull ? spots + [spot] : spots
            }
            spots.append(spot)
            last = pairs.last
        }
        return spots
    }

    /// Whether a section has room for that key, and the value is more at home there than where it is `here`.
    func takes(_ pair: Node.Pair, _ spot: Spot, _ here: Int) -> Bool {
        guard hasRoom(for: pair.name, spot) else { return false }
        let inner = spot.below(pair.name)
        let isAtHome = inner.resembles(pair.value) && inner.misfits(pair.value) < here
        if !spot.isNamed {
            return KeyTable.names(in: spot.place).contains(pair.name)
                && (isAtHome || pair.value.isNull
                    || inner.isRequired && inner.knowsSome(of: pair.value))
        }
        if spot.isOfSections {
            return isAtHome && !pair.value.isNull && inner.hasRequired(in: pair.value)
        }
        // Any name may stand there: only an empty one waits for some.
        return isAtHome && root.value(at: spot.names)?.isNull ?? false
    }

    func hasRoom(for name: String, _ spot: Spot) -> Bool {
        for count in 0...spot.names.count {
            guard let node = root.value(at: Array(spot.names.prefix(count))) else { return true }
            if node.isNull { return true }
            guard case .mapping = node.content else { return false }
        }
        return root.pair(at: spot.names + [name])?.value.isNull ?? true
    }

    /// Where names of the administrator's own are due: the section of that name, or of one that is missing.
    private func nameless(_ pair: Node.Pair, _ spot: Spot, _ here: Int) -> Spot? {
        guard spot.isOfSections, case .mapping(let pairs) = root.value(at: spot.names)?.content,
            KeyTable.names(in: spot.place.named("*")).contains(pair.name)
        else { return nil }
        let own = pairs.first {
            $0.mark != pair.mark && spot.below($0.name).resembles($0.value)
                && hasRoom(for: pair.name, spot.below($0.name))
        }
        let found = spot.below(own?.name ?? Misplaced.missingName)
        return takes(pair, found, here) ? found : nil
    }
}

/// Farther away.
extension Belonging {
    private func wide(_ pair: Node.Pair, _ spot: Spot, _ here: Int, isKnown: Bool) -> Spot? {
        if !isKnown || spot.isNamed, let found = section(of: pair, here) { return found }
        let patterns = KeyTable.sections(with: pair.name).filter { _ in pair.name != "*" }
        let spots = patterns.compactMap { concrete($0, for: pair, in: spot) }
        var found = spots.filter {
            takes(pair, $0, here) && (!isKnown || $0.names.starts(with: spot.names))
                && (isOnly($0, of: patterns, in: spot) || root.value(at: $0.names) != nil
                    || isDue($0))
        }
        if found.isEmpty, !isKnown, let own = spot.names.last {
            // What a directory says of a reason, and the reason says as well.
            return spots.first { $0.names.last == own && !hasRoom(for: pair.name, $0) }
        }
        let nearest = found.map { common($0, spot) }.max()
        found = found.filter { common($0, spot) == nearest }
        return found.count == 1 ? found.first : found.first(where: isDue)
    }

    /// A section that is not there is meant only where no other one could be.
    private func isOnly(_ found: Spot, of patterns: [String], in spot: Spot) -> Bool {
        let below = patterns.filter {
            spot.names.isEmpty || $0.hasPrefix(spot.place.pattern + ".")
        }
        return patterns.count == 1 || below == [found.place.pattern]
    }

    /// A directory, a reason, an operator by the keys that it has.
    private func section(of pair: Node.Pair, _ here: Int) -> Spot? {
        let found = KeyTable.ofSections.filter { !$0.contains("*") }.map(Spot.root.below)
            .filter { takes(pair, $0, here) && $0.below(pair.name).misfits(pair.value) == 0 }
        return found.count == 1 ? found.first : nil
    }

    /// The section, or one around it, is required and not there.
    func isDue(_ spot: Spot) -> Bool {
        ([spot] + spot.around).contains {
            $0.isRequired && root.value(at: $0.names)?.isNull ?? true
        }
    }

    private func common(_ one: Spot, _ other: Spot) -> Int {
        zip(one.names, other.names).prefix { $0 == $1 }.count
    }

    /// A section of the table with the names that are meant: those that lead here, or the only ones that lack the key.
    private func concrete(_ pattern: String, for pair: Node.Pair, in spot: Spot) -> Spot? {
        var found = Spot.root
        let parts = pattern.split(separator: ".").map(String.init)
        for (place, part) in parts.enumerated() {
            guard part == "*" else {
                found = found.below(part)
                continue
            }
            let rest = parts[(place + 1)...].prefix { $0 != "*" } + [pair.name]
            guard let name = name(in: found, lacking: Array(rest), for: pair, spot) else {
                return nil
            }
            found = found.below(name)
        }
        return found
    }

    private func name(
        in found: Spot, lacking rest: [String], for pair: Node.Pair, _ spot: Spot
    ) -> String? {
        if spot.names.count > found.names.count, spot.names.starts(with: found.names) {
            return spot.names[found.names.count]
        }
        guard case .mapping(let pairs) = root.value(at: found.names)?.content else {
            return Misplaced.missingName
        }
        if let own = spot.names.last, pairs.contains(where: { $0.name == own }) { return own }
        let lacking = pairs.filter {
            root.pair(at: found.names + [$0.name] + rest)?.value.isNull ?? true
        }
        return lacking.count == 1
            ? lacking[0].name : lacking.last { $0.mark < pair.mark }?.name
    }
}
