internal import Configuration
internal import Ground
internal import LDAP
internal import LDAPClient
internal import Store

/// Tells that one directory has changed, over a connection that serves nothing else.
///
/// It does not say what has changed: the sync that follows finds that out.
final class DirectoryWatch {
    /// Seconds between two looks at the number of Active Directory's last change.
    private static let pollOfNumbers = 2.0
    /// Seconds that a server has to answer that it is still there.
    private static let patience = 20.0

    private enum Means {
        /// Searches that stay.
        case searches([StandingSearch])
        /// The number of the server's last change, as it was when it was last asked for.
        case number(String?)
        /// The server can't tell of changes: the directory is read at intervals.
        case nothing
    }

    /// A box for a search, which can't be copied and so can't stand in an array itself.
    private final class StandingSearch {
        let search: DirectoryPersistentSearch

        init(_ search: consuming DirectoryPersistentSearch) { self.search = search }
    }

    /// Of which server it is, and how that is read.
    let source: FollowedRun.Source
    private let session: DirectorySession
    private var means: Means
    /// Somebody who was shown, and a role group; without one: there is none.
    private var witnesses: [DirectorySession.Stream: EntryID] = [:]

    /// Watches the server that was read, by what the strategy of its syncs gives.
    ///
    /// Throws `DirectoryFailure`, and what `secret` throws.
    init(
        _ directory: DirectorySettings, _ source: FollowedRun.Source, now: Timestamp,
        isStopped: @escaping () -> Bool, secret: (PasswordSource) throws -> [UInt8]
    ) throws {
        let session = try DirectorySession.open(
            directory, servers: [source.server], now: now, secret: secret)
        session.connection.stopSearches(when: isStopped)
        switch source.strategy {
        case .syncrepl: means = .searches(try Self.searches(of: directory, on: session))
        case .dirsync: means = .number(try Self.lastChange(on: session))
        case .modifyTimestamp, .full: means = .nothing
        }
        for stream in DirectorySession.Stream.allCases {
            witnesses[stream] = try session.witness(of: stream)
        }
        self.session = session
        self.source = source
    }

    /// Seconds between two looks; nil where the server tells unasked.
    var interval: Double? {
        switch means {
        case .searches: return nil
        case .number: return Self.pollOfNumbers
        case .nothing: return Double(session.settings.sync.every)
        }
    }

    /// Readable when the server may have told something; nil where it never does.
    var descriptor: Int32? {
        guard case .searches = means else { return nil }
        return session.connection.descriptor
    }

    /// Whether there is something to read.
    func hasNews() throws(DirectoryFailure) -> Bool {
        switch means {
        case .searches(let standing):
            var isNews = false
            repeat {
                for each in standing where try each.search.hasNews() { isNews = true }
                // What came for the first while the second was read.
            } while standing.contains { $0.search.isOwed }
            return isNews
        case .number(let before):
            let now = try Self.lastChange(on: session)
            means = .number(now)
            return now != before
        case .nothing: return true
        }
    }

    /// Finds out whether the server still answers, and still shows whom it has shown: a stalled one
    /// breaks no connection, and who lost the right to read is told of nothing.
    ///
    /// False where it does not show them: a sync finds out why.
    func isAsBefore() throws(DirectoryFailure) -> Bool {
        session.connection.obey(TimeLimit(seconds: Self.patience))
        defer { session.connection.obey(nil) }
        _ = try Self.lastChange(on: session)
        var isSame = true
        for stream in DirectorySession.Stream.allCases where try !isShownAsBefore(stream) {
            isSame = false
        }
        return isSame
    }

    private func isShownAsBefore(
        _ stream: DirectorySession.Stream
    ) throws(DirectoryFailure) -> Bool {
        let before = witnesses[stream]
        if let before, try session.shows(anyOf: [before], of: stream) { return true }
        witnesses[stream] = try session.witness(of: stream)
        return before == nil && witnesses[stream] == nil
    }

    /// A run has found nobody: whoever is shown from now on is news.
    func forgetWitness() { witnesses[.users] = nil }

    /// One for each base of the users and of the role groups, from this moment on.
    private static func searches(
        of directory: DirectorySettings, on session: borrowing DirectorySession
    ) throws(DirectoryFailure) -> [StandingSearch] {
        var standing: [StandingSearch] = []
        for name in StreamState.Stream.allCases {
            guard let stream = ChangeStream(name, of: directory) else { continue }
            for base in stream.bases {
                standing.append(StandingSearch(try search(base, of: stream, on: session)))
            }
        }
        return standing
    }

    /// OpenLDAP says how far it has come, and takes that for a cookie; 389 gives a cookie for its
    /// changelog's end, which is bound to base and filter and not to the scope.
    private static func search(
        _ base: DN, of stream: ChangeStream, on session: borrowing DirectorySession
    ) throws(DirectoryFailure) -> DirectoryPersistentSearch {
        let attributes = [session.dialect.idAttribute]
        if let suffix = session.contextSuffix,
            let numbers = try session.connection.contextCSN(of: suffix)
        {
            return try session.connection.persistentSearch(
                base: base, scope: stream.scope, filter: stream.filter, attributes: attributes,
                cookie: ContentSyncFeed.cookie(numbers), controls: [.manageDSAIT])
        }
        let all = Filter.present(.objectClass)
        var refresh = try session.connection.contentSync(
            base: base, scope: .base, filter: all, attributes: attributes, cookie: nil)
        var cookie: [UInt8]?
        while let event = try refresh.next() {
            if case .done(_, let last) = event { cookie = last }
        }
        return try session.connection.persistentSearch(
            base: base, scope: stream.scope, filter: all, attributes: attributes, cookie: cookie)
    }

    /// Active Directory's number of its last change; nil elsewhere ([MS-ADTS] 3.1.1.3.2.19).
    private static func lastChange(
        on session: borrowing DirectorySession
    ) throws(DirectoryFailure) -> String? {
        let name = AttributeName(trusted: "highestCommittedUSN")
        let root = try session.connection.search(
            base: .root, scope: .base, filter: .present(.objectClass), attributes: [name])
        return root.first?[name].first?.text
    }
}
