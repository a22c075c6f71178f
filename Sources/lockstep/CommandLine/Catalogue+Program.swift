extension CommandDescription {
    static let program = [completions, man, help, complete]

    private static let completions = CommandDescription(
        name: .completions, standing: .built, chapter: .program,
        summary: "Print the completions for a shell",
        arguments: [ArgumentDescription(.shell, .word(of: Shell.self), "bash, zsh or fish.")],
        examples: [
            Example("source <(lockstep completions bash)", "In ~/.bashrc."),
            Example(
                "lockstep completions zsh > /usr/local/share/zsh/site-functions/_lockstep",
                "For everybody who uses zsh."),
            Example(
                "lockstep completions fish > ~/.config/fish/completions/lockstep.fish", "For fish."),
        ])

    private static let man = CommandDescription(
        name: .man, standing: .built, chapter: .program,
        summary: "Print a manual page",
        arguments: [
            ArgumentDescription(
                .page, .word(of: ManualName.self), required: false,
                "lockstep, the command line, unless it is said; or lockstep.yaml, the configuration."
            )
        ],
        examples: [
            Example("lockstep man lockstep.yaml | man -l -", "Reads what a key means."),
            Example("lockstep man > /usr/local/share/man/man1/lockstep.1", "Installs the manual."),
        ])

    private static let help = CommandDescription(
        name: .help, standing: .built, chapter: .program,
        summary: "Explain a command",
        arguments: [
            ArgumentDescription(
                .command, .command, required: false, repeats: true,
                "Its words, as in 'audit verify'.")
        ],
        examples: [Example("lockstep help lock", "Explains lock.")])

    private static let complete = CommandDescription(
        name: .complete, standing: .hidden, chapter: .program,
        summary: "List the words of a kind that begin with a prefix",
        arguments: [
            ArgumentDescription(.kind, .word(of: CompletionKind.self), "What words."),
            ArgumentDescription(.prefix, .anything, required: false, "Their beginning."),
        ],
        examples: [])
}

/// The commands that there are.
struct Catalogue: Sendable {
    /// What this release understands.
    static let built = Catalogue(CommandDescription.all.filter { $0.standing != .planned })

    let understood: [CommandDescription]

    init(_ commands: [CommandDescription]) {
        understood = commands
    }

    /// In the order in which they are shown.
    var shown: [CommandDescription] { understood.filter { $0.standing == .built } }

    func command(_ words: [String]) -> CommandDescription? {
        understood.first { $0.name.words == words }
    }

    /// Commands of two words that begin with this one: `credential`.
    func group(_ word: String) -> [CommandDescription] {
        shown.filter { $0.name.words.count == 2 && $0.name.words[0] == word }
    }
}

extension CommandDescription {
    /// Every command of the design, in the order of its table.
    static let all: [CommandDescription] =
        [initialize, check, sync, follow] + useCases + [retry] + requests + [find, show, test]
        + keys
        + [reasons, reasonsShow] + receivers + [status, report] + store + [audit, auditVerify]
        + program
}
