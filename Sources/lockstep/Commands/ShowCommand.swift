internal import Identity
internal import LDAP
internal import Store

/// `lockstep show USER`: everything about one user.
struct ShowCommand {
    let world: World

    func run() throws -> ExitCode {
        let settings = try world.settings()
        let store = try world.store(settings, for: .read)
        let user = try world.user(try world.command.required(ArgumentKey<String>.user), in: store)
        let facts = try store.snapshot { try UserFacts(user, store: store) }
        if world.wantsJSON {
            world.print(facts.json(at: world.now()))
        } else {
            UserReport(output: world.output, now: world.now()).write(facts)
        }
        return .ok
    }
}
