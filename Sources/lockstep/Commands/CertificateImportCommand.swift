internal import Engine
internal import Identity
internal import LDAP
internal import Store

/// `lockstep certificate import FILE.pem --credential SERIAL`.
struct CertificateImportCommand {
    let world: World

    func run() throws -> ExitCode {
        try requirePast()
        let settings = try world.settings()
        let by = world.operatorIdentity(settings)
        try Rights(settings).require(.import, of: by)
        let file = try world.command.required(.file)
        let pem = try InputFile.read(file)
        let store = try world.store(settings, for: .write(create: false))
        let credential = try world.credential(
            try world.command.required(.credential), in: store)
        let intake = CredentialIntake(store: store, by: by, now: world.now())
        let certificates = try intake.add(
            pem: pem, named: file, to: credential, standing: standing())
        if world.wantsJSON {
            var users = UserCache(store: store)
            world.print(
                .array(
                    try certificates.map {
                        $0.json(
                            at: world.now(), credential: credential.serial,
                            user: try users.reference($0.user))
                    }))
        } else {
            for certificate in certificates {
                world.output.line(
                    """
                    \(credential.serial) carries the certificate \(certificate.content.serial), \
                    \(certificate.state(at: world.now()).rawValue)
                    """)
            }
        }
        return .ok
    }

    private func requirePast() throws {
        guard let at = world.command.value(.at), at > world.now() else { return }
        throw Ending(.refused, "--at \(at.rfc3339) is still to come")
    }

    /// The parser has seen to it that what belongs to a state is given with it.
    private func standing() throws -> Certificate.Standing {
        switch world.command.value(.certificateState) {
        case .onHold:
            .onHold(Certificate.Held(at: try world.command.required(.at), by: nil))
        case .revoked:
            .revoked(
                Certificate.Revocation(
                    reason: try world.command.required(.revocation),
                    at: try world.command.required(.at), by: nil), held: nil)
        case .valid, .expired, nil: .valid
        }
    }
}
