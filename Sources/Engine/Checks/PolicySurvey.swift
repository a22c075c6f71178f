internal import Configuration
internal import LDAP

/// Which password policy the server holds people to, as far as the bind DN can see it.
struct PolicySurvey {
    /// The overlay's entry below `cn=config`.
    enum Overlay: Hashable {
        /// The bind DN can't see the database's configuration.
        case unseen
        case absent
        case present(default: DN?)
    }

    /// What a policy entry says (draft-behera-ldap-password-policy-10, 5.2.7).
    enum Lockout: Hashable {
        case on
        case off
        case unseen
    }

    let refusal: Dialect.Refusal
    /// The schema has `pwdAccountLockedTime`; nil: it can't be read.
    let hasLockAttribute: Bool?
    let hasEndTime: Bool
    private(set) var overlay = Overlay.unseen
    /// People who are held to a policy of their own, by that policy; the rest are held to the default.
    private(set) var explicit: [DN: Int] = [:]
    private(set) var people = 0
    private(set) var lockout: [DN: Lockout] = [:]

    static let subentry = AttributeName(trusted: "pwdPolicySubentry")

    init(
        _ session: borrowing DirectorySession, users: UsersSurvey, schema: DirectorySchema?
    ) throws {
        refusal = session.dialect.refusal
        hasEndTime = session.hasPwdEndTime
        hasLockAttribute = schema.map {
            $0.definition(of: .pwdAccountLockedTime) != nil
        }
        guard case .byPolicy = refusal, hasLockAttribute != false else { return }
        overlay = Self.overlay(session)
        people = users.count
        try noteExplicit(session)
        var policies = Array(explicit.keys)
        if case .present(let policy?) = overlay { policies.append(policy) }
        for policy in policies { lockout[policy] = Self.lockout(of: policy, session) }
    }

    private mutating func noteExplicit(_ session: borrowing DirectorySession) throws {
        let users = session.settings.users
        for base in users.outermostBases {
            do {
                try session.enumerate(
                    .users, base: base, scope: users.scope,
                    filter: .and([users.filter, .present(Self.subentry)]),
                    attributes: [Self.subentry], pageSize: session.settings.sync.pageSize
                ) { page, _ in
                    for entry in page {
                        guard let policy = entry.first(Self.subentry).flatMap({ DN($0) }) else {
                            continue
                        }
                        explicit[policy, default: 0] += 1
                    }
                }
            } catch is DirectoryFailure {
                // Policies that the users' own entries name.
                continue
            }
        }
    }

    /// slapo-ppolicy(5): `olcPPolicyDefault` of the overlay below the database that has our suffix.
    static func overlay(_ session: borrowing DirectorySession) -> Overlay {
        let policy = AttributeName(trusted: "olcPPolicyDefault")
        guard let database = session.database(attributes: []),
            let overlays = try? session.connection.search(
                base: database.dn, scope: .one,
                filter: .equal(.objectClass, AttributeValue("olcPPolicyConfig")),
                attributes: [policy])
        else { return .unseen }
        guard let overlay = overlays.first else { return .absent }
        return .present(default: overlay.first(policy).flatMap { DN($0) })
    }

    static func lockout(of policy: DN, _ session: borrowing DirectorySession) -> Lockout {
        let name = AttributeName(trusted: "pwdLockout")
        guard let entry = try? session.read(policy, attributes: [.objectClass, name]) else {
            return .unseen
        }
        return entry.first(name)?.lowercased() == "true" ? .on : .off
    }
}

extension DirectorySession {
    /// slapd's own entry of the database that has the users; nil where the bind DN can't see it.
    func database(attributes: [AttributeName]) -> Entry? {
        let suffix = AttributeName(trusted: "olcSuffix")
        guard let configuration = DN("cn=config"),
            let databases = try? connection.search(
                base: configuration, scope: .one, filter: .present(suffix),
                attributes: [suffix] + attributes)
        else { return nil }
        return databases.first { database in
            database.texts(suffix).compactMap { DN($0) }.contains { place in
                settings.users.bases.allSatisfy { $0.isWithin(place) }
            }
        }
    }
}
