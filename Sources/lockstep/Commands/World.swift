internal import Configuration
internal import Engine
internal import Glibc
internal import Ground
internal import Identity
internal import LDAP
internal import Store

/// What a command sees of the world: the command line, the clock, the environment, the terminal.
///
/// Everything below takes these by parameter.
final class World {
    let command: ParsedCommand
    let environment: Environment
    let output: Output
    let errors: Output
    let log: Log
    let now: () -> Timestamp
    let isInterrupted: () -> Bool
    /// nil: they act as usual.
    let signals: SignalWatch?
    let passwords: BindPasswords
    /// Whether somebody is there to answer: both ends of the conversation are a terminal.
    let isInteractive: Bool
    /// The configuration that nobody named, and that lies in the working directory.
    private var implicitConfiguration: String?
    /// Whether Next was said: from then on nothing is cancelled.
    private var hasConsent = false
    /// Says what is waited for; nil where nobody looks.
    private let waiting: WaitingLine?
    /// Read once a command.
    private var knownAuthorities: Authorities?

    init(
        command: ParsedCommand, environment: Environment, output: Output, errors: Output,
        log: Log, now: @escaping () -> Timestamp, isInterrupted: @escaping () -> Bool,
        signals: SignalWatch? = nil
    ) {
        self.command = command
        self.environment = environment
        self.output = output
        self.errors = errors
        self.log = log
        self.now = now
        self.isInterrupted = isInterrupted
        self.signals = signals
        isInteractive = isatty(STDIN_FILENO) == 1 && errors.capabilities.isTerminal
        passwords = BindPasswords(askingOn: isInteractive ? errors : nil)
        waiting = WaitingLine(errors, isQuiet: command.flag(.quiet) || log.format == .json)
        waiting?.set(remark: command.whatInterruptingDoes)
    }

    /// Next was said, at the terminal or by `--yes`.
    func noteConsent() {
        hasConsent = true
        waiting?.set(remark: "Ctrl-C leaves what is not done to the next sync")
    }

    /// Who is told of each request to a directory, and of each wait.
    var watch: RequestWatch {
        let (log, waiting) = (log, waiting)
        return RequestWatch(
            tell: !command.flag(.verbose)
                ? nil
                : { place, request in
                    switch request {
                    case .search(let line):
                        log.verbatim(line, Sanitized(place), field: "ldapsearch")
                    case .change(let ldif): log.verbatim(ldif, Sanitized(place), field: "ldif")
                    }
                },
            begin: waiting.map { line in { line.begin($0) } },
            end: waiting.map { line in { line.end() } },
            isStopped: command.asksForNext
                ? { [self] in !hasConsent && isInterrupted() } : nil)
    }

    /// Does what may take longer than people like to look at nothing.
    func waiting<Result>(for what: @autoclosure () -> String, _ work: () throws -> Result) rethrows
        -> Result
    {
        waiting?.begin(what())
        defer { waiting?.end() }
        return try work()
    }

    var wantsJSON: Bool { command.flag(.json) }

    /// Whether what is said becomes a mail, which is sent for news alone.
    var isUnattended: Bool { command.name == .sync && command.flag(.quiet) }

    /// Prints the one document of `--json`.
    func print(_ json: JSONValue) {
        output.write(json.text + "\n")
    }

    /// The store, for a command that reads or one that writes.
    func store(_ settings: Settings, for access: Store.Access) throws -> Store {
        // It may have to be brought up to this version, and others may be writing.
        let store = try waiting(for: "the store \(settings.store.path)") {
            try Store.open(settings.store.path, for: access, by: holder(settings))
        }
        observe(store)
        try tellImplicitConfiguration(settings, store)
        if access != .read { try StoreBelonging(settings, store).require() }
        if let rollback = store.rollback { log.warning("\(rollback.description)") }
        // An unattended sync tells it as it tells what needs a person.
        if store.isWritableByOthers, !isUnattended {
            log.warning("\(store.path) can be written by others: they can get round everything")
        }
        return store
    }

    /// Remembered until the store says whether it is the right one.
    func noteImplicitConfiguration(_ path: String) {
        implicitConfiguration = path
        log.debug("the configuration is the one in this folder: \(path)")
    }

