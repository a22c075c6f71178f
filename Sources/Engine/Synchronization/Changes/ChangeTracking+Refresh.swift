internal import Configuration
internal import LDAP
internal import LDAPClient
internal import Store

extension ChangeTracking {
    /// What the server told since the states were stored.
    enum Told {
        case changes([StreamState.Stream: StreamChanges])
        /// It can't be gone on from them: a sentence.
        case everything(because: String)
    }

    /// One refresh for each base of a stream: nothing changed is a round trip.
    func refresh(
        on session: borrowing DirectorySession, _ check: () throws -> Void
    ) throws -> Told {
        let settings = run.settings
        var told: [StreamState.Stream: StreamChanges] = [:]
        do {
            for stream in StreamState.Stream.allCases {
                guard let state = states[stream] else { continue }
                let (bases, scope, filter) =
                    switch stream {
                    case .users:
                        (settings.users.bases, settings.users.scope, settings.users.filter)
                    case .groups:
                        (
                            settings.roles?.bases ?? [], settings.roles?.scope ?? .subtree,
                            settings.roles?.filter ?? .present(.objectClass)
                        )
                    }
                let known = try lookup(stream)
                var changes = StreamChanges()
                for base in bases {
                    var sync = try session.connection.contentSync(
                        base: base, scope: scope, filter: filter,
                        attributes: [session.dialect.idAttribute, .hasSubordinates],
                        cookie: state.cookie)
                    while let event = try sync.next() {
                        try check()
                        try changes.note(event, known: known)
                        if changes.isTooMuch {
                            return .everything(because: "very much has changed")
                        }
                    }
                }
                if let why = changes.distrust(since: state.cookie) {
                    return .everything(because: why)
                }
                told[stream] = changes
            }
        } catch let failure as LDAPFailure {
            return .everything(because: try reason(failure))
        }
        return .changes(told)
    }

    private func lookup(
        _ stream: StreamState.Stream
    ) throws -> (EntryID) throws -> StreamChanges.Known {
        switch stream {
        case .users:
            let users = try UserTable(run.database, directory: run.directory)
            return { id in
                guard let known = try users.known(id) else { return .unknown }
                return known.isMissing ? .missing : .present(known.id)
            }
        case .groups:
            let groups = try RoleGroupTable(run.database, directory: run.directory)
            return { id in
                guard let known = try groups.known(id) else { return .unknown }
                return known.isMissing ? .missing : .present(known.id)
            }
        }
    }

    /// Throws where a full read would meet the same: no connection, a server that is busy.
    func reason(_ failure: LDAPFailure) throws -> String {
        switch failure.code.rawValue {
        case -11, -5, -1, 51, 52: throw failure
        case 12: return ""
        case 53: return "the server is behind what it told before (53)"
        case 4096: return "the server no longer takes the cookie (4096)"
        default: return "the changes can't be followed: \(failure.answer)"
        }
    }
}

extension StreamChanges {
    /// Why the refresh is not to be gone on from: a sentence.
    fileprivate func distrust(since cookie: [UInt8]) -> String? {
        if hasChangedParent { return "an entry with others below it has changed" }
        guard let before = SyncCookie(cookie)?.contextCSN else { return "" }
        for octets in cookies.compactMap(\.self) {
            guard !octets.isEmpty, let after = SyncCookie(octets)?.contextCSN else {
                return "the server did not understand the cookie"
            }
            guard after.isNotOlder(than: before) else {
                return "the server is behind what it told before"
            }
            guard after.numbers.allSatisfy({ before[serverID: $0.serverID] != nil }) else {
                return "a server with another id writes to the directory"
            }
        }
        return nil
    }

    /// The oldest that stands for every base; nil: the one before stays in force.
    var newCookie: [UInt8]? {
        guard cookies.allSatisfy({ $0 != nil }) else { return nil }
        return cookies.first.flatMap(\.self)
    }

    /// Whether the server wrote anything since, ours or not.
    var hasAdvanced: Bool { cookies.contains { $0 != nil } }
}
