/// What `man` prints: the whole command line as a manual page, in the macros of man(7).
struct ManualPage {
    private var text = ""

    static func text(catalogue: Catalogue = .built) -> String {
        var page = ManualPage()
        page.text += ".TH LOCKSTEP 1 \(Program.date) \"lockstep \(Program.version)\"\n"
        page.text += ".nh\n.ad l\n"  // an option is not to be broken at the line's end
        page.writeBeginning()
        for chapter in CommandDescription.Chapter.allCases {
            let commands = catalogue.shown.filter { $0.chapter == chapter }
            if commands.isEmpty { continue }
            page.macro("SH", [chapter.rawValue.uppercased()])
            for command in commands { page.write(command) }
        }
        page.writeEnd()
        return page.text
    }

    private mutating func writeBeginning() {
        macro("SH", ["NAME"])
        text += "lockstep \\- keep users in step with LDAP directories, and lock them everywhere\n"
        macro("SH", ["SYNOPSIS"])
        macro("B", ["lockstep"])
        line("[OPTION ...] COMMAND ...")
        macro("SH", ["DESCRIPTION"])
        line(Program.summary)
        macro("PP", [])
        line(
            "Results go to standard output, everything else to standard error. Options may stand "
                + "before or behind the arguments; -- ends them. An option's value follows it, or "
                + "an equals sign: --reason=CODE.")
        macro("SH", ["OPTIONS OF EVERY COMMAND"])
        for option in OptionDescription.global { write(option) }
    }

    private mutating func write(_ command: CommandDescription) {
        macro("SS", ["lockstep " + command.synopsis.joined(separator: " ")])
        line(command.summary + ".")
        for detail in command.details {
            macro("PP", [])
            line(detail)
        }
        for argument in command.arguments { item(argument.name, argument.summary) }
        for option in command.options { write(option) }
        for example in command.examples {
            macro("PP", [])
            line(example.says)
            macro("PP", [])
            macro("nf", [])
            macro("RS", ["4"])
            verbatim(example.line)
            macro("RE", [])
            macro("fi", [])
        }
        macro("PP", [])
        let codes = command.allExits.map { "\($0.rawValue)" }
        line("Exit codes: \(codes.joined(separator: ", ")).")
    }

    private mutating func writeEnd() {
        macro("SH", ["EXIT STATUS"])
        for code in ExitCode.allCases { item("\(code.rawValue)", code.meaning) }
        macro("SH", ["ENVIRONMENT"])
        for (name, meaning) in Program.environment { item(name, meaning) }
        macro("SH", ["FILES"])
        for (name, meaning) in Program.files { item(name, meaning) }
        macro("SH", ["SEE ALSO"])
        macro("BR", ["ldapsearch", "(1),"])
        macro("BR", ["ldapmodify", "(1)"])
    }

    // MARK: Macros

    private mutating func write(_ option: OptionDescription) {
        let short = option.short.map { "-\($0), " } ?? ""
        item(short + option.shape, option.explained)
    }

    private mutating func item(_ term: String, _ meaning: String) {
        macro("TP", [])
        macro("B", [term])
        line(meaning)
    }

    private mutating func macro(_ name: String, _ arguments: [String]) {
        text += "." + name
        for argument in arguments {
            text += " \"" + Self.escaped(argument) + "\""
        }
        text += "\n"
    }

    /// In short lines, as mandoc(1) asks; one that begins with a full stop would be a macro.
    private mutating func line(_ words: String) {
        for part in Wrapping.lines(of: words, width: 72) {
            let escaped = Self.escaped(part)
            text += (escaped.hasPrefix(".") ? "\\&" : "") + escaped + "\n"
        }
    }

    /// An example as it is typed.
    private mutating func verbatim(_ line: String) {
        text += Self.escaped(line) + "\n"
    }

    /// `-` is a hyphen in roff; what people copy must be a minus.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "\\": result += "\\e"
            case "-": result += "\\-"
            case "'": result += "\\(aq"
            case "~": result += "\\(ti"
            case "^": result += "\\(ha"
            case "`": result += "\\(ga"
            case "\"": result += "\\(dq"
            default: result.append(character)
            }
        }
        return result
    }
}
