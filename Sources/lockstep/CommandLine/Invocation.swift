/// What a command line asks for.
enum Invocation: Sendable {
    case command(ParsedCommand)
    case help(HelpTopic)
    case manual
    case completions(Shell)
    case version
}
