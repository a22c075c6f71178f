internal import Ground

/// A part of the file whose keys the key table knows.
struct Section {
    let field: Field
    private let values: [String: Node]

    /// Reports every unknown key; nil, reported, unless keys stand here.
    init?(_ field: Field) {
        guard case .mapping(let pairs) = field.node.content else {
            field.rejectKind("a section with keys")
            return nil
        }
        self.field = field
        values = Dictionary(pairs.map { ($0.name, $0.value) }) { first, _ in first }
        let known = KeyTable.names(in: field.place)
        let unknown = pairs.filter { !known.contains($0.name) }
        // What stands behind a comma in braces is the next key.
        let pieces = unknown.filter { $0.value.isNull && $0.name.contains("=") }
        if let piece = pieces.first {
            field.reading.reject(
                at: piece.mark, path: field.place.written,
                "a DN has commas, so in {braces} it stands in quotes: \"cn=name,dc=example,dc=com\""
            )
        }
        for pair in unknown where !pieces.contains(pair) { rejectUnknown(pair, known) }
    }

    /// Whether the key is there and not null.
    func has(_ name: String) -> Bool {
        values[name].map { !$0.isNull } ?? false
    }

    /// What stands under a key of the table, or its default; a required one that is missing is
    /// reported.
    func field(_ name: String) -> Field? {
        let place = field.place.key(name)
        if let node = values[name], !node.isNull {
            return Field(node: node, place: place, reading: field.reading)
        }
        switch KeyTable.key(place)?.absence {
        case .required(let example):
            field.reading.reject(
                at: field.node.mark, path: place.written,
                "is missing and required; write, for example, \(example)")
            return nil
        case .standard(let content):
            return standard(content, place)
        case .standardOrNull(let content):
            return values[name] == nil ? standard(content, place) : nil
        case .some(.none), nil:
            return nil
        }
    }

    private func standard(_ content: Node.Content, _ place: KeyPlace) -> Field {
        Field(
            node: Node(mark: field.node.mark, content: content), place: place,
            reading: field.reading)
    }

    /// `it belongs to directories.hq.users; `: where a key of that name may stand; empty where none is likely.
    private func elsewhere(_ name: String) -> String {
        let places = KeyTable.sections(with: name).map(field.place.sibling)
        guard (1...Self.mostPlaces).contains(places.count), !places.contains("") else { return "" }
        return "it belongs to \(places.joined(separator: " or ")); "
    }

    /// A name that stands in more sections than these is no hint.
    private static let mostPlaces = 3

    /// Below `bind` a key without a value may be a password that lost its space
    /// (`password:secret`), so it is not shown.
    private func rejectUnknown(_ pair: Node.Pair, _ known: [String]) {
        let place = field.place.key(pair.name)
        if let words = KeyTable.refused[place.pattern] {
            return field.reading.reject(at: pair.mark, path: place.written, words)
        }
        let isHidden = place.isSecret && pair.value.isNull
        field.reading.reject(
            at: pair.mark, path: isHidden ? field.place.written : place.written,
            (isHidden ? "holds an unknown key; " : "unknown key; ")
                + (isHidden ? "" : elsewhere(pair.name))
                + "here may stand: \(known.joined(separator: ", "))",
            suggestion: isHidden ? nil : Spelling.nearest(to: pair.name, in: known))
    }
}
