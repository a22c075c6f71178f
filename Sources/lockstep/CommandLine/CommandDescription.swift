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
}

/// What must hold between the options and arguments of a command.
enum Rule: Sendable {
    /// An option or an argument.
    enum Operand: Hashable, Sendable {
        case option(String)
        case argument(String)

        static func option<Value>(_ key: OptionKey<Value>) -> Operand { .option(key.name) }

        static func argument<Value>(_ key: ArgumentKey<Value>) -> Operand { .argument(key.name) }

        /// As a person writes it.
        var shown: String {
            switch self {
            case .option(let name): "--\(name)"
            case .argument(let name): name
            }
        }
    }

    /// The first counts as given wherever the second is: `--check` is a dry run.
    case implied(OptionKey<Bool>, by: OptionKey<Bool>)
    /// The first goes only together with the second.
    case needs(Operand, Operand)
    case conflict(Operand, Operand)
    /// With this value of an option, the operand must be there too.
    case valueNeeds(Operand, value: String, Operand)
    /// The operand goes only with one of these values of an option.
    case onlyWith(Operand, Operand, values: [String])
}
