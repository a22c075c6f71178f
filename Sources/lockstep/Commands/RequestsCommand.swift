internal import Engine
internal import Ground
internal import Identity
internal import Store

/// `lockstep requests`: what waits for approval.
struct RequestsCommand {
    let world: World

    func run() throws -> ExitCode {
        let store = try world.store(world.settings(), for: .read)
        let now = world.now()
        let requests = try store.openRequests().filter { $0.expires.map { now < $0 } ?? true }
        var users = UserCache(store: store)
        if world.wantsJSON {
            world.print(.array(try requests.map { $0.json(user: try users.find($0.user)) }))
            return .ok
        }
        if requests.isEmpty { world.log.info("nothing waits for approval") }
        for request in requests { write(request, try users.find(request.user)) }
        return .ok
    }

    /// Whom it is about first: a number is easily mistaken for another.
    private func write(_ request: Request, _ user: User?) {
        let output = world.output
        let facts = [
            ("name", user?.record.displayName),
            ("entry", user.map { "\($0.record.dn) (\($0.directory))" }), ("note", request.note),
            ("asked", "\(LocalTime.text(request.at)) by \(request.by)"),
            ("expires", request.expires.map(LocalTime.text)),
        ]
        output.line(
            Span("\(request.process.description)", .bold),
            Span("  \(request.useCase.word) \(user?.record.username ?? "")"),
            Span("  \(request.reason)"))
        for (name, value) in facts {
            guard let value else { continue }
            output.fact(Sanitized(name), Sanitized(value), nameWidth: 7)
        }
    }
}

extension Request {
    func json(user: User?) -> JSONValue {
        [
            "process": JSONValue(process), "useCase": .string(useCase.rawValue),
            "user": user?.reference ?? .null, "displayName": JSONValue(user?.record.displayName),
            "reason": .string(reason), "note": JSONValue(note), "by": .string(by), "at": at.json,
            "expires": expires.json, "state": .string(state.rawValue),
        ]
    }
}
