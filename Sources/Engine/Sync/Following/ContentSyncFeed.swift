internal import Configuration
internal import LDAP
internal import LDAPClient
internal import Store

/// OpenLDAP's content synchronization: RFC 4533, refreshOnly, answered by slapo-syncprov.
final class ContentSyncFeed: ChangeFeed {
    static let control = "1.3.6.1.4.1.4203.1.9.1.1"

    let strategy = SyncStrategy.syncrepl
    let attributes: [AttributeName] = []
    let missesRenamedParents = true
    /// The entry that carries contextCSN.
    private let suffix: DN
    private var start: ContextCSN?

    init(suffix: DN) {
        self.suffix = suffix
    }

    /// slapd's root DSE lists the control whether or not a database has the overlay that answers it.
    func begin(
        on session: borrowing DirectorySession, contextCSN: ContextCSN?
    ) throws -> String? {
        let no = "the database has no overlay syncprov for content sync, or hides its contextCSN"
        guard let contextCSN, !contextCSN.numbers.isEmpty else { return no }
        do {
            // Nothing has changed since just now: a round trip, and no entry.
            var sync = try session.connection.contentSync(
                base: suffix, scope: .base, filter: .present(.objectClass),
                attributes: [session.dialect.idAttribute], cookie: Self.cookie(contextCSN))
            while try sync.next() != nil {}
        } catch {
            _ = try error.obstacle
            return no
        }
        start = contextCSN
        return nil
    }

    func note(_ page: [Entry], of stream: StreamState.Stream) {}

    /// A content sync from the beginning on tells of all that the read may have missed.
    func cookie(
        of stream: StreamState.Stream, after seconds: Double
    ) -> Result<[UInt8], ChangeObstacle> {
        start.map { .success(Self.cookie($0)) } ?? .failure(ChangeObstacle(""))
    }

    func obstacle(_ cookie: [UInt8]) -> ChangeObstacle? {
        WitnessedCookie(stored: cookie).parsed == nil
            ? .unreadableCookie : nil
    }

    func contextCSN(of cookie: [UInt8]) -> ContextCSN? {
        WitnessedCookie(stored: cookie).parsed?.contextCSN
    }

    /// One refresh for each base: nothing changed is a round trip.
    ///
    /// As slapd's own consumer asks: with slapo-dynlist on the database slapd 2.5.13 tells of dynamic
    /// groups without a state otherwise, and ends by a fault.
    func changes(
        of stream: ChangeStream, since cookie: [UInt8],
        known: (EntryID) throws -> StreamChanges.Known,
        on session: borrowing DirectorySession, _ check: () throws -> Void
    ) throws -> Told {
        let before = WitnessedCookie(stored: cookie)
        var changes = StreamChanges()
        var refreshes = Refreshes()
        do {
            for base in stream.bases {
                var sync = try session.connection.contentSync(
                    base: base, scope: stream.scope, filter: stream.filter,
                    attributes: [session.dialect.idAttribute, .hasSubordinates, .entryCSN],
                    cookie: before.cookie, controls: [.manageDSAIT])
                while let event = try sync.next() {
                    try check()
                    refreshes.note(event, dialect: session.dialect)
                    try changes.note(event, dialect: session.dialect, known: known)
                    if changes.isTooMuch { throw ChangeObstacle.tooMuch }
                }
            }
            if refreshes.cookie != nil, let witness = before.witness {
                try hold(witness, against: changes, known, below: stream.bases, on: session) {
                    refreshes.forgetWitness = true
                }
            }
        } catch let failure as DirectoryFailure {
            throw try failure.obstacle
        }
        if let distrust = refreshes.distrust(since: before) { throw distrust }
        let next = refreshes.cookie.map {
            WitnessedCookie(
                $0, witness: refreshes.witness ?? (refreshes.forgetWitness ? nil : before.witness)
            ).stored
        }
        return Told(changes: changes, cookie: next)
    }

