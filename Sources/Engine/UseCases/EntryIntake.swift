package import Configuration
package import Identity
package import LDAP
internal import LDAPClient
package import Store

/// Takes the entry of somebody whom the store does not know into it, so that she can be locked.
package struct EntryIntake {
    private let settings: Settings
    private let store: Store
    private let sessions: DirectorySessions
    private let by: Operator
    private let now: Timestamp

    package init(
        settings: Settings, store: Store, sessions: DirectorySessions, by: Operator, now: Timestamp
    ) {
        self.settings = settings
        self.store = store
        self.sessions = sessions
        self.by = by
        self.now = now
    }

    /// Searches every directory by username, mail address, employee number and DN, and stores what
    /// was found and is new; the row ids of those who were found.
    ///
    /// A directory that can't be searched is an end: she may be there.
    package func takeIn(_ text: String) throws -> [Int64] {
        // Nobody can be locked whom nobody has found.
        sessions.allowEachOperation()
        var taken: [Int64] = []
        for directory in settings.directories {
            do {
                let shared = try sessions.session(directory)
                for entry in try entries(named: text, in: directory, shared.session) {
                    if let id = try store(entry, of: directory, shared.session) { taken.append(id) }
                }
            } catch let failure as DirectoryFailure {
                throw Self.unavailable(failure.description)
            } catch let failure as LDAPFailure {
                throw Self.unavailable("\(directory.name): \(failure.description)")
            }
        }
        return taken
    }

    private static func unavailable(_ why: String) -> Refusal {
        Refusal(
            .unavailable, why,
            hint: "Nobody of that name is in the store, and the directory can't be searched.")
    }

    /// Those who have the user's name in her directory by now, where she has it no more; new ones
    /// are stored.
    ///
    /// None where the directory can't be searched.
    package func successors(of user: User, called text: String) throws -> [Int64] {
        guard text != String(user.id),
            let directory = settings.directories.first(where: { $0.name == user.directory })
        else { return [] }
        let prefix = directory.name + ":"
        let name = text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : text
        do {
            let shared = try sessions.session(directory)
            // Her own entry is one small read; the search may look at all of them.
            if try isStill(user, called: name, in: directory, shared.session) { return [] }
            let found = try entries(named: name, in: directory, shared.session)
            guard !found.contains(where: { shared.session.id(of: $0) == user.record.entryID })
            else { return [] }
            return try found.compactMap { try store($0, of: directory, shared.session) }
        } catch is DirectoryFailure {
            return []
        } catch is LDAPFailure {
            return []
        }
    }

    /// Whether the entry, found by its id, still has the name.
    private func isStill(
        _ user: User, called name: String, in directory: DirectorySettings,
        _ session: borrowing DirectorySession
    ) throws -> Bool {
        let mapper = EntryMapper(directory, account: [])
        let entry = try session.find(
            user.record.entryID, near: user.record.dn, attributes: mapper.requested)
        guard let entry,
            let record = try? mapper.map(
                entry, id: user.record.entryID, disabled: nil, digest: []
            ).record
        else { return false }
        let folded = name.directoryFolded
        return [record.username, record.mail, record.employeeNumber].contains {
            $0?.directoryFolded == folded
        } || DN(name) == entry.dn
    }

    private func entries(
        named text: String, in directory: DirectorySettings,
        _ session: borrowing DirectorySession
    ) throws -> [Entry] {
        let names =
            EntryMapper(directory, account: session.dialect.watchedAttributes).requested
            + [session.dialect.idAttribute]
        if let dn = DN(text), !dn.isEmpty, dn.parent?.isEmpty == false {
            return try session.entry(at: dn, matching: directory.users.filter, attributes: names)
                .map { [$0] } ?? []
        }
        let ways = directory.users.map.searchable.map {
            Filter.equal($0, AttributeValue(text))
        }
        return ways.isEmpty ? [] : try session.people(matching: .or(ways), attributes: names)
    }

    /// The row id of the entry's user, who is born where the store does not know her; nil for one
    /// without a readable id.
    private func store(
        _ entry: Entry, of directory: DirectorySettings, _ session: borrowing DirectorySession
    ) throws -> Int64? {
        guard let id = session.id(of: entry) else { return nil }
        if let known = try store.userRow(id, directory: directory.name) { return known }
        if let known = try renamedUser(id, entry, directory) { return known }
        let account = session.dialect.accountState(of: entry, at: now)
        let isDisabled = if case .disabled = account { true } else { false }
        let mapper = EntryMapper(directory, account: session.dialect.watchedAttributes)
        var mapped: MappedUser
        do throws(MappingRejection) {
            // Without a digest the next sync looks at all of it.
            mapped = try mapper.map(
                entry, id: id, disabled: account == nil ? nil : isDisabled, digest: [])
        } catch {
            throw Refusal(.refused, "\(entry.dn): \(error)")
        }
        mapped.record.limits = session.dialect.limits(of: entry)?.kept(at: now)
        return try store.transaction {
            let number = try DirectoryTable.number(
                of: directory.name, former: directory.renamedFrom, in: store.database)
            let user = try UserTable(store.database, directory: number).insert(
                mapped.record, state: directory.birth(of: mapped.record, at: now), run: 0)
            let certificates = try EntryCertificates(store.database)
            for certificate in mapped.certificates {
                try certificates.insert(certificate, user: user, at: now)
            }
            _ = try store.audit.append(
                AuditEvent(
                    at: now, by: by.login, host: by.host, terminal: by.terminal,
                    event: "taken in",
                    user: AuditEvent.Subject(
                        id: user, username: mapped.record.username, dn: mapped.record.dn)))
            return user
        }
    }
}

extension EntryIntake {
    /// The row of a user whose directory has another key now; nil where the id is known under none.
    private func renamedUser(
        _ id: EntryID, _ entry: Entry, _ directory: DirectorySettings
    ) throws -> Int64? {
        guard let known = try UserTable(store.database, directory: -1).foreign(id) else {
            return nil
        }
        guard known.directory == directory.renamedFrom else {
            throw Refusal(
                .configuration,
                "directories.\(directory.name): \(entry.dn) is known as an entry of "
                    + "\(known.directory)",
                hint: "Say `renamedFrom: \(known.directory)` where the key has changed, or let the "
                    + "directories not show the same entries.")
        }
        try store.transaction {
            _ = try DirectoryTable.number(
                of: directory.name, former: known.directory, in: store.database)
        }
        return try store.userRow(id, directory: directory.name)
    }
}

extension UserMapping {
    /// The attributes that username, mail address and employee number come from.
    fileprivate var searchable: [AttributeName] {
        [username, mail, employeeNumber].compactMap(\.self).flatMap { source in
            source.alternatives.flatMap { alternative -> [AttributeName] in
                switch alternative {
                case .attribute(let name): [name]
                case .template(let template): template.names.compactMap { AttributeName($0) }
                }
            }
        }
    }
}
