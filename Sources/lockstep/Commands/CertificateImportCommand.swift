internal import Engine
internal import Ground
internal import Identity
internal import Store

/// `lockstep certificate import FILE.pem --credential SERIAL`.
struct CertificateImportCommand {
    let world: World

    func run() throws -> ExitCode {
        try requirePast()
        let settings = try world.settings()
        let by = world.operatorIdentity(settings)
        try Rights(settings).require(.import, of: by)
        let name = try world.command.required(.file)
        let file = try CertificateFile(
            pem: try InputFile.readRegular(
                name, of: world.caller(settings), most: InputFile.mostOfCertificates), named: name)
        let authorities = try world.authorities(settings)
        let store = try world.store(settings, for: .write(create: false))
        let credential = try world.credential(
            try world.command.required(.credential), in: store)
        let wish = CertificateIntake.Wish(
            standing: try standing(), moves: world.command.flag(.move))
        let taken = try CertificateIntake(store: store, by: by, now: world.now())
            .add(file, to: credential, wish, authorities)
        for authority in file.authorities { world.log.leftOut("\(name): \(authority.subject)") }
        if world.wantsJSON {
            var users = UserCache(store: store)
            let claims = try CertificateClaims(store)
            world.print(
                .array(
                    try taken.map {
                        try CertificateFacts($0.certificate, claims, store: store).json(
                            at: world.now(), user: try users.reference($0.certificate.user))
                    }))
        } else {
            for each in taken { report(each, on: credential, wish) }
        }
        return .ok
    }

    private func report(
        _ taken: CertificateIntake.Taken, on credential: Credential,
        _ wish: CertificateIntake.Wish
    ) {
        let certificate = taken.certificate
        let state = certificate.state(at: world.now()).rawValue
        world.output.line(
            "\(credential.serial) carries the certificate \(certificate.content.serial), \(state)")
        guard case .revoked = wish.standing, let former = taken.former else { return }
        world.output.line(
            "  it was revoked before, \(LocalTime.text(former.at)) (\(former.reason.rawValue)), and that stays"
        )
    }

    private func requirePast() throws {
        guard let at = world.command.value(.at), at > world.now() else { return }
        throw Ending(.refused, "--at \(at.rfc3339) is still to come")
    }

    /// The parser has seen to it that what belongs to a state is given with it; nil: nothing is said.
    private func standing() throws -> Certificate.Standing? {
        switch world.command.value(.certificateState) {
        case .onHold:
            .onHold(Certificate.Held(at: try world.command.required(.at), by: nil))
        case .revoked:
            .revoked(
                Certificate.Revocation(
                    reason: try world.command.required(.revocation),
                    at: try world.command.required(.at), by: nil), held: nil)
        case .valid, .expired: .valid
        case nil: nil
        }
    }
}

extension Log {
    /// Names a CA's certificate that stood in a file.
    func leftOut(_ authority: String) {
        warning("\(authority) is a CA's certificate, which is nobody's: it was left out")
    }
}
