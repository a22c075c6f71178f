internal import Configuration
internal import Ground
internal import Identity
internal import LDAP
package import Store

/// Takes an entry that the store does not know into the store, so that its user can be locked.
package struct EntryIntake {
    private let context: EngineContext
    private let now: Timestamp

    package init(_ context: EngineContext) {
        self.init(context, now: context.clock())
    }

    private init(_ context: EngineContext, now: Timestamp) {
        self.context = context
        self.now = now
    }

    /// The same with another store: a dry run's is a copy.
    package func into(_ other: Store) -> EntryIntake {
        EntryIntake(context.on(other), now: now)
    }

    private var settings: Settings { context.settings }

    private var store: Store { context.store }

    private var sessions: DirectorySessions { context.sessions }

    private var by: Operator { context.by }

    /// Searches every directory by username, mail address, employee number and DN, and stores the entry
    /// that it finds, if it is one and new; nil: nobody has the name.
    ///
    /// A directory that can't be searched is an error: the person may be there.
    package func takeIn(_ text: String) throws -> User? {
        guard WrittenUserID(text) == nil else { return nil }
        // Nobody can be locked whom nobody has found.
        sessions.allowEachOperation()
        var found: [Found] = []
        for directory in settings.directories {
            do {
                let shared = try sessions.session(directory)
                for entry in try EntrySearch(directory, shared).entries(named: text) {
                    found.append(Found(entry: entry, directory: directory, shared: shared))
                }
            } catch let failure as DirectoryFailure {
                throw Self.unavailable(failure.description)
            }
        }
        guard let only = found.first, found.count == 1 else {
            guard !found.isEmpty else { return nil }
            throw Refusal(
                .refused, "“\(text)” names \(found.count) entries", hint: Refusal.sayWhich,
                candidates: try found.map { try candidate($0) })
        }
        return try store(only)
    }

    private static func unavailable(_ why: String) -> Refusal {
        Refusal(
            .unavailable, why,
            hint: "Nobody of that name is in the store, and the directory can't be searched.")
    }

    /// Those who have the user's name in the directory by now, where the user has it no more.
    ///
    /// Nobody where the directory can't be searched.
    package func successors(of user: User, called text: String) throws -> [Candidate] {
        guard WrittenUserID(text) == nil,
            let directory = settings.directories.first(where: { $0.name == user.directory })
        else { return [] }
        do {
            let shared = try sessions.session(directory)
            let search = EntrySearch(directory, shared)
            // The user's own entry is one small read; the search may look at all entries.
            if try search.isStill(user, called: text) { return [] }
            let found = try search.entries(named: text)
            guard !found.contains(where: { shared.session.id(of: $0) == user.record.entryID })
            else { return [] }
            // An entry that shows no id may well be the user's own.
            return try found.filter { shared.session.id(of: $0) != nil }.map {
                try candidate(Found(entry: $0, directory: directory, shared: shared))
            }
        } catch is DirectoryFailure {
            return []
        }
    }

    private struct Found {
        let entry: Entry
        let directory: DirectorySettings
        let shared: SharedSession

        var id: EntryID? { shared.session.id(of: entry) }
    }

    private func candidate(_ found: Found) throws -> Candidate {
        if let id = found.id, let known = try knownUser(id, found) { return Candidate(known) }
        let mapper = try mapper(found, number: nil)
        let id = found.id ?? EntryID(found.entry.dn.text)
        let mapped = try? mapper.map(found.entry, id: id, disabled: nil, digest: [])
        return Candidate(
            entry: StoredDN(found.entry.dn), of: found.directory.name,
            username: mapped?.record.username)
    }

    /// The entry's user; an entry that the store does not know becomes a new user.
    private func store(_ found: Found) throws -> User? {
        let (entry, dialect) = (found.entry, found.shared.session.dialect)
        guard let id = found.id else {
            throw Refusal(
                .refused,
                "\(entry.dn): \(dialect.idAttribute) is absent or hidden, and without "
                    + "it nobody could tell this entry from the next one of its name",
                hint: "Let the bind DN read it.")
        }
        if let known = try knownUser(id, found) { return known }
        let disabled = dialect.accountState(of: entry, at: now).map { $0 != .enabled }
        let user = try store.write { transaction in
            let number = try DirectoryTable(transaction.store).number(
                of: found.directory.name, former: found.directory.renamedFrom, in: transaction)
            var mapped = try mapped(found, id, number: number, disabled: disabled)
            mapped.record.limits = dialect.limits(of: entry)?.kept(at: now)
            let user = try Birth(
                found.directory, users: try UserTable(store, directory: number),
                certificates: try EntryCertificates(store)
            ).carryOut(mapped, at: now, run: .noRun, in: transaction)
            _ = try transaction.append(
                AuditEvent(
                    at: now, by: by.login, host: by.host, terminal: by.terminal,
                    event: "taken in",
                    user: AuditEvent.Subject(
                        id: user, username: mapped.record.username, dn: mapped.record.dn.text)))
            return try store.user(user)
        }
        if let user { try context.authorities.bind(user.id, in: store) }
        return user
    }

    /// Nobody is turned away: a user without a username, or with somebody else's, goes by the DN.
    ///
    /// Without a digest the next sync looks at all of the entry.
    private func mapped(
        _ found: Found, _ id: EntryID, number: DirectoryID, disabled: Bool?
    ) throws -> MappedUser {
        let mapper = try mapper(found, number: number)
        var mapped: MappedUser
        do throws(MappingRejection) {
            mapped = try mapper.map(found.entry, id: id, disabled: disabled, digest: [])
        } catch {
            return mapper.mapWithoutUsername(
                found.entry, id: id, disabled: disabled, keeping: nil)
        }
        let record = mapped.record
        let users = try UserTable(store, directory: number)
        guard try users.holder(of: record.usernameKey, except: nil) != nil else { return mapped }
        mapped.record = record.withoutItsUsername(keeping: nil)
        return mapped
    }

    private func mapper(_ found: Found, number: DirectoryID?) throws -> EntryMapper {
        let dialect = found.shared.session.dialect
        let known = try number ?? DirectoryTable(store).lookUp(found.directory.name)
        let keepsUids = try known.map { try DirectoryTable(store).keepsUids($0) }
        let mapper = EntryMapper(
            found.directory, dialect: dialect, account: dialect.watchedAttributes,
            keepsUids: keepsUids ?? false)
        let folding = try known.flatMap { try DirectoryTable(store).folding(of: $0) }
        mapper.folding = folding ?? .apart
        return mapper
    }
}

extension EntryIntake {
    /// nil where the store does not know the entry; its directory may have another key now.
    private func knownUser(_ id: EntryID, _ found: Found) throws -> User? {
        let directory = found.directory
        if let known = try store.userRow(id, directory: directory.name) {
            return try store.user(known)
        }
        guard let known = try UserTable(store, directory: .nowhere).foreign(id) else {
            return nil
        }
        guard known.directory == directory.renamedFrom else {
            throw Refusal(
                .configuration,
                "directories.\(directory.name): \(found.entry.dn) is known as an entry of "
                    + "\(known.directory)",
                hint: "Say `renamedFrom: \(known.directory)` where the key has changed, or let the "
                    + "directories not show the same entries.")
        }
        return try store.userRow(id, directory: known.directory).flatMap { try store.user($0) }
    }
}
