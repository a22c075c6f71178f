internal import Identity
internal import LDAP
internal import Store

/// `lockstep certificates [USER]`; with `--revoked`, the list to hand to the CA.
struct CertificatesCommand {
    let world: World

    func run() throws -> ExitCode {
        let store = try world.store(world.settings(), for: .read)
        let user = try world.command.argument(.user).map { try world.user($0, in: store).id }
        let since = world.command.value(.since)
        let isRevoked = world.command.flag(.revoked) || since != nil
        let certificates = try store.certificates(of: user, revoked: isRevoked, since: since)
        let now = world.now()
        var users = UserCache(store: store)
        if world.wantsJSON {
            world.print(
                .array(
                    try certificates.map {
                        $0.json(
                            at: now, credential: try store.serial(ofCredential: $0.credential),
                            user: try users.reference($0.user))
                    }))
            return .ok
        }
        var list = CertificateList(columns: [.init("user", flexible: true)])
        for certificate in certificates {
            list.append(
                certificate, at: now,
                credential: try store.serial(ofCredential: certificate.credential),
                before: [try users.username(certificate.user)])
        }
        if list.isEmpty { world.log.info("no certificates") } else { list.write(to: world.output) }
        return .ok
    }
}
