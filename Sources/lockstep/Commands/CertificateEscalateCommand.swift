internal import Engine
internal import Identity
internal import LDAP
internal import Store

/// `lockstep certificate escalate SERIAL --reason keyCompromise`.
struct CertificateEscalateCommand {
    let world: World

    func run() throws -> ExitCode {
        let settings = try world.settings()
        let by = world.operatorIdentity(settings)
        try Rights(settings).require(.lock, of: by)
        try requireKeyCompromise()
        let authorities = try world.authorities(settings)
        let store = try world.store(settings, for: .write(create: false))
        for row in try CertificateTable(store).certificates(
            withSerial: try world.command.required(.certificateSerial))
        {
            try authorities.bind(row.user, in: store)
        }
        let escalation = CertificateEscalation(
            try world.context(settings, store, by: by))
        let before = try escalation.find(
            try world.command.required(.certificateSerial),
            issuer: world.command.value(.issuer),
            user: try world.command.value(.user).map { try world.user($0, in: store).id })
        let (after, untold) = try escalation.carryOut(before)
        try report(after, before: before, untold, store: store)
        return world.code(of: untold)
    }

    private func requireKeyCompromise() throws {
        let reason = try world.command.required(.revocation)
        guard reason == .keyCompromise else {
            throw Ending(
                .refused, "the reason of a revocation can't be changed to \(reason.rawValue)",
                hint: "The one change that there is: --reason keyCompromise.")
        }
    }

    private func report(
        _ certificates: [Certificate], before: [Certificate], _ untold: [OwedTelling],
        store: Store
    ) throws {
        var users = UserCache(store: store)
        guard let certificate = certificates.first else { return }
        if world.wantsJSON {
            let facts = try CertificateFacts(
                certificate, try CertificateClaims(store), store: store)
            world.print(
                facts.json(at: world.now(), user: try users.reference(certificate.user)))
        } else if try writeReasons(of: certificates, before: before, &users) {
            writeTelling(of: certificate, untold)
        }
    }

    /// Whether any of them was changed.
    private func writeReasons(
        of certificates: [Certificate], before: [Certificate], _ users: inout UserCache
    ) throws -> Bool {
        var isChanged = false
        for certificate in certificates {
            guard let revocation = certificate.revocation else { continue }
            let former = before.first { $0.id == certificate.id }?.revocation?.reason
            let whose = "\(certificate.content.serial) of \(try users.username(certificate.user))"
            if let former, former != revocation.reason {
                isChanged = true
                world.output.line(
                    Span("Escalated", .green),
                    Span("  \(whose): \(former.rawValue) → \(revocation.reason.rawValue)"))
            } else {
                world.output.line(
                    Span("Unchanged", .dim),
                    Span("  \(whose): \(revocation.reason.rawValue) already"))
            }
            world.output.line("  revoked since \(LocalTime.text(revocation.at)), as before")
        }
        return isChanged
    }

    /// Whether the CA knows of it, and what to do where nothing tells it.
    private func writeTelling(of certificate: Certificate, _ untold: [OwedTelling]) {
        if let name = certificate.binding.authority, certificate.binding.told != nil {
            world.output.line("  \(name) is told")
            return
        }
        for owed in untold {
            let why = owed.error.map { ": \($0.message)" } ?? ""
            world.output.line(
                Span("  \(owed.certificate.authority) is not told yet", .yellow), Span("\(why)"))
        }
        guard untold.isEmpty else { return }
        world.output.line("")
        world.output.line("The CA must be told. The list for it:")
        world.output.line("  lockstep certificates --revoked --json")
    }
}
