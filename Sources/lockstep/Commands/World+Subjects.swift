internal import Configuration
internal import Engine
internal import Identity
internal import Store

/// Whom and what the command line names.
extension World {
    /// The one user whom the words name; refused when they name several, or nobody.
    ///
    /// `newcomers`: where to look for an entry that the store does not know yet.
    func user(
        _ text: String, in store: Store, orTakenInBy newcomers: Newcomers? = nil
    ) throws -> User {
        let matches = try store.find(text)
        if let only = matches.only {
            if let newcomers { try requireStill(only, called: text, newcomers) }
            for other in matches.passedOver {
                log.notice(
                    "\(other.record.username) (\(other.record.dn)) has that name too; the entry is missing"
                )
            }
            return only
        }
        guard matches.candidates.count < 2 else {
            throw Ending(ambiguous: text, matches.candidates)
        }
        if let newcomers {
            guard let taken = try newcomers.takeIn(text) else {
                throw Ending(nobody: text)
            }
            return taken
        }
        if let rejected = matches.rejected.first {
            throw Ending(
                .noUser, "“\(text)” is no user: the entry \(rejected.dn) is rejected",
                hint: "Why, lockstep status says; lockstep lock takes the DN all the same.")
        }
        throw Ending(nobody: text)
    }

    /// Refused where the name is another entry's by now.
    private func requireStill(
        _ user: User, called text: String, _ newcomers: Newcomers
    ) throws {
        let others = try newcomers.successors(of: user, called: text)
        guard !others.isEmpty else { return }
        throw Ending(
            .refused, "“\(text)” is the name of another entry by now",
            hint: Refusal.sayWhich, candidates: [Candidate(user)] + others)
    }

    /// The one credential with this serial; `--user` and `--kind` decide between several.
    func credential(_ serial: String, in store: Store) throws -> Credential {
        var found = try CredentialTable(store).credentials(withSerial: serial)
        if let name = command.value(.user) {
            let holder = try user(name, in: store)
            found = found.filter { $0.user == holder.id }
        }
        if let kind = command.value(.kind) { found = found.filter { $0.kind == kind } }
        if let only = found.first, found.count == 1 { return only }
        if found.isEmpty { throw Ending(.refused, "there is no credential “\(serial)”") }
        let holders = try found.compactMap { try store.user($0.user) }
        let names = zip(found, holders).map { "\($0.kind.rawValue) of \($1.record.username)" }
        var seen: Set<UserID> = []
        let deciding = [
            Set(found.map(\.user)).count > 1 ? "--user" : nil,
            Set(found.map(\.kind)).count > 1 ? "--kind" : nil,
        ].compactMap(\.self).joined(separator: " or ")
        throw Ending(
            .refused,
            "\(found.count) credentials have the serial “\(serial)”: \(names.joined(separator: ", "))",
            hint: "Say which it is with \(deciding).",
            candidates: holders.filter { seen.insert($0.id).inserted })
    }

    /// The directories that the command is about: the one that `--directory` names, or all.
    func directories(_ settings: Settings) throws -> [DirectorySettings] {
        guard let name = command.value(.directory) else { return settings.directories }
        guard let only = settings.directories.first(where: { $0.name == name }) else {
            let names = settings.directories.map(\.name.rawValue).joined(separator: ", ")
            throw Ending(
                .refused, "there is no directory “\(name)”", hint: "Directories: \(names).")
        }
        return [only]
    }
}