    /// Throws where the server was put back to an older state; calls `isGone` where the witness is gone, and
    /// that was told.
    private func hold(
        _ witness: WitnessedCookie.Witness, against changes: StreamChanges,
        _ known: (EntryID) throws -> StreamChanges.Known, below bases: [DN],
        on session: borrowing DirectorySession, isGone: () -> Void
    ) throws {
        switch try look(at: witness, below: bases, on: session) {
        case .asBefore: break
        // A deletion is told; what the server never had in the state that it was put back to is not.
        case .gone where try changes.tellsOfAbsence(of: known(witness.id)): isGone()
        case .gone, .older: throw ChangeObstacle("the server was put back to an older state")
        }
    }

    private enum Look { case asBefore, older, gone }

    private func look(
        at witness: WitnessedCookie.Witness, below bases: [DN],
        on session: borrowing DirectorySession
    ) throws(DirectoryFailure) -> Look {
        let entry = try session.read(
            entryID: witness.id, bases: bases, attributes: [.entryCSN])
        guard let entry else { return .gone }
        guard let number = entry.writtenAt else { return .asBefore }
        return number < witness.csn ? .older : .asBefore
    }

    /// The cookie that stands for everything up to there.
    static func cookie(_ contextCSN: ContextCSN) -> [UInt8] {
        Array("rid=000,csn=\(contextCSN)".utf8)
    }

    /// What the bases' refreshes have in common.
    private struct Refreshes {
        /// A changed entry has entries below it, whose names may have changed with its own.
        private var hasChangedParent = false
        /// What they ended with; nil: the one before is still in force.
        private var cookies: [[UInt8]?] = []
        /// The newest of the entries that the server told of.
        private(set) var witness: WitnessedCookie.Witness?
        /// The entry that was seen before is gone, and the server has told so.
        var forgetWitness = false

        mutating func note(_ event: ContentSync.Event, dialect: Dialect) {
            switch event {
            case .entry(let entry, let state, let uuid, _):
                guard state == .add || state == .modify else { return }
                if let id = EntryID(syncUUID: uuid, dialect: dialect),
                    let csn = entry.writtenAt, witness.map({ $0.csn < csn }) ?? true
                {
                    witness = WitnessedCookie.Witness(id: id, csn: csn)
                }
                let isParent =
                    entry[.hasSubordinates].first?.equalsIgnoringCase("true") == true
                hasChangedParent = hasChangedParent || isParent
            case .done(_, let cookie): cookies.append(cookie)
            case .unreadable, .idSet, .refreshPresent, .refreshDelete, .newCookie: break
            }
        }

        /// The oldest that stands for every base; nil: the one before stays in force.
        var cookie: [UInt8]? {
            guard cookies.allSatisfy({ $0 != nil }) else { return nil }
            return cookies.first.flatMap(\.self)
        }

        /// Why the refreshes are not to be gone on from.
        func distrust(since cookie: WitnessedCookie) -> ChangeObstacle? {
            if hasChangedParent {
                return ChangeObstacle("an entry with others below it has changed")
            }
            guard let before = cookie.parsed?.contextCSN else { return ChangeObstacle("") }
            for octets in cookies.compactMap(\.self) {
                guard !octets.isEmpty, let after = SyncCookie(octets)?.contextCSN else {
                    return ChangeObstacle("the server did not understand the cookie")
                }
                guard after.isNotOlder(than: before) else {
                    return ChangeObstacle("the server is behind what it told before")
                }
                guard after.numbers.allSatisfy({ before[serverID: $0.serverID] != nil }) else {
                    return ChangeObstacle("a server with another id writes to the directory")
                }
            }
            return nil
        }
    }
}

extension DirectoryFailure {
    /// Why changes can't be followed.
    ///
    /// Throws the failure where a full read would meet the same: no connection, a busy server.
    var obstacle: ChangeObstacle {
        get throws {
            if isOfLostServer { throw self }
            return switch code {
            case .unavailableCriticalExtension: ChangeObstacle("")
            case .unwillingToPerform:
                ChangeObstacle("the server is behind what it told before (53)")
            case .syncRefreshRequired:
                ChangeObstacle("the server no longer takes the cookie (4096)")
            default: ChangeObstacle("the changes can't be followed: \(answer)")
            }
        }
    }
}

extension Entry {
    /// When OpenLDAP last wrote it, but for what overlays write untold.
    fileprivate var writtenAt: CSN? { self[.entryCSN].first?.text.flatMap { CSN($0) } }
}

extension AttributeName {
    static let hasSubordinates = AttributeName(trusted: "hasSubordinates")
}
