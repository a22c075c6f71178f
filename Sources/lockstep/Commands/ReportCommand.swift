internal import Glibc
internal import Ground
internal import Identity
internal import Store

/// `lockstep report PROCESS`: the evidence of a process, from the journal and the audit log.
struct ReportCommand {
    let world: World

    func run() throws -> ExitCode {
        let id = try world.command.required(.process)
        let settings = try world.settings()
        let store = try world.store(settings, for: .read)
        let document = try store.snapshot { try evidence(of: id, store: store) }
        let page = world.command.value(.html)
        if let page {
            let html = EvidencePage(document: document, printed: world.now()).html
            if page == "-" {
                guard !world.wantsJSON else {
                    throw UsageError("--html - and --json both want stdout", in: .report)
                }
                world.output.write(html)
                return .ok
            }
            try OutputFile(path: page, mark: .page, caller: world.caller(settings)).write(html)
        }
        if world.wantsJSON {
            world.print(json(document))
        } else if let page {
            world.output.line("wrote \(page)")
        } else {
            EvidenceText(output: world.output).write(document)
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
