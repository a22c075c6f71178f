internal import Ground
internal import Store

/// A command line that was understood: every value is of the type that its key says.
struct ParsedCommand: Sendable {
    let name: CommandName
    private let options: [String: ParsedValue]
    private let arguments: [String: ParsedValue]

    init(name: CommandName, options: [String: ParsedValue], arguments: [String: ParsedValue]) {
        self.name = name
        self.options = options
        self.arguments = arguments
    }

    /// Whether it was given, or is implied by one that was.
    func flag(_ key: OptionKey<Bool>) -> Bool {
        options[key.name] == .flag
    }

    /// nil when it was not given.
    func value<Value>(_ key: OptionKey<Value>) -> Value? {
        options[key.name].flatMap { Value.taken(from: $0) }
    }

    /// nil when it was not given.
    func argument<Value>(_ key: ArgumentKey<Value>) -> Value? {
        arguments[key.name].flatMap { Value.taken(from: $0) }
    }

    /// A value that the command can't do without; the parser has seen to it where the description says so.
    func required<Value>(_ key: OptionKey<Value>) throws(UsageError) -> Value {
        guard let value = value(key) else {
            throw UsageError(.missing("--\(key.name)"), command: name.rawValue)
        }
        return value
    }

    /// An argument that the command can't do without.
    func required<Value>(_ key: ArgumentKey<Value>) throws(UsageError) -> Value {
        guard let value = argument(key) else {
            throw UsageError(.missing(key.name), command: name.rawValue)
        }
        return value
    }
}

/// What a command line asks for.
enum Invocation: Sendable {
    case command(ParsedCommand)
    case help(HelpTopic)
    case manual(ManualName)
    case completions(Shell)
    case version
}

/// A value from the command line, checked.
enum ParsedValue: Hashable, Sendable {
    case flag
    case text(String)
    case number(Int64)
    case time(Timestamp)
    case head(AuditHead)
}

/// What help is asked about.
enum HelpTopic: Sendable {
    case overview
    /// Commands that share their first word.
    case group(String, [CommandDescription])
    case command(CommandDescription)
}
