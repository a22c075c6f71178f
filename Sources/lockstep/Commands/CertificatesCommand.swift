internal import Engine
internal import Ground
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
        let claims = try CertificateClaims(store)
        if world.wantsJSON {
            world.print(
                .array(
                    try certificates.map {
                        try CertificateFacts($0, claims, store: store).json(
                            at: now, user: try users.reference($0.user))
                    }))
            return .ok
        }
        var list = CertificateList(columns: [.init("user", flexible: true)])
        var isDisputed = false
        for certificate in certificates {
            let shown = try CertificateFacts(certificate, claims, store: store)
            isDisputed = isDisputed || shown.isDisputed
            list.append(shown, at: now, before: [try users.username(certificate.user)])
        }
        if list.isEmpty { world.log.info("no certificates") } else { list.write(to: world.output) }
        if isDisputed { world.log.warning(Self.dispute) }
        return .ok
    }

    private static let dispute: Sanitized = """
        different certificates of several people claim the same issuer and serial: the CA must go by \
        the fingerprint, which --json shows
        """
}
