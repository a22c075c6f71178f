internal import Ground

/// Answers what needs neither configuration nor store, and hands on the rest.
struct FrontDoor {
    let catalogue: Catalogue
    /// Where results go.
    let output: Output

    /// The arguments come without the program's name.
    ///
    /// `execute` carries a command out, the hidden `__complete` too. A command line that is not understood
    /// is a `UsageError`.
    func enter(
        _ arguments: [String], now: Timestamp,
        execute: (ParsedCommand) throws -> ExitCode
    ) throws -> ExitCode {
        switch try Parser.parse(arguments, catalogue: catalogue, now: now) {
        case .version: output.line("lockstep \(Program.version)")
        case .help(let topic):
            let width = output.capabilities.width
            output.write(HelpPage.text(topic, catalogue: catalogue, width: width))
        case .manual(let page): output.write(page.text(catalogue: catalogue))
        case .completions(let shell): output.write(shell.completions(catalogue))
        case .command(let command): return try execute(command)
        }
        return .ok
    }
}
