/// How a piece of text looks on a terminal that has colours.
enum Style: Sendable {
    case plain
    case bold
    case dim
    case red
    case green
    case yellow

    /// The parameter of ECMA-48's SGR; nil for plain text.
    private var parameter: Int? {
        switch self {
        case .plain: nil
        case .bold: 1
        case .dim: 2
        case .red: 31
        case .green: 32
        case .yellow: 33
        }
    }

    /// The text between the codes that turn the style on and off again; without `colors` as it is.
    func applied(to text: String, colors: Bool) -> String {
        guard colors, let parameter, !text.isEmpty else { return text }
        return "\u{1B}[\(parameter)m\(text)\u{1B}[0m"
    }
}

/// A piece of a line, or a cell of a table: harmless text and how it looks.
struct Span: Sendable, ExpressibleByStringInterpolation {
    let text: Sanitized
    let style: Style

    init(_ text: Sanitized, _ style: Style = .plain) {
        self.text = text
        self.style = style
    }

    init(stringLiteral value: String) {
        self.init(Sanitized(value))
    }

    func rendered(colors: Bool) -> String {
        style.applied(to: text.text, colors: colors)
    }
}
