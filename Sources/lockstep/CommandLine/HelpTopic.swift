/// What help is asked about.
enum HelpTopic: Sendable {
    case overview
    /// Commands that share their first word.
    case group(String, [CommandDescription])
    case command(CommandDescription)
}
