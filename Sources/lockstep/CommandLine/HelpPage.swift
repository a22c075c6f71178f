/// What `--help` and `help` print: examples first, then how to write it.
struct HelpPage {
    private static let widest = 100
    private static let narrowest = 40

    private let width: Int
    private let catalogue: Catalogue
    private var text = ""

    /// For a terminal of this width; nil where there is none: 80 then.
    static func text(_ topic: HelpTopic, catalogue: Catalogue = .built, width: Int?) -> String {
        var page = HelpPage(catalogue, width: width ?? 80)
        switch topic {
        case .overview: page.writeOverview()
        case .group(let word, let commands): page.writeGroup(word, commands)
        case .command(let command): page.write(command)
        }
        return page.text
    }

    private init(_ catalogue: Catalogue, width: Int) {
        self.catalogue = catalogue
        self.width = max(Self.narrowest, min(width, Self.widest))
    }

    // MARK: Pages

    private mutating func writeOverview() {
        paragraph(Program.summary)
        heading("Examples")
        for example in Program.examples { write(example) }
        heading("Usage")
        synopsis(["lockstep", "[OPTION ...]", "COMMAND", "..."])
        for chapter in CommandDescription.Chapter.allCases {
            let commands = catalogue.shown.filter { $0.chapter == chapter }
            if commands.isEmpty { continue }
            heading(chapter.rawValue)
            list(commands.map { ($0.shape, $0.summary + ".") })
        }
        writeGlobalOptions()
        text += "\n"
        paragraph("'lockstep help COMMAND' says more, 'lockstep man' says all.")
    }

    private mutating func writeGroup(_ word: String, _ commands: [CommandDescription]) {
        heading("Usage")
        for command in commands { synopsis(["lockstep"] + command.synopsis) }
        heading("Commands")
        list(commands.map { ($0.shape, $0.summary + ".") })
        text += "\n"
        paragraph("See 'lockstep help \(word) COMMAND'.")
    }

    private mutating func write(_ command: CommandDescription) {
        paragraph(command.summary + ".")
        heading("Examples")
        for example in command.examples { write(example) }
        heading("Usage")
        synopsis(["lockstep"] + command.synopsis)
        for detail in command.details {
            text += "\n"
            paragraph(detail)
        }
        if !command.arguments.isEmpty {
            heading("Arguments")
            list(command.arguments.map { ($0.name, $0.summary) })
        }
        if !command.options.isEmpty {
            heading("Options")
            list(command.options.map { ($0.listed, $0.explained) })
        }
        let further = catalogue.group(command.name.rawValue)
        if !further.isEmpty {
            heading("See also")
            list(further.map { ($0.shape, $0.summary + ".") })
        }
        writeGlobalOptions()
        heading("Exit codes")
        list(command.allExits.map { ("\($0.rawValue)", $0.meaning) })
    }

    private mutating func writeGlobalOptions() {
        heading("Options of every command")
        list(OptionDescription.global.map { ($0.listed, $0.explained) })
    }

    // MARK: Layout

    private mutating func heading(_ title: String) {
        if !text.isEmpty { text += "\n" }
        text += "\(title):\n"
    }

    private mutating func paragraph(_ words: String) {
        for line in Wrapping.lines(of: words, width: width) { text += line + "\n" }
    }

    private mutating func write(_ example: CommandDescription.Example) {
        text += "  \(example.line)\n"
        for line in Wrapping.lines(of: example.says, width: width - 6) { text += "      \(line)\n" }
    }

    /// Its parts are never broken: `[--reason CODE]` stays on one line.
    private mutating func synopsis(_ parts: [String]) {
        let indent = "  "
        let further = "      "
        var line = indent + (parts.first ?? "")
        for part in parts.dropFirst() {
            if DisplayWidth.of(line) + 1 + DisplayWidth.of(part) > width {
                text += line + "\n"
                line = further + part
            } else {
                line += " " + part
            }
        }
        text += line + "\n"
    }

    /// Terms and what they mean, side by side where the terms are short enough.
    private mutating func list(_ items: [(term: String, meaning: String)]) {
        let longest = items.map { DisplayWidth.of($0.term) }.max() ?? 0
        let column = min(longest, width / 3 + 2) + 4
        for item in items {
            let lines = Wrapping.lines(of: item.meaning, width: width - column)
            var margin = DisplayWidth.padded("  " + item.term, to: column)
            if DisplayWidth.of(item.term) + 4 > column {
                text += "  \(item.term)\n"
                margin = String(repeating: " ", count: column)
            }
            for line in lines {
                text += margin + line + "\n"
                margin = String(repeating: " ", count: column)
            }
        }
    }
}

extension CommandDescription {
    /// What may stand behind the program's name: `lock`, `[USER]`, `[--reason CODE]`.
    var synopsis: [String] {
        name.words + arguments.map(\.shape)
            + options.map { $0.required ? $0.shape : "[\($0.shape)]" }
    }

    /// In ascending order.
    var allExits: [ExitCode] {
        let all = Set(exits + [.ok, .usage, .defect, .configuration])
        return ExitCode.allCases.filter(all.contains)
    }
}

extension OptionDescription {
    /// The summary, with the words that it takes.
    var explained: String {
        guard case .word(let words)? = value?.type, words.count > 1 else { return summary }
        return "\(summary) One of \(words.joined(separator: ", "))."
    }
}
