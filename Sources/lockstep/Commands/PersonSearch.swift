internal import Configuration
internal import Engine
internal import Identity
internal import LDAP
internal import Store

/// Finds the person at the terminal: a quick search, the list, the person to be read, then the use case.
struct PersonSearch {
    /// What one screen shows without scrolling.
    private static let most = 15

    let world: World
    let store: Store
    let useCase: UseCase
    /// Where to look for an entry that the store does not know yet.
    let newcomers: Newcomers?

    /// nil for Cancel.
    func run() throws -> User? {
        world.errors.item(
            "Whom to \(useCase.word)?",
            "  Type the beginning of a name, or a username, mail address, number or serial. Ctrl-D cancels.",
            indentation: 2)
        var question = world.prompt.text("Search: ")
        while let text = question {
            let found = try store.search(text, state: nil, limit: Self.most)
            let users = found.users.isEmpty ? try takenIn(text) : found.users
            switch choice(of: users, isCut: found.isCut, searched: text) {
            case .again(let next): question = next
            case .person(let user):
                show(try UserDocument(user, store: newcomers?.rehearsalStore(of: user) ?? store))
                let who =
                    "\(user.record.displayName ?? user.record.username) (\(user.record.username))"
                switch world.prompt.decide(
                    ["\(useCase.title) user", "Back", "Cancel"], about: Sanitized(who))
                {
                case 0: return user
                case 1: question = world.prompt.text("Search: ")
                default: return nil
                }
            }
        }
        return nil
    }

    private enum Choice {
        case person(User)
        /// Another search; nil for Cancel.
        case again(String?)
    }

    private func choice(of users: [User], isCut: Bool, searched text: String) -> Choice {
        if users.isEmpty {
            world.errors.line("Nobody found for “\(text)”.")
            return .again(world.prompt.text("Search: "))
        }
        if users.count == 1 { return .person(users[0]) }
        list(users)
        if isCut {
            world.errors.line("More match; another word of the name, or its number, narrows it.")
        }
        guard let answer = world.prompt.text("Number, or another search: ") else {
            return .again(nil)
        }
        guard let number = Int(answer), users.indices.contains(number - 1) else {
            return .again(answer)
        }
        return .person(users[number - 1])
    }

    private func list(_ users: [User]) {
        var table = Table([
            .init("", alignment: .right), .username,
            .name, .mail, .init("state"),
            .dn,
        ])
        let part = DNParts(users.map(\.record.dn))
        for (index, user) in users.enumerated() {
            table.append([
                Span("\(index + 1)"), Span(Sanitized(user.record.username), .bold),
                Span(Sanitized(user.record.displayName ?? "")),
                Span(Sanitized(user.record.mail ?? "")), user.stateSpan,
                Span(Sanitized(part(user.record.dn)), .dim),
            ])
        }
        table.write(to: world.errors)
    }

    private func show(_ facts: UserDocument) {
        world.errors.line("")
        UserReport(output: world.errors, now: world.now()).writeState(facts)
        world.errors.line("")
    }

    /// Those whom the directories know by exactly that name; a directory that is down ends no search.
    private func takenIn(_ text: String) throws -> [User] {
        guard let newcomers else { return [] }
        do {
            return [try newcomers.takeIn(text)].compactMap(\.self)
        } catch let refusal as Refusal {
            world.log.warning(Sanitized(refusal.message))
            return []
        }
    }
}
