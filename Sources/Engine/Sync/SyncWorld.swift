package import Configuration
package import Ground
internal import Identity
internal import LDAP
internal import Store

/// What a run takes from outside.
package struct SyncWorld {
    package var clock: () -> Timestamp
    /// Seconds since any fixed instant, that no clock setting moves.
    package var stopwatch: () -> Double
    /// The name of this machine, for the audit log.
    package var host: String
    /// The octets of a bind password.
    package var secret: (PasswordSource) throws -> [UInt8]

    package var authorities = Authorities.none

    /// Whether a signal asks to stop.
    package var isInterrupted: () -> Bool = { false }

    package init(
        clock: @escaping () -> Timestamp, stopwatch: @escaping () -> Double, host: String,
        secret: @escaping (PasswordSource) throws -> [UInt8]
    ) {
        self.clock = clock
        self.stopwatch = stopwatch
        self.host = host
        self.secret = secret
    }

    /// For what a sync decides by itself.
    func context(_ settings: Settings, _ store: Store) -> EngineContext {
        EngineContext(
            settings: settings, store: store,
            sessions: DirectorySessions(clock: clock, secret: secret),
            authorities: authorities, by: Operator(login: "sync", host: host, terminal: nil),
            clock: clock,
            isInterrupted: isInterrupted)
    }
}
