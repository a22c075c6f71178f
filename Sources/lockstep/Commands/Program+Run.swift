internal import Glibc
internal import Ground
internal import Store

extension Program {
    /// Runs one command line: the one place where errors become a sentence and an exit code.
    ///
    /// nil: nobody knows what it is.
    static func run(_ arguments: [String]?, _ environment: Environment) -> ExitCode {
        let noColor = arguments?.contains("--no-color") == true
        let screen = Screen()
        let output = standard(STDOUT_FILENO, environment, screen, noColor: noColor)
        let errors = standard(STDERR_FILENO, environment, screen, noColor: noColor)
        var log = Log(
            output: errors, format: .text, least: .info, journal: false, now: now)
        var given: ParsedCommand?
        let code: ExitCode
        do {
            guard let arguments else { throw UsageError(.noCommandLine) }
            code = try answer(arguments, on: output) { command in
                given = command
                log = Log(
                    output: errors, format: command.value(.logFormat) ?? .text,
                    least: command.least,
                    journal: Log.isJournal(
                        descriptor: STDERR_FILENO, environment: environment), now: now)
                return try carryOut(command, environment, output, errors, log)
            }
        } catch {
            let ending = Ending(error)
            if given?.flag(.json) == true, let json = ending.json {
                output.write(json.text + "\n")
            }
            EndingReport(log: log, errors: errors).write(ending)
            code = ending.exit
        }
        // `exit` waits for no owner's end.
        output.flush()
        errors.flush()
        return self.code(code, of: given, output, log)
    }

    /// Answers what needs neither configuration nor store, and has the rest carried out, the hidden
    /// `__complete` too.
    private static func answer(
        _ arguments: [String], on output: Output, execute: (ParsedCommand) throws -> ExitCode
    ) throws -> ExitCode {
        let catalogue = Catalogue.built
        switch try Parser.parse(arguments, catalogue: catalogue, now: now()) {
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

    /// The code of a command, when its output may have been lost.
    ///
    /// A document of which a part is missing is none. What was done stays done: there the work's own
    /// code counts, and the loss is told.
    private static func code(
        _ code: ExitCode, of command: ParsedCommand?, _ output: Output, _ log: Log
    ) -> ExitCode {
        guard let loss = output.loss else { return code }
        let message: Sanitized = "the output can't be written, and is not whole: \(loss)"
        guard command?.onlyReads ?? true else {
            log.warning(message)
            return code
        }
        log.error(message)
        return code.isFailure ? code : .store
    }

    private static func carryOut(
        _ command: ParsedCommand, _ environment: Environment, _ output: Output, _ errors: Output,
        _ log: Log
    ) throws -> ExitCode {
        guard command.name.isWatched else {
            return try Command.run(
                World(
                    command: command, environment: environment, output: output, errors: errors,
                    log: log, now: now, isInterrupted: { false }))
        }
        let watch = SignalWatch(reloads: command.name == .follow)
        // A signal that was obeyed must not end the program when it is let through again.
        defer { watch.clear() }
        return try Command.run(
            World(
                command: command, environment: environment, output: output, errors: errors,
                log: log, now: now, isInterrupted: { watch.interrupted }, signals: watch))
    }

    private static func standard(
        _ descriptor: Int32, _ environment: Environment, _ screen: Screen, noColor: Bool
    ) -> Output {
        Output(
            descriptor: descriptor,
            capabilities: Capabilities(
                descriptor: descriptor, environment: environment, noColor: noColor),
            screen: screen)
    }

    private static func now() -> Timestamp { Timestamp(seconds: Int64(time(nil))) }
}

extension ParsedCommand {
    /// What is said: nothing short of an error to a shell that asks for words.
    fileprivate var least: LogLevel {
        name == .complete
            ? .error : Log.least(quiet: flag(.quiet), verbose: flag(.verbose))
    }
}

extension ParsedCommand {
    /// Whether its output is all that it is for.
    fileprivate var onlyReads: Bool {
        flag(.dryRun) || !(name.isWatched || name == .storeBackup)
    }
}

extension ExitCode {
    /// Whether a command ended before it came to what it is for.
    fileprivate var isFailure: Bool {
        switch self {
        case .ok, .wouldChange, .waitsForApproval, .stopped, .cancelled: false
        case .usage, .refused, .noUser, .unavailable, .defect, .store, .unfinished, .permission,
            .configuration:
            true
        }
    }
}

extension CommandName {
    /// Whether a signal waits for the step in flight, because the command writes.
    var isWatched: Bool {
        switch self {
        case .sync, .follow, .lock, .deactivate, .reactivate, .unlock, .restoreRoles, .retry,
            .approve,
            .reject, .withdraw,
            .credentialAdd, .credentialImport, .credentialLock, .certificateImport,
            .certificateEscalate, .initialize, .storeAdopt, .receiverTest:
            true
        case .check, .requests, .find, .show, .test, .credentials, .certificates, .authorities,
            .reasons,
            .reasonsShow, .receivers,
            .status, .report, .storeBackup, .storeCheck, .storeExport, .audit, .auditVerify,
            .completions, .man, .help, .complete:
            false
        }
    }
}
