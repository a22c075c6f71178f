/// Where in the file a key stands, as it is written and as the key table knows it.
struct KeyPlace {
    /// `directories.hq.bind`; nothing in it that a terminal would obey.
    let written: String
    /// As `directories.*.bind`.
    let pattern: String

    static let root = KeyPlace(written: "", pattern: "")

    /// A key of the table.
    func key(_ name: String) -> KeyPlace {
        KeyPlace(
            written: Self.join(written, name),
            pattern: pattern.isEmpty ? name : "\(pattern).\(name)")
    }

    /// A name that the administrator chose.
    func named(_ name: String) -> KeyPlace {
        KeyPlace(written: Self.join(written, name), pattern: "\(pattern).*")
    }

    /// Whether a value here might be a password that was written in the wrong place.
    var isSecret: Bool {
        pattern.hasPrefix("directories.*.bind") || pattern.hasPrefix("directories.*.canary")
            || pattern.hasPrefix("authorities.*.tell.cmp") && !pattern.hasSuffix(".uri")
    }

    /// Another section of the table as it is written there: with the names that lead here, and `NAME` for others.
    func sibling(_ section: String) -> String {
        let (own, names) = (pattern.split(separator: "."), written.split(separator: "."))
        var isOnTheWay = own.count == names.count
        return section.split(separator: ".").enumerated().map { place, part in
            isOnTheWay = isOnTheWay && place < own.count && own[place] == part
            guard part == "*" else { return String(part) }
            return isOnTheWay ? String(names[place]) : "NAME"
        }.joined(separator: ".")
    }

    static func join(_ path: String, _ name: String) -> String {
        let shown = Excerpt.of(name, longest: 40)
        return path.isEmpty ? shown : "\(path).\(shown)"
    }
}
