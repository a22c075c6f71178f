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
        for pair in pairs where !known.contains(pair.name) { rejectUnknown(pair, known) }
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
                + "here may stand: \(known.joined(separator: ", "))",
            suggestion: isHidden ? nil : Spelling.nearest(to: pair.name, in: known))
    }
}
