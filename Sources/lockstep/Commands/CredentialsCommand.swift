internal import Engine
internal import Ground
internal import Identity
internal import Store

/// `lockstep credentials [USER]`.
struct CredentialsCommand {
    let world: World

    func run() throws -> ExitCode {
        let store = try world.store(world.settings(), for: .read)
        let user = try world.command.argument(.user).map { try world.user($0, in: store).id }
        let credentials = try store.credentials(of: user)
        var users = UserCache(store: store)
        if world.wantsJSON {
            world.print(
                .array(
                    try credentials.map {
                        $0.json(
                            certificates: try store.serials(on: $0),
                            user: try users.reference($0.user))
                    }))
            return .ok
        }
        var table = Table([
            .init("user"), .init("kind"), .init("serial"), .init("state"),
            .init("certificates", flexible: true, least: 16),
        ])
        for credential in credentials {
            table.append([
                Span(Sanitized(try users.username(credential.user))),
                Span(Sanitized(credential.kind.label)), Span(Sanitized(credential.serial)),
                credential.state.span,
                Span(Sanitized(try store.serials(on: credential).joined(separator: ", "))),
            ])
        }
        if table.isEmpty { world.log.info("no credentials") } else { table.write(to: world.output) }
        return .ok
    }
}
