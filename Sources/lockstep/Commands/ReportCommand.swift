internal import Engine
internal import Glibc
internal import Ground
internal import Identity
internal import Store

/// `lockstep report`: the evidence of a process, or of the locks of a period, from the journal and the
/// audit log.
struct ReportCommand {
    let world: World

    func run() throws -> ExitCode {
        let settings = try world.settings()
        let store = try world.store(settings, for: .read)
        if let since = world.command.value(.since) {
            return try report(since: since, store, world.caller(settings))
        }
        guard let id = world.command.argument(ArgumentKey<ProcessID>.process) else {
            throw UsageError(.neither("PROCESS", "--since"), command: world.command.name.rawValue)
        }
        let document = try store.snapshot { try evidence(of: id, store: store) }
        let output = PageOutput(world: world, caller: world.caller(settings))
        let isShown = try output.write {
            $0(EvidencePage(document: document, printed: world.now()).html)
        }
        if world.wantsJSON {
            world.print(json(document))
        } else if isShown {
            EvidenceText(output: world.output).write(document)
        }
        return .ok
    }

    private func report(
        since: Timestamp, _ store: Store, _ caller: Caller
    ) throws -> ExitCode {
        let until = world.command.value(.until) ?? world.now()
        guard since <= until else {
            throw UsageError("--since is later than --until", in: .report)
        }
        // The figures are of one instant, and so is what is told of each lock. A snapshot of all would stay
        // open for as long as a reader rests, and the store's log would grow all the while.
        let report = try PeriodReport(
            since: since, until: until, locks: store.locks(since: since, until: until),
            now: world.now()
        ) { id in try store.snapshot { try evidence(of: id, store: store) } }
        let isShown = try PageOutput(world: world, caller: caller).write {
            try report.writePage(printed: world.now(), to: $0)
        }
        if world.wantsJSON {
            // A row that can't be read is found before the document begins.
            try world.waiting(for: "the evidence of \(report.figures.locks.count) locks") {
                try report.readAll()
            }
            try report.writeJSON(to: world.output, json)
        } else if isShown {
            try report.write(to: world.output)
        }
        return .ok
    }

    private func evidence(of id: ProcessID, store: Store) throws -> EvidenceDocument {
        guard let evidence = try store.evidence(of: id),
            let user = try store.user(evidence.process.user)
        else {
            throw Ending(
                .refused, "there is no process \(id)",
                hint: "lockstep show USER names the processes of a user.")
        }
        var events: [AuditRecord] = []
        try store.readEvents(of: evidence.process) { events.append($0) }
        let page = world.command.value(.html)
        // A page is read elsewhere, and later.
        let time: (Timestamp) -> String =
            page == nil ? { LocalTime.exact($0) } : { $0.rfc3339 }
        return EvidenceDocument(evidence: evidence, user: user, events: events, time: time)
    }

    private func json(_ document: EvidenceDocument) -> JSONValue {
        var members = document.evidence.json(user: document.user).object ?? [:]
        members["directory"] = document.user.directory.json
        members["events"] = .array(document.events.map(\.json))
        return .object(members)
    }
}

/// Where `--html` has a page written, with the caller's rights.
struct PageOutput {
    let world: World
    let caller: Caller
    /// Whether a page that takes the place of an earlier one may be read by whoever could read that.
    var keepsMode = false

    /// Whether what the page says is still to be shown: it was not asked for.
    ///
    /// `page` writes it piece by piece.
    func write(_ page: ((String) -> Void) throws -> Void) throws -> Bool {
        guard let path = world.command.value(.html) else { return true }
        if path == "-" {
            guard !world.wantsJSON else {
                throw UsageError("--html - and --json both want stdout", in: world.command.name)
            }
            try page(world.output.write)
            return false
        }
        var file = OutputFile(path: path, mark: .page, caller: caller)
        file.keepsMode = keepsMode
        try world.waiting(for: "the page \(path)") { try file.write(page) }
        if !world.wantsJSON, !world.command.flag(.quiet) { world.output.line("wrote \(path)") }
        return false
    }
}
