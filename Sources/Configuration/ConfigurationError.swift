internal import Ground

/// One thing that is wrong in `lockstep.yaml`, and what would be right.
///
/// Never holds the value of a key below `bind` or `canary`, nor a control character.
package struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    package let file: String
    /// 1-based; 0 where the file as a whole is meant.
    package let line: Int
    /// 1-based, in characters; 0 where the file as a whole is meant.
    package let column: Int
    /// `directories.hq.bind.dn`; empty where no key is meant.
    package let keyPath: String
    /// What is wrong; what would be right.
    package let message: String
    /// The word that was probably meant.
    package let suggestion: String?

    /// As `file:line:column: key.path: what is wrong; what would be right. Did you mean "word"?`.
    package var description: String {
        let place = line > 0 ? "\(file):\(line):\(column): " : "\(file): "
        let key = keyPath.isEmpty ? "" : "\(keyPath): "
        let hint = suggestion.map { ". Did you mean \"\($0)\"?" } ?? ""
        return place + key + message + hint
    }
}

/// Everything that is wrong in `lockstep.yaml`, by line; never empty.
package struct ConfigurationErrors: Error, Hashable, Sendable, CustomStringConvertible {
    /// As many as a person would read.
    package static let most = 100

    package let errors: [ConfigurationError]
    /// How many more there were.
    package let omitted: Int

    package init(_ errors: [ConfigurationError]) {
        let sorted = errors.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
        self.errors = Array(sorted.prefix(Self.most))
        omitted = sorted.count - self.errors.count
    }

    /// A line each, without a newline at the end.
    package var description: String {
        var lines = errors.map(\.description)
        if omitted > 0 { lines.append("… and \(omitted) more") }
        return lines.joined(separator: "\n")
    }
}

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
