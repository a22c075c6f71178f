/// JSON with its keys in order, to write a schema that people read.
indirect enum JSON {
    case text(String)
    case number(Int)
    case truth(Bool)
    case null
    case array([JSON])
    case object([(String, JSON)])

    func rendered(_ indent: String = "") -> String {
        switch self {
        case .text(let text): Self.quoted(text)
        case .number(let number): "\(number)"
        case .truth(let truth): "\(truth)"
        case .null: "null"
        case .array(let items) where items.allSatisfy(\.isFlat):
            "[" + items.map { $0.rendered() }.joined(separator: ", ") + "]"
        case .array(let items):
            Self.block("[", items.map { $0.rendered(indent + "  ") }, "]", indent)
        case .object(let pairs):
            Self.block(
                "{",
                pairs.map { "\(Self.quoted($0)): \($1.rendered(indent + "  "))" }, "}", indent)
        }
    }

    private var isFlat: Bool {
        switch self {
        case .array, .object: false
        case .text, .number, .truth, .null: true
        }
    }

    private static func block(
        _ open: String, _ lines: [String], _ close: String, _ indent: String
    ) -> String {
        if lines.isEmpty { return open + close }
        let inner = lines.map { "\(indent)  \($0)" }.joined(separator: ",\n")
        return "\(open)\n\(inner)\n\(indent)\(close)"
    }

    private static func quoted(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(escaped)\""
    }
}
