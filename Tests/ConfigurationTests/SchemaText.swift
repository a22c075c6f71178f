@testable import Configuration

/// The JSON Schema that the key table describes.
enum SchemaText {
    static let text =
        JSON.object(
            [
                ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
                ("title", .text("lockstep.yaml")),
                (
                    "description",
                    .text("Which directories Lockstep follows, and what it does about them.")
                ),
            ] + section("")
        ).rendered() + "\n"

    private static func section(_ path: String) -> [(String, JSON)] {
        let keys = KeyTable.all.filter { $0.section == path }
        let required = keys.filter { key in
            if case .required = key.absence { true } else { false }
        }
        return [
            ("type", .text("object")),
            ("additionalProperties", .truth(false)),
        ] + (required.isEmpty ? [] : [("required", .array(required.map { .text($0.name) }))]) + [
            ("properties", .object(keys.map { ($0.name, .object(described($0))) }))
        ]
    }

    private static func described(_ key: Key) -> [(String, JSON)] {
        var pairs: [(String, JSON)] = [("description", .text(key.explanation))]
        let shape = shape(key.kind, key.path)
        // Names that the administrator chose have a value; only an attribute to write may be null.
        let isDelete = key.path.hasSuffix(".write.*")
        switch key.absence {
        case .required: return pairs + shape
        case .none: if key.name == "*", !isDelete { return pairs + shape }
        case .standard(let content), .standardOrNull(let content):
            pairs.append(("default", value(content, key.kind)))
        }
        return pairs + [
            ("anyOf", .array([.object(shape), .object([("type", .text("null"))])]))
        ]
    }

    private static func value(_ content: Node.Content, _ kind: KeyKind) -> JSON {
        switch (content, kind) {
        case (.scalar(let scalar), .boolean): .truth(scalar.text == "true")
        case (.scalar(let scalar), .integer): .number(Int(scalar.text) ?? 0)
        case (.scalar(let scalar), .limit):
            Int(scalar.text).map { .number($0) } ?? .text(scalar.text)
        case (.scalar(let scalar), _): .text(scalar.text)
        case (.sequence(let nodes), _): .array(nodes.map { value($0.content, kind) })
        case (.mapping, _): .object([])
        case (.unusable, _): .null
        }
    }

    private static func shape(_ kind: KeyKind, _ path: String) -> [(String, JSON)] {
        switch kind {
        case .text, .template:
            [("type", .array([.text("string"), .text("number"), .text("boolean")]))]
        case .name: pattern("^[A-Za-z0-9._-]{1,64}$")
        case .web: pattern("^https?://")
        case .path, .source, .location: [("type", .text("string")), ("minLength", .number(1))]
        case .boolean: [("type", .text("boolean"))]
        case .integer(let range):
            [
                ("type", .text("integer")), ("minimum", .number(range.lowerBound)),
                ("maximum", .number(range.upperBound)),
            ]
        case .duration: pattern("^[0-9]{1,9}[smhd]$")
        case .limit:
            either([
                [("type", .text("integer")), ("minimum", .number(0))],
                pattern("^([0-9]{1,2}|100)%$"),
            ])
        case .word(let words): [("enum", .array(words.map { .text($0) }))]
        case .uri: pattern("^[Ll][Dd][Aa][Pp]([Ss]|[Ii])?://")
        case .dn, .protected: pattern("=")
        case .filter: pattern("^\\(.*\\)$")
        case .attribute: pattern("^[A-Za-z0-9.;-]+$")
        case .section: section(path)
        case .named: named(path)
        case .list(let item): [("type", .text("array")), ("items", .object(shape(item, path)))]
        case .oneOrList(let item):
            either([
                shape(item, path),
                [
                    ("type", .text("array")), ("minItems", .number(1)),
                    ("items", .object(shape(item, path))),
                ],
            ])
        case .either(let first, let second): either([shape(first, path), shape(second, path)])
        }
    }

    private static func named(_ path: String) -> [(String, JSON)] {
        let value = KeyTable.all.first { $0.path == "\(path).*" }.map(described) ?? []
        return [("type", .text("object")), ("additionalProperties", .object(value))]
    }

    private static func pattern(_ pattern: String) -> [(String, JSON)] {
        [("type", .text("string")), ("pattern", .text(pattern))]
    }

    private static func either(_ shapes: [[(String, JSON)]]) -> [(String, JSON)] {
        [("anyOf", .array(shapes.map { .object($0) }))]
    }
}
