package import Configuration
package import Ground
package import Identity
internal import LDAP
package import Store

/// What everything that plans, decides and carries out takes from outside.
package struct EngineContext {
    package let settings: Settings
    package let store: Store
    package let sessions: DirectorySessions
    package let authorities: Authorities
    /// Whoever is at it: the person at the keyboard, or a sync.
    package let by: Operator
    package let clock: () -> Timestamp
    /// Asked between two steps: whether a signal asks to stop.
    package let isInterrupted: () -> Bool
    /// This program, by which others are started (``ProgramChild``).
    package let launcher: String

    /// `launcher`: this very program, unless said otherwise.
    package init(
        settings: Settings, store: Store, sessions: DirectorySessions,
        authorities: Authorities = .none, by: Operator, clock: @escaping () -> Timestamp,
        isInterrupted: @escaping () -> Bool, launcher: String = "/proc/self/exe"
    ) {
        self.settings = settings
        self.store = store
        self.sessions = sessions
        self.authorities = authorities
        self.by = by
        self.clock = clock
        self.isInterrupted = isInterrupted
        self.launcher = launcher
    }

    /// The same on another store: a dry run's copy.
    package func on(_ other: Store) -> EngineContext {
        EngineContext(
            settings: settings, store: other, sessions: sessions, authorities: authorities, by: by,
            clock: clock, isInterrupted: isInterrupted, launcher: launcher)
    }

    /// The same for what this host's sync does by itself.
    ///
    /// With sessions of its own: a directory that could not be reached before is tried again.
    func ofSync() -> EngineContext {
        EngineContext(
            settings: settings, store: store, sessions: sessions.afresh(),
            authorities: authorities, by: by.asSync, clock: clock, isInterrupted: isInterrupted,
            launcher: launcher)
    }
}
