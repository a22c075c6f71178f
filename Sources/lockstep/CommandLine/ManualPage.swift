/// The pages that `man` prints.
enum ManualName: String, Sendable, CaseIterable {
    case lockstep
    case configuration = "lockstep.yaml"

    func text(catalogue: Catalogue) -> String {
        switch self {
        case .lockstep: ManualPage.text(catalogue: catalogue)
        case .configuration: ConfigurationPage.text
        }
    }
}

/// lockstep(1): the whole command line.
struct ManualPage {
    private var roff = Roff("LOCKSTEP", section: 1)

    static func text(catalogue: Catalogue = .built) -> String {
        var page = ManualPage()
        page.writeBeginning()
        for chapter in CommandDescription.Chapter.allCases {
            let commands = catalogue.shown.filter { $0.chapter == chapter }
            if commands.isEmpty { continue }
            page.roff.macro("SH", chapter.rawValue.uppercased())
            for command in commands { page.write(command) }
        }
        page.writeEnd()
        return page.roff.text
    }

    private mutating func writeBeginning() {
        roff.name("lockstep", "keep users in step with LDAP directories, and lock them everywhere")
        roff.macro("SH", "SYNOPSIS")
        roff.macro("B", "lockstep")
        roff.line("[OPTION ...] COMMAND ...")
        roff.macro("SH", "DESCRIPTION")
        roff.line(Program.summary)
        roff.paragraph(
            "Results go to standard output, everything else to standard error. Options may stand "
                + "before or behind the arguments; -- ends them. An option's value follows it, or "
                + "an equals sign: --reason=CODE.")
        roff.macro("SH", "OPTIONS OF EVERY COMMAND")
        for option in OptionDescription.global { write(option) }
    }

    private mutating func write(_ command: CommandDescription) {
        roff.macro("SS", "lockstep " + command.synopsis.joined(separator: " "))
        roff.line(command.summary + ".")
        for detail in command.details {
            roff.paragraph(detail)
        }
        for argument in command.arguments { roff.item(argument.name, argument.summary) }
        for option in command.options { write(option) }
        for example in command.examples {
            roff.paragraph(example.says)
            roff.verbatim(example.line)
        }
        let codes = command.allExits.map { "\($0.rawValue)" }
        roff.paragraph("Exit codes: \(codes.joined(separator: ", ")).")
    }

    private mutating func writeEnd() {
        roff.macro("SH", "EXIT STATUS")
        for code in ExitCode.allCases { roff.item("\(code.rawValue)", code.meaning) }
        roff.macro("SH", "ENVIRONMENT")
        for (name, meaning) in Program.environment { roff.item(name, meaning) }
        roff.macro("SH", "FILES")
        for (name, meaning) in Program.files { roff.item(name, meaning) }
        roff.macro("SH", "SEE ALSO")
        roff.macro("BR", "lockstep.yaml", "(5),")
        roff.macro("BR", "ldapsearch", "(1),")
        roff.macro("BR", "ldapmodify", "(1)")
    }

    private mutating func write(_ option: OptionDescription) {
        let short = option.short.map { "-\($0), " } ?? ""
        roff.item(short + option.shape, option.explained)
    }
}
