extension Unicode.Scalar {
    /// What a person sees in the place of a character that a terminal would obey or not draw: Unicode's picture
    /// of a control character (`␛` for ESC, `␊` for a line feed), and of any other one its number (`<U+202E>`).
    package var picture: String {
        switch value {
        case 0x00...0x1F: return Unicode.Scalar(0x2400 + value).map(String.init) ?? numbered
        case 0x7F: return "\u{2421}"
        default: return numbered
        }
    }

    private var numbered: String {
        let digits = String(value, radix: 16, uppercase: true)
        return "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">"
    }
}
