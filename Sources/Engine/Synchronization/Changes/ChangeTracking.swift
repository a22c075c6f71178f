internal import Configuration
internal import Crypto
internal import LDAP
internal import LDAPClient
internal import Store

/// Follows the changes of one directory on one server: with which strategy, from where on.
///
/// OpenLDAP's content synchronization (RFC 4533) alone. The states are in `streams`; they are stored
/// once everything that they stand for is durable, and never say more than that.
final class ChangeTracking {
    static let syncControl = "1.3.6.1.4.1.4203.1.9.1.1"

    let run: DirectoryRun
    let server: String
    /// The one in use.
    private(set) var strategy: SyncStrategy
    /// Why the configured strategy is not in use: a sentence.
    private(set) var remark: String?
    /// The suffix whose entry carries contextCSN; nil where the bases have not one in common.
    let suffix: DN?
    let bindings: [StreamState.Stream: [UInt8]]
    private(set) var states: [StreamState.Stream: StreamState] = [:]
    /// When an account next ends without its entry changing.
    private(set) var dueAt: Timestamp?

    init(
        _ run: DirectoryRun, users requested: [AttributeName], groups: [AttributeName],
        on session: borrowing DirectorySession
    ) throws {
        self.run = run
        server = session.url.description
        let settings = run.settings
        let dialect = session.dialect
        let bases = settings.users.bases + (settings.roles?.bases ?? [])
        suffix = dialect == .openldap ? Self.suffix(of: bases, session.rootDSE.namingContexts) : nil
        (strategy, remark) = Self.choose(
            settings, requested,
            isOffered: session.rootDSE.supports(control: Self.syncControl)
                && dialect == .openldap, hasSuffix: suffix != nil)
        var bindings: [StreamState.Stream: [UInt8]] = [
            .users: StreamBinding.users(settings, dialect: dialect, requested: requested)
        ]
        if let roles = settings.roles {
            bindings[.groups] = StreamBinding.groups(
                roles, settings, dialect: dialect, requested: groups)
        }
        self.bindings = bindings
        for stream in bindings.keys where strategy == .syncrepl {
            states[stream] = try StreamTable.state(
                of: stream, directory: run.directory, server: server, in: run.database)
        }
        dueAt = states[.users]?.dueAt
    }

    /// Why the stored states can't be gone on from: a sentence, empty where there is none to say.
    func obstacle() throws -> String? {
        guard strategy == .syncrepl else { return "" }
        for (stream, binding) in bindings {
            guard let state = states[stream] else { return "" }
            guard state.strategy == strategy.rawValue, state.binding == binding else {
                return "the configuration of the \(stream.rawValue) has changed: "
                    + "everything was read"
            }
            guard SyncCookie(state.cookie) != nil else {
                return "the stored cookie can't be read: everything was read"
            }
        }
        if let due = dueAt, due <= run.now {
            return "an account has ended by its pwdEndTime: everything was read"
        }
        return nil
    }

    /// How far the server has come; to be asked before anything is read.
    func start(on session: borrowing DirectorySession) throws -> TrackingStart {
        guard let suffix else {
            return TrackingStart(contextCSN: nil, containers: [], lagsBehind: false)
        }
        let numbers = try contextCSN(of: suffix, on: session)
        let seen = try StreamTable.newestSeen(directory: run.directory, in: run.database)
        let lags = numbers.map { now in seen.map { !now.isNotOlder(than: $0) } ?? false } ?? false
        if strategy == .syncrepl, try !isOffered(numbers, at: suffix, on: session) {
            strategy = .full
            remark = Self.remark(run.settings, "the server offers no content sync")
        }
        let containers = strategy == .syncrepl ? try containers(on: session) : []
        return TrackingStart(contextCSN: numbers, containers: containers, lagsBehind: lags)
    }

    /// An entry was read.
    func note(_ entry: Entry) {
        guard strategy == .syncrepl, !entry[.pwdEndTime].isEmpty else { return }
        for value in entry[.pwdEndTime] {
            guard let time = value.text.flatMap({ Timestamp(generalizedTime: $0) }),
                time > run.now
            else { continue }
            dueAt = min(dueAt ?? time, time)
        }
    }

    /// A read of everything finds anew when accounts end.
    func beginFull() { dueAt = nil }

    /// After all of it is durable that a read from `start` on has found.
    func finish(_ start: TrackingStart, again: [EntryID]) throws {
        guard let numbers = start.contextCSN else { return }
        let states = bindings.compactMap { stream, binding -> (StreamState.Stream, StreamState)? in
            guard strategy == .syncrepl, let cookie = start.cookie else { return nil }
            return (stream, state(stream, binding, cookie, start.containers, again))
        }
        try store(states, seen: numbers)
    }

    /// After all of it is durable that the refreshes told of; no transaction where nothing is new.
    func finish(
        _ changes: [StreamState.Stream: StreamChanges], containers: [UInt8], again: [EntryID]
    ) throws {
        var seen: [CSN] = []
        var stored: [(StreamState.Stream, StreamState)] = []
        for (stream, binding) in bindings {
            guard let before = states[stream] else { continue }
            let cookie = changes[stream]?.newCookie ?? before.cookie
            seen += SyncCookie(cookie)?.contextCSN.numbers ?? []
            let state = state(stream, binding, cookie, containers, again)
            if state != before { stored.append((stream, state)) }
        }
        guard !stored.isEmpty else { return }
        try store(stored, seen: ContextCSN(seen))
    }

    private func state(
        _ stream: StreamState.Stream, _ binding: [UInt8], _ cookie: [UInt8],
        _ containers: [UInt8], _ again: [EntryID]
    ) -> StreamState {
        StreamState(
            strategy: strategy.rawValue, binding: binding, cookie: cookie, containers: containers,
            dueAt: stream == .users ? dueAt : nil, again: stream == .groups ? again : [])
    }

    private func store(
        _ states: [(StreamState.Stream, StreamState)], seen: ContextCSN
    ) throws {
        try run.database.transaction {
            for (stream, state) in states {
                try StreamTable.store(
                    state, of: stream, directory: run.directory, server: server, at: run.now,
                    run: run.run, in: run.database)
            }
            try StreamTable.see(seen, directory: run.directory, in: run.database)
        }
    }

    /// slapd's root DSE lists the control whether or not a database has the overlay that answers it.
    private func isOffered(
        _ numbers: ContextCSN?, at suffix: DN, on session: borrowing DirectorySession
    ) throws -> Bool {
        guard let numbers, !numbers.numbers.isEmpty else { return false }
        do {
            // Nothing has changed since just now: a round trip, and no entry.
            var sync = try session.connection.contentSync(
                base: suffix, scope: .base, filter: .present(.objectClass),
                attributes: [session.dialect.idAttribute],
                cookie: Array("rid=000,csn=\(numbers)".utf8))
            while try sync.next() != nil {}
            return true
        } catch {
            _ = try reason(error)
            return false
        }
    }

    private func contextCSN(
        of suffix: DN, on session: borrowing DirectorySession
    ) throws -> ContextCSN? {
        do {
            return try session.connection.contextCSN(of: suffix)
        } catch
            where [.noSuchObject, .insufficientAccessRights, .decodingError].contains(error.code)
        {
            // Not to be seen by this bind DN.
            return nil
        }
    }
}