    /// A file that lies about may be anybody's: said where a store begins under it, or belongs to another one.
    private func tellImplicitConfiguration(_ settings: Settings, _ store: Store) throws {
        guard let path = implicitConfiguration, !isUnattended else { return }
        implicitConfiguration = nil
        if store.isNew {
            log.notice("using the configuration in this folder: \(path)")
        } else if let other = try StoreBelonging(settings, store).other() {
            log.warning(
                "using the configuration in this folder, \(path), and the store belongs to \(other)"
            )
        }
    }

    /// Tells the system log how far the audit chain has come, after each commit that moved it on.
    ///
    /// A debug build is told here where to die; a release build has no such switch.
    func observe(_ store: Store) {
        #if DEBUG
        store.arm(environment["LOCKSTEP_FAIL_AT"].flatMap { ArmedFailPoint($0) })
        #endif
        let (path, log) = (store.path, log)
        store.onAdvance = { head in
            let line = "audit head \(head) of \(path)"
            SystemLog.notice(line)
            log.debug(Sanitized(line))
        }
    }

    /// The right to work on the store while no sync does; 75 where another one has it.
    func runLock(_ settings: Settings, store: Store) throws -> RunLock {
        do throws(StoreError) {
            return try RunLock(store: store.path, by: holder(settings))
        } catch {
            guard error.kind == .locked else { throw error }
            throw Ending(.unfinished, error.message, hint: "Try again when it has ended.")
        }
    }

    /// Who holds a lock on the store, for those who find it taken.
    func holder(_ settings: Settings) -> RunLock.Holder {
        RunLock.Holder(pid: getpid(), login: operatorIdentity(settings).login, since: now())
    }

    func operatorIdentity(_ settings: Settings) -> Operator {
        OperatorIdentity.read(environment: environment, storeOwner: owner(of: settings.store.path))
    }

    func owner(of path: String) -> UInt32? {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? status.st_uid : nil
    }

    /// Whose the store is, or would be.
    func storeOwner(_ settings: Settings) -> UInt32 {
        owner(of: settings.store.path) ?? geteuid()
    }

    /// Refused where a program may not be run that the command would call; nil: whatever they hear of.
    func requireReceivers(_ settings: Settings, of useCase: UseCase? = nil) throws {
        try ReceiverCheck.require(
            settings.receivers.filter { receiver in
                useCase.map(receiver.useCases.contains) ?? true
            }, owner: storeOwner(settings))
    }

    func sessions(_ settings: Settings) -> DirectorySessions {
        DirectorySessions(clock: now, watch: watch) { [passwords] source in
            try passwords.octets(of: source)
        }
    }

    /// The CAs of the configuration; 78 where one of their files is of no use.
    func authorities(_ settings: Settings) throws -> Authorities {
        if let known = knownAuthorities { return known }
        let authorities = try Authorities(
            settings.authorities, owner: owner(of: settings.store.path) ?? geteuid(), now: now())
        knownAuthorities = authorities
        return authorities
    }

    /// Reads the CAs anew; where that throws, those that were read before stay.
    func readAuthoritiesAgain(_ settings: Settings) throws {
        let before = knownAuthorities
        knownAuthorities = nil
        do {
            _ = try authorities(settings)
        } catch {
            knownAuthorities = before
            throw error
        }
    }

    /// For what the engine does; `by`: whoever is at it, where that is not the operator.
    ///
    /// `isInterrupted`: what its loops ask, where that is more than whether a signal has come.
    func context(
        _ settings: Settings, _ store: Store, by: Operator? = nil,
        isInterrupted: (() -> Bool)? = nil
    ) throws -> EngineContext {
        EngineContext(
            settings: settings, store: store, sessions: sessions(settings),
            authorities: try authorities(settings), by: by ?? operatorIdentity(settings),
            clock: now, isInterrupted: isInterrupted ?? self.isInterrupted)
    }

    var prompt: Prompt {
        Prompt(
            input: LineInput(descriptor: 0, interrupted: isInterrupted), output: errors)
    }
}

extension ParsedCommand {
    /// Whether a person is shown a plan, and nothing is done before they have said Next.
    fileprivate var asksForNext: Bool {
        let asking: Set<CommandName> = [
            .lock, .deactivate, .reactivate, .unlock, .restoreRoles, .approve,
        ]
        return asking.contains(name) && !flag(.yes) && !flag(.dryRun)
    }

    fileprivate var whatInterruptingDoes: String {
        if asksForNext { return "Ctrl-C cancels" }
        return name.isWatched ? "Ctrl-C ends it after this answer" : "Ctrl-C ends it"
    }
}
