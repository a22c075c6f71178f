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
