internal import Configuration
internal import Engine
internal import Ground
internal import Identity
internal import Store

/// `lockstep reasons show CODE [--user U]`: what it writes; for a user, the exact LDIF.
struct ReasonsShowCommand {
    let world: World

    func run() throws -> ExitCode {
        let settings = try world.settings()
        let code = try world.command.required(.code)
        guard let reason = settings.reasons.first(where: { $0.code == code }) else {
            throw Ending(
                .refused, "there is no reason “\(code)”",
                hint: "Reasons: \(settings.reasons.map(\.code).joined(separator: ", ")).")
        }
        guard let name = world.command.value(.user) else {
            show(reason)
            return .ok
        }
        let store = try world.store(settings, for: .read)
        let user = try world.user(name, in: store)
        let preview = try UsersProc(.lock, world.context(settings, store)).preview(
            UsersProc.Wish(user: user.id, reason: code, note: nil, forced: true), at: world.now())
        if world.wantsJSON {
            world.print(["user": user.reference, "ldif": .string(preview.ldif)])
        } else {
            world.output.write(preview.ldif)
        }
        return .ok
    }

    private func show(_ reason: Reason) {
        if world.wantsJSON {
            world.print(reason.json)
        } else {
            ReasonReport(output: world.output).write(reason)
        }
    }
}
