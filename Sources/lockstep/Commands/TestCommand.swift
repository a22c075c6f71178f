internal import Engine
internal import Ground
internal import Identity
internal import LDAP
internal import Store

/// `lockstep test USER`: whether somebody may still sign in, and why.
///
/// Nothing is written: not to the store, not to the directory.
struct TestCommand {
    let world: World

    func run() throws -> ExitCode {
        let settings = try world.settings()
        let store = try world.store(settings, for: .read)
        let context = try world.context(settings, store)
        // Whom the store does not know is looked for, and taken into a copy of it alone.
        let newcomers = Newcomers(
            EntryIntake(context), world: world, store: store, holder: world.holder(settings),
            isRehearsal: true)
        let user = try world.user(
            try world.command.required(ArgumentKey<String>.user), in: store, orTakenInBy: newcomers)
        let known = newcomers.rehearsalStore(of: user) ?? store
        let report: SignInReport
        do {
            report = try SignInTest(context.on(known)).carryOut(on: user)
        } catch let failure as DirectoryFailure {
            throw Ending(
                .unavailable, failure.description, hint: try hint(user, known))
        }
        if world.wantsJSON {
            world.print(report.json)
        } else {
            SignInText(output: world.output).write(report)
        }
        return .ok
    }

    /// What is known without the directory.
    private func hint(_ user: User, _ store: Store) throws -> String {
        let name = user.record.displayName ?? user.record.username
        let state =
            if let lock = try store.lock(of: user) {
                "is locked for \(lock.reason) since \(lock.at.rfc3339), by \(lock.by)"
            } else {
                "is \(user.state.rawValue)"
            }
        let account =
            switch user.record.disabled {
            case true?: "the account was disabled"
            case false?: "the account was not disabled"
            case nil: "nobody could tell whether the account was disabled"
            }
        return "Nobody knows whether \(name) can sign in. In the store \(name) \(state); when the "
            + "entry was read last, \(account)."
    }
}

/// The answer for people: yes, no or nobody knows first, and then why.
struct SignInText {
    let output: Output

    func write(_ report: SignInReport) {
        output.line(headline(report))
        for because in report.verdict.because {
            output.hanging([Span("  ")], Sanitized(LocalTime.localized(because)))
        }
        output.line("")
        output.fact("entry", Sanitized(report.user.record.dn.text), nameWidth: Self.nameWidth)
        output.fact("account", Sanitized(account(report)), nameWidth: Self.nameWidth)
        output.fact("policy", Sanitized(policy(report)), nameWidth: Self.nameWidth)
        output.fact("in the store", Sanitized(state(report)), nameWidth: Self.nameWidth)
        writeGroups(report)
        writeCertificates(report)
    }

    private static let nameWidth = 12

    private func headline(_ report: SignInReport) -> [Span] {
        let record = report.user.record
        let name = record.displayName.map { "\($0) (\(record.username))" } ?? record.username
        let answer = report.verdict.signIn
        let sentence =
            switch answer {
            case .yes where report.accountVerdict.signIn != .yes:
                "\(name) may still sign in where a certificate is enough"
            case .yes: "\(name) can sign in"
            case .no: "\(name) can't sign in"
            case .unproven: "Nobody has proven whether \(name) can sign in"
            }
        let style: Style =
            switch (answer, report.user.state) {
            case (.unproven, _): .yellow
            case (.yes, .active), (.no, .inactive), (.no, .locked): .green
            case (.yes, .inactive), (.yes, .locked), (.no, .active): .red
            }
        return [Span(Sanitized(sentence), style)]
    }

    private func account(_ report: SignInReport) -> String {
        switch report.account {
        case .open: "open"
        case .disabled(let because): "disabled (\(because))"
        case .hindered(let because): because.joined(separator: ", and ")
        case .doubtful(let because): because
        case .unreadable(let because): because
        case .unseen: "deleted or hidden"
        }
    }

    private func policy(_ report: SignInReport) -> String {
        switch report.policy {
        case .proven(let at):
            "proven: the canary was refused under the same policy, \(LocalTime.text(at))"
        case .seen(let name): "\(name) refuses an account that is closed; seen, not tried"
        case .none(let because): "none that refuses an account that is closed: \(because)"
        case .unknown(let because): "not known: \(because)"
        }
    }

    private func state(_ report: SignInReport) -> String {
        guard let lock = report.lock else { return report.user.state.rawValue }
        return "locked for \(lock.reason), \(LocalTime.text(lock.at)), by \(lock.by), process "
            + "\(lock.process)"
    }

    private func writeGroups(_ report: SignInReport) {
        output.line("")
        output.line(Span("Groups that hold them", .bold))
        if !report.hasRoleGroups { output.line("  no role groups are configured") }
        if report.groups.isEmpty { output.line(Span("  none was found", .dim)) }
        for group in report.groups {
            let role = group.role.map { "\($0), " } ?? ""
            output.item(
                Sanitized("  \(group.name)  "), Sanitized(role + group.because), indentation: 4)
        }
    }

    private func writeCertificates(_ report: SignInReport) {
        output.line("")
        output.line(Span("Certificates", .bold))
        if report.certificates.isEmpty, report.unjudged == nil { output.line(Span("  none", .dim)) }
        for certificate in report.certificates {
            let content = certificate.content
            let style: Style =
                switch certificate.verdict.signIn {
                case .yes: .red
                case .no: .green
                case .unproven: .yellow
                }
            output.line(
                Span(Sanitized("  \(content.serial)  ")),
                Span(Sanitized(certificate.words), style))
            output.fact(
                "",
                Sanitized(
                    "\(content.subject), not after \(LocalTime.date(content.notAfter)), "
                        + (certificate.state.map { "\($0.rawValue) in the store" }
                            ?? "in the entry alone, and not in the store")), nameWidth: 1)
        }
        if let unjudged = report.unjudged {
            output.hanging([Span("  ")], "\(unjudged.because)", .yellow)
        }
    }
}

extension SignInReport.SeenCertificate {
    /// What its authority says, in a few words.
    fileprivate var words: String {
        let whose = authority.map { ", \($0)" } ?? ""
        let how = by.map { " by \($0.rawValue.uppercased())" } ?? ""
        return switch sight {
        case .good: "good\(whose)\(how)"
        case .revoked(let reason, let at):
            "revoked \(LocalTime.date(at)), \(reason.rawValue)\(whose)\(how)"
        case .onHold(let since): "on hold since \(LocalTime.date(since))\(whose)\(how)"
        case .unknown: "unknown\(whose)\(how)"
        case .unasked: "nobody could be asked"
        case .unverified: "not verified\(whose)"
        case .expired: "expired"
        }
    }
}
