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
