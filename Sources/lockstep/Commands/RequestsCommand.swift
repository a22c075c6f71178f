internal import Engine
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
            world.print(
                .array(try requests.map { $0.json(user: try users.reference($0.user)) }))
            return .ok
        }
        var table = Table([
            .init("request", alignment: .right), .init("what"),
            .init("user", flexible: true, least: 24), .init("reason", flexible: true, least: 20),
            .init("by", flexible: true, least: 12), .init("asked"), .init("expires"),
        ])
        for request in requests {
            table.append([
                Span("\(String(request.process))", .bold), Span(Sanitized(request.useCase.word)),
                Span(Sanitized(try users.username(request.user))),
                Span(Sanitized(request.reason)), Span(Sanitized(request.by)),
                Span(Sanitized(LocalTime.text(request.at))),
                Span(Sanitized(request.expires.map(LocalTime.text) ?? "")),
            ])
        }
        if table.isEmpty {
            world.log.info("nothing waits for approval")
        } else {
            table.write(to: world.output)
        }
        return .ok
    }
}

extension Request {
    func json(user: JSONValue) -> JSONValue {
        [
            "process": .int(process), "useCase": .string(useCase.rawValue), "user": user,
            "reason": .string(reason), "by": .string(by), "at": at.json,
            "expires": expires.json, "state": .string(state.rawValue),
        ]
    }
}
