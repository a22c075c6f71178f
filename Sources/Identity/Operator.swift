/// Who does something, and from where.
package struct Operator: Hashable, Sendable {
    /// The login name; `sync` for what a sync does by itself.
    package let login: String
    package let host: String
    /// The terminal's name, where there is one.
    package let terminal: String?

    package init(login: String, host: String, terminal: String?) {
        self.login = login
        self.host = host
        self.terminal = terminal
    }

    /// The same host's sync.
    package var asSync: Operator { Operator(login: "sync", host: host, terminal: nil) }
}

/// What an operator may be allowed to do.
package enum Right: String, Sendable, CaseIterable {
    case lock
    case deactivate
    case reactivate
    case unlock
    case approve
    case force
    case release
    case `import`
}
