internal import Engine
internal import Ground
internal import Identity
internal import LDAP
internal import Store

/// `lockstep find [TEXT]`: the quick search; without a text everybody in a state.
struct FindCommand {
    let world: World

    func run() throws -> ExitCode {
        let text = world.command.argument(.text)
        let state = world.command.value(.userState)
        guard text != nil || state != nil else {
            throw UsageError(.neither("TEXT", "--state"), command: world.command.name.rawValue)
        }
        let limit = Int(world.command.value(.limit) ?? 50)
        let store = try world.store(world.settings(), for: .read)
        let found = try store.search(text, state: state, limit: limit)
        if world.wantsJSON {
            world.print(.array(found.users.map(\.finding)))
        } else {
            show(found.users)
        }
        if found.isCut {
            world.log.notice("more users match; --limit shows more than \(limit)")
        }
        return .ok
    }

    private func show(_ users: [User]) {
        if users.isEmpty {
            world.log.info("nobody found")
            return
        }
        var table = Table([
            .username, .name,
            .mail, .init("number", flexible: true, least: 24), .init("state"),
            .dn,
        ])
        // A program, or a file, gets all of it.
        let part = DNParts(world.output.capabilities.width == nil ? [] : users.map(\.record.dn))
        for user in users {
            table.append([
                Span(Sanitized(user.record.username), .bold),
                Span(Sanitized(user.record.displayName ?? "")),
                Span(Sanitized(user.record.mail ?? "")),
                Span(Sanitized(user.record.employeeNumber ?? "")), user.stateSpan,
                Span(Sanitized(part(user.record.dn)), .dim),
            ])
        }
        table.write(to: world.output)
    }
}

extension User {
    /// The state in a word, coloured; a missing entry is said too.
    var stateSpan: Span {
        let word = missingSince == nil ? state.rawValue : "\(state.rawValue), missing"
        return switch state {
        case .active: Span(Sanitized(word), .green)
        case .inactive: Span(Sanitized(word), .yellow)
        case .locked: Span(Sanitized(word), .red)
        }
    }
}
