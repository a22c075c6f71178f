internal import Engine
internal import Ground
internal import Identity
internal import Store

/// `lockstep credential add USER --kind K --serial S [--state active]`.
struct CredentialAddCommand {
    let world: World

    func run() throws -> ExitCode {
        let settings = try world.settings()
        let by = world.operatorIdentity(settings)
        try Rights(settings).require(.import, of: by)
        let store = try world.store(settings, for: .write(create: false))
        let user = try world.user(try world.command.required(ArgumentKey<String>.user), in: store)
        let credential = NewCredential(
            user: user.id, kind: try world.command.required(.kind),
            serial: try world.command.required(OptionKey<String>.serial),
            state: world.command.value(.credentialState) ?? .active)
        let state =
            try CredentialIntake(store: store, by: by, now: world.now()).add(credential)?.state
            ?? credential.state
        if world.wantsJSON {
            world.print([
                "user": user.reference, "kind": .string(credential.kind.rawValue),
                "serial": .string(credential.serial), "state": .string(state.rawValue),
                "certificates": [],
            ])
        } else {
            world.output.line(
                """
                \(user.record.username) holds the \(credential.kind.label) \(credential.serial), \
                \(state.rawValue)
                """)
        }
        return .ok
    }
}
