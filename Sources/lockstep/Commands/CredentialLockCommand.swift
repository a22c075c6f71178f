internal import Engine
internal import Identity
internal import Store

/// `lockstep credential lock SERIAL --reason CODE`: one lost card; the holder's state stays as it is.
struct CredentialLockCommand {
    let world: World

    func run() throws -> ExitCode {
        guard world.command.flag(.yes) || world.isInteractive else {
            throw UsageError("without a terminal --yes is needed", in: .credentialLock)
        }
        let settings = try world.settings()
        let by = world.operatorIdentity(settings)
        try Rights(settings).require(.lock, of: by)
        let store = try world.store(settings, for: .write(create: false))
        let credential = try world.credential(
            try world.command.required(ArgumentKey<String>.serial), in: store)
        let context = try world.context(settings, store, by: by)
        try context.authorities.bind(credential.user, in: store)
        let end = try CredentialLock(context).carryOut(
            credential, reason: try world.command.required(.reason),
            isAgreed: world.command.flag(.yes), consent: consent)
        switch end {
        case .cancelled:
            world.log.info("cancelled: nothing was changed")
            if world.wantsJSON { try printJSON(credential, store: store) }
            return .cancelled
        case .carriedOut(let locked, let carriedOut, let untold):
            if world.wantsJSON {
                try printJSON(locked, store: store)
            } else {
                report(carriedOut, untold)
            }
            return world.code(of: untold)
        }
    }

    private func consent(_ plan: CredentialLockPlan, isAnother: Bool) -> Order.Consent {
        let report = PreviewReport(output: world.errors)
        if isAnother { report.writeChanged() }
        report.write(plan)
        world.errors.line("")
        return world.prompt.confirms(plan.question) ? .given : .refused
    }

    private func printJSON(_ credential: Credential, store: Store) throws {
        var users = UserCache(store: store)
        world.print(
            credential.json(
                certificates: try store.serials(on: credential),
                user: try users.reference(credential.user)))
    }

    private func report(_ lock: CredentialLockPlan, _ untold: [OwedTelling]) {
        let output = world.output
        let whose: Sanitized =
            "  the \(lock.credential.kind.label) \(lock.credential.serial) of \(lock.user.record.username)"
        guard !lock.plan.steps.isEmpty else {
            output.line(Span("Unchanged", .dim), Span(whose), ": it was locked already")
            return
        }
        output.line(Span("Locked", .green), Span(whose), Span(", \(lock.reason.code)"))
        let width = lock.plan.steps.map { $0.kind.label.count }.max() ?? 0
        for step in lock.plan.steps {
            let owed = untold.first {
                $0.certificate.fingerprint == step.telling?.certificate.fingerprint
            }
            let state = owed?.state ?? .done
            output.line(
                Span("  \(state.rawValue)  ", state == .done ? .green : .yellow),
                Span("\(DisplayWidth.padded(step.kind.label, to: width))  \(step.target)"))
            if let error = owed?.error {
                output.hanging([Span("              ")], Sanitized(error.message), .yellow)
            }
        }
        let kinds = lock.plan.steps.map(\.kind)
        guard
            kinds.count(where: { $0 == .revokeCertificate })
                > kinds.count(where: { $0 == .tellRevocation })
        else { return }
        output.line("")
        output.line("Others accept the certificates until the CA has been told. The list for it:")
        output.line("  lockstep certificates --revoked --since 1d --json")
    }
}

extension World {
    /// How a command ends whose own part is done; `untold`: what the CAs have not taken yet.
    func code(of untold: [OwedTelling]) -> ExitCode {
        guard !untold.isEmpty else { return .ok }
        log.notice("the CA is told by the next sync, or: lockstep retry")
        return .unfinished
    }
}
