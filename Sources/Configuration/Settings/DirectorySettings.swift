package import Identity
package import LDAP

/// One key under `directories`.
package struct DirectorySettings: Sendable {
    /// The key itself: `hq`.
    package var name: DirectoryName
    /// Tried in order; never empty.
    package var uris: [LDAPURL]
    package var tls: TLSSettings
    package var bind: BindSettings
    package var timeout: TimeoutSettings
    /// nil: found from the server.
    package var dialect: Dialect?
    package var canary: CanarySettings?
    package var users: UsersSettings
    /// nil: no role is read or stripped.
    package var roles: RolesSettings?
    package var sync: SyncSettings
    /// The catalogue with this directory's own `write` and `recognise` put in place.
    package var reasons: [Reason]
    package var renamedFrom: DirectoryName?
    package var missing: MissingSettings
    package var disabled: DisabledSettings
    package var expired: DisabledSettings
    package var drift: DriftPolicy
    package var limits: LimitSettings
    package var protect: [ProtectedName]
}

extension DirectorySettings {
    init?(_ field: Field, name: DirectoryName, catalogue: ReasonCatalogue) {
        guard let section = Section(field) else { return nil }
        let servers = section.field("uri")?.oneOrMore()?.readAll { field in
            field.uri().map { Server(url: $0, field: field) }
        }
        let tls = section.field("tls").flatMap(TLSSettings.init)
        let bind = section.field("bind").flatMap(BindSettings.init)
        let timeout = section.field("timeout").flatMap(TimeoutSettings.init)
        let dialect = section.field("dialect")?.wordOrAuto(Dialect.Name.self)
        let canary = section.field("canary").flatMap(CanarySettings.init)
        let users = section.field("users").flatMap(UsersSettings.init)
        let roles = section.field("roles").flatMap(RolesSettings.init)
        let sync = section.field("sync").flatMap(SyncSettings.init)
        let reasons = section.field("reasons").map(catalogue.adapted)
        let renamedFrom = section.field("renamedFrom")?.name().map(DirectoryName.init)
        let missing = section.field("missing").flatMap {
            MissingSettings($0, catalogue: catalogue)
        }
        let disabled = section.field("disabled").flatMap {
            DisabledSettings($0, catalogue: catalogue)
        }
        let expired = section.field("expired").flatMap {
            DisabledSettings($0, catalogue: catalogue)
        }
        let drift = section.field("drift")?.word(DriftPolicy.self)
        let limits = section.field("limits").flatMap(LimitSettings.init)
        let protect = section.field("protect")?.items()?.readAll { $0.protected() }
        for server in servers ?? [] { server.check(tls: tls, bind: bind) }
        guard let servers, let tls, let bind, let timeout, let dialect, let users, let sync,
            let reasons, let missing, let disabled, let expired, let drift, let limits, let protect
        else { return nil }
        self.init(
            name: name, uris: servers.map(\.url), tls: tls, bind: bind, timeout: timeout,
            dialect: dialect?.dialect, canary: canary, users: users, roles: roles, sync: sync,
            reasons: reasons, renamedFrom: renamedFrom, missing: missing, disabled: disabled,
            expired: expired, drift: drift, limits: limits, protect: protect)
    }

    /// One of the addresses, with the place where it stands.
    private struct Server {
        let url: LDAPURL
        let field: Field

        func check(tls: TLSSettings?, bind: BindSettings?) {
            guard let tls else { return }
            if tls.starttls, url.scheme != .ldap {
                field.reject(
                    "tls.starttls does not go with \(url.scheme.rawValue)://; "
                        + "write ldap://, or starttls: false")
            }
            guard case .simple(_, _, let cleartext) = bind, url.scheme == .ldap else { return }
            if !tls.starttls, !url.isLoopback, !cleartext {
                field.reject(
                    "the password would cross the network unprotected; write ldaps://, "
                        + "tls.starttls: true, or bind.cleartext: true if that is really wanted")
            }
        }
    }
}

package struct SyncSettings: Sendable {
    /// nil: `auto`.
    package var strategy: SyncStrategy?
    package var pageSize: Int
    /// Seconds.
    package var deadline: Int64
    /// Seconds between two runs of `follow` where the server tells nobody of changes.
    package var every: Int64
}

extension SyncSettings {
    init?(_ field: Field) {
        guard let section = Section(field) else { return nil }
        let strategy = section.field("strategy")?.wordOrAuto(SyncStrategy.self)
        let pageSize = section.field("pageSize")?.integer()
        let deadline = section.field("deadline")?.duration()
        let every = section.field("every")?.duration()
        guard let strategy, let pageSize, let deadline, let every else { return nil }
        self.init(strategy: strategy, pageSize: pageSize, deadline: deadline, every: every)
    }
}

package enum SyncStrategy: String, Sendable, CaseIterable {
    case syncrepl
    case dirsync
    case modifyTimestamp
    case full
}

package enum ProtectedName: Sendable, Hashable {
    /// `uid=root-operator`: any entry with this first RDN.
    case rdn(RDN)
    case dn(DN)
}
