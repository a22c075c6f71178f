package import Configuration
package import Ground
internal import Identity
internal import LDAP
internal import LDAPClient

/// A session that several hold.
package final class SharedSession {
    package let session: DirectorySession
    /// Which entries the server refuses once they are disabled, as far as it was asked already.
    private var refusing = RefusingPolicy()

    init(_ session: consuming DirectorySession) {
        self.session = session
    }

    /// As ``RefusingPolicy/standing(of:at:on:)``.
    func refusal(of entry: Entry, at now: Timestamp) -> SignInRule.Policy {
        refusing.standing(of: entry, at: now, on: session)
    }

    /// By which policy a disabled entry is refused; nil: none was seen to be in effect that does.
    func refusingPolicy(of entry: Entry, at now: Timestamp) -> String? {
        if case .seen(let name) = refusal(of: entry, at: now) { name } else { nil }
    }
}

/// The sessions of one command: a directory is connected to when it is first needed, and once.
///
/// What all of them may take together can be limited for a while.
package final class DirectorySessions {
    private let clock: () -> Timestamp
    /// Told of each request, and of other waits.
    let watch: RequestWatch
    private let secret: (PasswordSource) throws -> [UInt8]
    private var open: [DirectoryName: SharedSession] = [:]
    private var failures: [DirectoryName: DirectoryFailure] = [:]
    private var limit: TimeLimit?

    /// `secret` gives the octets of a bind password.
    package init(
        clock: @escaping () -> Timestamp, watch: RequestWatch = .none,
        secret: @escaping (PasswordSource) throws -> [UInt8]
    ) {
        self.clock = clock
        self.watch = watch
        self.secret = secret
    }

    /// Others of the same directories, with nothing open yet.
    func afresh() -> DirectorySessions {
        DirectorySessions(clock: clock, watch: watch, secret: secret)
    }

    /// A session that nobody else holds, and that has ended after so many seconds.
    ///
    /// `servers`: those of the configuration to try, where not all; `now` is what a certificate's dates
    /// are held against.
    func open(
        _ directory: DirectorySettings, servers: [LDAPURL]? = nil, now: Timestamp,
        within seconds: Double
    ) throws -> DirectorySession {
        try DirectorySession.open(
            directory, servers: servers, now: now, limit: TimeLimit(seconds: seconds),
            watch: watch, secret: secret)
    }

    /// From now on everything that is asked of a directory takes at most so long, all in all.
    package func allow(seconds: Double) {
        obey(TimeLimit(seconds: seconds))
    }

    /// From now on each operation takes as long as it may by itself.
    package func allowEachOperation() {
        obey(nil)
    }

    private func obey(_ limit: TimeLimit?) {
        self.limit = limit
        for shared in open.values { shared.session.connection.obey(limit) }
    }

    /// The next of the directory's servers after the one that this session is with, from now on for
    /// everybody; nil where none of them answers.
    func next(after shared: SharedSession) -> SharedSession? {
        let directory = shared.session.settings
        guard let place = directory.uris.firstIndex(of: shared.session.url) else { return nil }
        let rest = Array(directory.uris[(place + 1)...])
        guard !rest.isEmpty,
            let session = try? DirectorySession.open(
                directory, servers: rest, now: clock(), limit: limit, watch: watch, secret: secret)
        else { return nil }
        let next = SharedSession(session)
        open[directory.name] = next
        return next
    }

    /// Throws `DirectoryFailure`, again and at once for a directory that could not be reached before;
    /// and what `secret` throws.
    package func session(_ directory: DirectorySettings) throws -> SharedSession {
        if let shared = open[directory.name], shared.session.connection.isUsable { return shared }
        if let failure = failures[directory.name] { throw failure }
        do {
            let shared = SharedSession(
                try DirectorySession.open(
                    directory, now: clock(), limit: limit, watch: watch, secret: secret))
            open[directory.name] = shared
            return shared
        } catch let failure as DirectoryFailure {
            // The failure was for want of time: with more time another try may succeed.
            if limit?.isOver != true { failures[directory.name] = failure }
            throw failure
        }
    }
}
