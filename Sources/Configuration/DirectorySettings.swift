package import Identity
package import LDAP

/// One key under `directories`.
package struct DirectorySettings: Sendable {
    /// The key itself: `hq`.
    package var name: String
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
    package var renamedFrom: String?
    package var missing: MissingSettings
    package var disabled: DisabledSettings
    package var drift: DriftPolicy
    package var limits: LimitSettings
    package var protect: [ProtectedName]
}

package struct TLSSettings: Sendable {
    /// Absolute path of a PEM file; nil: the system's.
    package var ca: String?
    package var starttls: Bool
    package var minimum: TLSVersion
    package var certificate: String?
    package var key: String?
}

package enum BindSettings: Sendable {
    /// `cleartext`: the password may go over an unprotected connection.
    case simple(dn: DN, password: PasswordSource, cleartext: Bool)
    case external
    case gssapi
}

package enum PasswordSource: Sendable {
    /// Absolute path.
    case file(String)
    /// Asked for on the terminal.
    case ask
}

/// Seconds.
package struct TimeoutSettings: Sendable {
    package var connect: Int64
    package var operation: Int64
}

package struct CanarySettings: Sendable {
    package var dn: DN
    package var passwordFile: String
}

package struct UsersSettings: Sendable {
    /// Never empty.
    package var bases: [DN]
    package var scope: SearchScope
    package var filter: Filter
    package var map: UserMapping
    /// Kept as they are.
    package var attributes: [AttributeName]
    /// nil: certificates are not read.
    package var certificates: AttributeName?
}

/// Where each property of a user comes from.
package struct UserMapping: Sendable {
    package var username: ValueSource
    package var givenName: ValueSource?
    package var familyName: ValueSource?
    package var displayName: ValueSource?
    package var mail: ValueSource?
    package var employeeNumber: ValueSource?
}

/// The first of these that has a value; one of them where the configuration has no list.
package struct ValueSource: Sendable {
    package enum Alternative: Sendable {
        case attribute(AttributeName)
        case template(Template)
    }

    package var alternatives: [Alternative]
}

package struct RolesSettings: Sendable {
    package var bases: [DN]
    package var scope: SearchScope
    package var filter: Filter
    /// The attribute that names the role.
    package var name: AttributeName
    /// From the group's name to the role's.
    package var rename: [String: String]
    /// Groups that no lock strips.
    package var keep: [DN]
    package var lastMember: LastMemberPolicy
}

package enum LastMemberPolicy: Sendable {
    case placeholder(DN)
    case fail
    case deleteGroup
}

package struct SyncSettings: Sendable {
    /// nil: `auto`.
    package var strategy: SyncStrategy?
    package var pageSize: Int
    /// Seconds.
    package var deadline: Int64
}

package enum SyncStrategy: String, Sendable, CaseIterable {
    case syncrepl
    case dirsync
    case modifyTimestamp
    case full
}

package enum Consequence: String, Sendable, CaseIterable {
    case lock
    case deactivate
    case keep
}

package struct MissingSettings: Sendable {
    package var then: Consequence
    package var reason: String?
    /// Seconds.
    package var after: Int64
}

package struct DisabledSettings: Sendable {
    package var then: Consequence
    package var reason: String
}

package enum DriftPolicy: String, Sendable, CaseIterable {
    case enforce
    case report
}

package struct LimitSettings: Sendable {
    package enum Limit: Sendable, Equatable {
        case count(Int)
        case percent(Int)
    }

    package var missing: Limit
    package var disabled: Limit
    package var reenabled: Limit
    package var locks: Limit
    package var drift: Limit
}

package enum ProtectedName: Sendable, Hashable {
    /// `uid=root-operator`: any entry with this first RDN.
    case rdn(RDN)
    case dn(DN)
}
