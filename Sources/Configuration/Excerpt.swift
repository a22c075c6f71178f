internal import Ground

/// Text of the file as an error may show it: short, and nothing that a terminal would obey.
enum Excerpt {
    static func of(_ text: String, longest: Int = 60) -> String {
        var shown = ""
        for (index, scalar) in text.unicodeScalars.enumerated() {
            if index == longest { return shown + "…" }
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
                .unassigned:
                shown += scalar.picture
            default: shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }
}
