/// An option, of a command or of all of them.
struct OptionDescription: Sendable {
    /// Without the dashes.
    let name: String
    let short: Character?
    /// What its value is called, and what it may be; nil for a flag.
    let value: Value?
    let required: Bool
    let summary: String

    struct Value: Sendable {
        /// As help shows it: `CODE`.
        let name: String
        let type: ValueType
    }

    /// A flag.
    init(_ key: OptionKey<Bool>, short: Character? = nil, _ summary: String) {
        name = key.name
        self.short = short
        value = nil
        required = false
        self.summary = summary
    }

    /// An option with a value.
    init<Given>(
        _ key: OptionKey<Given>, short: Character? = nil, _ valueName: String, _ type: ValueType,
        required: Bool = false, _ summary: String
    ) {
        name = key.name
        self.short = short
        value = Value(name: valueName, type: type)
        self.required = required
        self.summary = summary
    }

    /// As in `--reason CODE`.
    var shape: String {
        value.map { "--\(name) \($0.name)" } ?? "--\(name)"
    }

    /// As in `-n, --dry-run`.
    var listed: String {
        short.map { "-\($0), \(shape)" } ?? "    \(shape)"
    }
}

extension OptionDescription {
    /// Those that may stand before or after every command.
    static let global: [OptionDescription] = [
        OptionDescription(
            .config, short: "c", "FILE", .file, "Read this configuration, and no other."),
        OptionDescription(.json, "Print one JSON document."),
        OptionDescription(
            .quiet, short: "q",
            "Say nothing on stderr but warnings and errors, and what a sync has told before only once a day."
        ),
        OptionDescription(.verbose, short: "v", "Say more on stderr."),
        OptionDescription(.noColor, "Print without colours, as NO_COLOR does."),
        OptionDescription(
            .logFormat, "FORMAT", .word(of: LogFormat.self),
            "How stderr is written, a message a line."),
        OptionDescription(.version, "Print the version."),
        OptionDescription(.help, short: "h", "Print this help."),
    ]
}
