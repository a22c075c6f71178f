internal import Engine
internal import Ground
internal import Identity
internal import LDAP
internal import Store

/// A user for people: who, state, roles, credentials with their certificates, pending, history.
struct UserReport {
    let output: Output
    let now: Timestamp

    func write(_ facts: UserDocument) {
        writeState(facts)
        writeHistory(facts.history)
    }

    /// The user without the history.
    func writeState(_ facts: UserDocument) {
        writeHead(facts)
        writeRoles(facts.roles)
        writeCredentials(facts)
        writePending(facts.pending, facts.owed)
    }

    private func writeHead(_ facts: UserDocument) {
        let record = facts.user.record
        output.line(
            Span(Sanitized(record.displayName ?? record.username), .bold),
            Span("  \(record.username)  "), facts.user.stateSpan)
        output.hanging([Span("  ")], "\(record.dn)")
        var lines: [(String, String?)] = [
            ("directory", "\(facts.user.directory), entry \(record.entryID)"),
            ("mail", record.mail), ("employee number", record.employeeNumber),
        ]
        if !record.otherNames.isEmpty {
            lines.append(
                ("other names", record.otherNames.map(\.text).joined(separator: ", ")))
        }
        if !record.leftOut.isEmpty {
            lines.append(("left out", record.leftOut.joined(separator: "; ")))
        }
        lines += record.attributes.map { ($0.name, $0.values.joined(separator: ", ")) }
        lines += record.hindrances(at: now).map { ("account", $0) }
        if let missing = facts.user.missingSince {
            lines.append(("missing since", LocalTime.text(missing)))
        }
        if let lock = facts.lock {
            lines.append(
                (
                    "locked",
                    "\(LocalTime.text(lock.at)) by \(lock.by): \(lock.reason) (\(lock.text)), process \(lock.process)"
                ))
        }
        for case (let name, let value?) in lines {
            output.fact(Sanitized(name), Sanitized(value), nameWidth: 16)
        }
    }

    private func section(_ title: String, _ rows: [[Span]], _ columns: [Table.Column]) {
        output.line("")
        output.line(Span(Sanitized(title), .bold))
        guard !rows.isEmpty else {
            output.line(Span("  none", .dim))
            return
        }
        var table = Table(columns)
        for row in rows { table.append([Span("")] + row) }
        table.write(to: output)
    }

    private func writeRoles(_ roles: [Role]) {
        section(
            "Roles",
            roles.map {
                [
                    Span(Sanitized($0.name)), Span(Sanitized($0.groupDN.text)),
                    Span(Sanitized($0.direct ? "" : "nested")),
                ]
            },
            [.init(""), .init("role"), .init("group", flexible: true), .init("")])
    }

    private func writeCredentials(_ facts: UserDocument) {
        section(
            "Credentials",
            facts.credentials.map {
                [
                    Span(Sanitized($0.kind.label)), Span(Sanitized($0.serial)), $0.state.span,
                    Span(Sanitized(facts.serials(on: $0).joined(separator: ", "))),
                ]
            },
            [
                .init(""), .init("kind"), .init("serial"), .init("state"),
                .init("certificates", flexible: true, least: 16),
            ])
        var certificates = CertificateList(columns: [.init("")])
        for certificate in facts.certificates {
            certificates.append(certificate, at: now, before: [""])
        }
        output.line("")
        output.line(Span("Certificates", .bold))
        if certificates.isEmpty {
            output.line(Span("  none", .dim))
        } else {
            certificates.write(to: output)
        }
    }

    private func writePending(_ pending: [Step], _ owed: [OwedStep]) {
        guard !pending.isEmpty || !owed.isEmpty else { return }
        let rows =
            pending.map {
                [Span("\($0.process)"), Span(Sanitized($0.kind.label)), Span(Sanitized($0.target))]
            }
            + owed.map {
                [Span("none", .dim), Span(Sanitized($0.kind.label)), Span(Sanitized($0.serial))]
            }
        section(
            "Pending", rows,
            [.init(""), .init("process"), .init("step"), .init("target", flexible: true)])
        writeErrors(
            of: pending.map { ($0.target, $0.error?.message) }
                + owed.map { ($0.serial, $0.telling.error?.message) })
    }

    /// A server that is down says the same of every step.
    private func writeErrors(of pending: [(target: String, message: String?)]) {
        var said: Set<String> = []
        for message in pending.compactMap(\.message) where said.insert(message).inserted {
            let steps = pending.filter { $0.message == message }
            let whose =
                steps.count == pending.count
                ? "" : steps.map(\.target).joined(separator: ", ") + ": "
            output.hanging([Span("  ")], Sanitized(whose + message), .yellow)
        }
    }

    private func writeHistory(_ history: [AuditEvent]) {
        section(
            "History",
            history.map { event in
                [
                    Span(Sanitized(LocalTime.text(event.at))), Span(Sanitized(event.by)),
                    Span(Sanitized(event.event)),
                    Span(Sanitized(event.process.map(String.init) ?? "")),
                    Span(
                        Sanitized(
                            event.detail["reason"]?.string ?? event.detail["serial"]?.string ?? "")
                    ),
                ]
            },
            [
                .init(""), .init("time"), .init("by", flexible: true),
                .init("event", flexible: true, least: 20), .init("process"),
                .init("reason or serial", flexible: true, least: 16),
            ])
    }
}

extension CredentialState {
    var span: Span {
        switch self {
        case .active: Span("active", .green)
        case .requested, .inactive: Span(Sanitized(rawValue), .yellow)
        case .locked: Span("locked", .red)
        case .expired, .aborted, .returned: Span(Sanitized(rawValue), .dim)
        }
    }
}

/// `lockstep show USER`: everything about one user.
struct ShowCommand {
    let world: World

    func run() throws -> ExitCode {
        let settings = try world.settings()
        let store = try world.store(settings, for: .read)
        let user = try world.user(try world.command.required(ArgumentKey<String>.user), in: store)
        let facts = try store.snapshot { try UserDocument(user, store: store) }
        if world.wantsJSON {
            world.print(facts.json(at: world.now()))
        } else {
            UserReport(output: world.output, now: world.now()).write(facts)
        }
        return .ok
    }
}
