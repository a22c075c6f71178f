/// A command as parser, help, manual and completions know it.
struct CommandDescription: Sendable {
    enum Standing: Sendable {
        case built
        /// Of a later release: nobody sees it, and asking for it is an unknown command.
        case planned
        /// Understood, but shown nowhere: it is for the shells.
        case hidden
    }

    /// The headings under which the overview lists the commands.
    enum Chapter: String, Sendable, CaseIterable {
        case everyDay = "Every day"
        case approval = "Approval"
        case keys = "Credentials and certificates"
        case upkeep = "Upkeep"
        case program = "The program"
    }

    struct Example: Sendable {
        let line: String
        let says: String

        init(_ line: String, _ says: String) {
            self.line = line
            self.says = says
        }
    }

    let name: CommandName
    let standing: Standing
    let chapter: Chapter
    /// A sentence without its full stop, for lists.
    let summary: String
    var arguments: [ArgumentDescription] = []
    var options: [OptionDescription] = []
    var rules: [Rule] = []
    let examples: [Example]
    /// Paragraphs that say what the summary can't.
    var details: [String] = []
    /// Those that it ends with besides 0, 64, 70 and 78, which every command may.
    var exits: [ExitCode] = []

    /// `lock USER`: the words and the arguments, as the synopsis shows them.
    var shape: String {
        ([name.rawValue] + arguments.map(\.shape)).joined(separator: " ")
    }

    func option(_ name: String) -> OptionDescription? {
        options.first { $0.name == name }
    }
}
