/// A key of `lockstep.yaml` in words, for the manual.
package struct KeyDescription: Sendable {
    /// With `NAME` for a word that the administrator chooses: `directories.NAME.uri`.
    package let path: String
    /// What may stand there: `a duration`.
    package let value: String
    package let isRequired: Bool
    /// What is taken where the key is absent; nil where there is nothing.
    package let standard: String?
    package let explanation: String

    /// The first part of the path: `directories`.
    package var section: String { String(path.prefix { $0 != "." }) }

    /// Every key, those of a section together.
    package static let all: [KeyDescription] = {
        let keys = KeyTable.all.map(KeyDescription.init)
        var sections: [String] = []
        for key in keys where !sections.contains(key.section) { sections.append(key.section) }
        return sections.flatMap { section in keys.filter { $0.section == section } }
    }()

    private init(_ key: Key) {
        path = key.path.replacing("*", with: "NAME")
        value = key.kind.words
        explanation = key.explanation
        if case .required = key.absence { isRequired = true } else { isRequired = false }
        standard = key.absence.words
    }
}

extension KeyAbsence {
    fileprivate var words: String? {
        switch self {
        case .required, .none: nil
        case .standard(let content), .standardOrNull(let content): content.words
        }
    }
}

extension Node.Content {
    /// In one line; nil where there is nothing in it.
    fileprivate var words: String? {
        switch self {
        case .scalar(let scalar): return scalar.text
        case .sequence(let nodes):
            let parts = nodes.compactMap(\.content.words)
            return parts.isEmpty ? nil : "[\(parts.joined(separator: ", "))]"
        case .mapping(let pairs):
            let parts = pairs.compactMap { pair in
                pair.value.content.words.map { "\(pair.name): \($0)" }
            }
            return parts.isEmpty ? nil : "{\(parts.joined(separator: ", "))}"
        case .unusable: return nil
        }
    }
}

extension KeyKind {
    fileprivate var words: String {
        switch self {
        case .text: "text"
        case .name: "a name"
        case .path: "a path"
        case .boolean: "true or false"
        case .integer(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
        case .duration: "a duration"
        case .limit: "a number or a percentage"
        case .word(let words): words.count == 1 ? words[0] : Self.alternatives(words)
        case .uri: "an LDAP URL"
        case .web: "a web address"
        case .location: "a web address or a path"
        case .dn: "a DN"
        case .filter: "a filter"
        case .attribute: "an attribute"
        case .protected: "a first RDN or a whole DN"
        case .source: "an attribute or a template"
        case .template: "a template"
        case .section: "keys"
        case .named: "names of your own"
        case .list(let kind): "a list; each: \(kind.words)"
        case .oneOrList(let kind): "\(kind.words), or a list"
        case .either(let one, let other): "\(one.words), or \(other.words)"
        }
    }

    private static func alternatives(_ words: [String]) -> String {
        words.dropLast().joined(separator: ", ") + " or " + (words.last ?? "")
    }
}
