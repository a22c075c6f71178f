internal import Configuration
internal import LDAP

/// Which password policy the server holds people to, as far as the bind DN can see it.
struct PolicySurvey {
    /// The overlay's entry below `cn=config`.
    enum Overlay: Hashable {
        /// The bind DN can't see the database's configuration.
        case unseen
        case absent
        /// The policy of whoever has none of their own.
        case present(default: Policy)
    }

    /// The policy that somebody is held to.
    enum Policy: Hashable {
        case named(DN)
        case none
        /// The bind DN can't see which.
        case hidden
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
    /// People of whom the bind DN can't find out whether they have one of their own.
    private(set) var hidden = 0
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
        if case .present(.named(let policy)) = overlay { policies.append(policy) }
        for policy in policies { lockout[policy] = Self.lockout(of: policy, session) }
    }

    /// One that may not be seen looks like none: who has none is counted, too, as the server has it.
    private mutating func noteExplicit(_ session: borrowing DirectorySession) throws {
        var seen = 0
        try Self.enumerate(session, .present(Self.subentry)) { entry in
            guard let policy = entry.first(Self.subentry).flatMap({ DN($0) }) else { return }
            explicit[policy, default: 0] += 1
            seen += 1
        }
        try Self.enumerate(session, .not(.present(Self.subentry))) { _ in seen += 1 }
        hidden = max(0, people - seen)
    }

    private static func enumerate(
        _ session: borrowing DirectorySession, _ filter: Filter, _ note: (Entry) -> Void
    ) throws {
        let users = session.settings.users
        for base in users.outermostBases {
            do {
                try session.enumerate(
                    .users, base: base, scope: users.scope,
                    filter: .and([users.filter, filter]), attributes: [subentry],
                    pageSize: session.settings.sync.pageSize
                ) { page, _ in
                    for entry in page { note(entry) }
                }
            } catch is DirectoryFailure {
                // Those who are not read are among the hidden ones.
                continue
            }
        }
    }

    /// slapo-ppolicy(5): `olcPPolicyDefault` of the overlay below the database that has our suffix; it can't
    /// stand at the frontend.
    static func overlay(_ session: borrowing DirectorySession) -> Overlay {
        let policy = AttributeName(trusted: "olcPPolicyDefault")
        guard let database = session.database(attributes: []),
            let overlays = try? session.connection.search(
                base: database.dn, scope: .one,
                filter: .equal(.objectClass, AttributeValue("olcPPolicyConfig")),
                attributes: [policy])
        else { return .unseen }
        guard let overlay = overlays.first else {
            return session.seesOverlays(of: database.dn) ? .absent : .unseen
        }
        if let name = overlay.first(policy) {
            return .present(default: DN(name).map { .named($0) } ?? .hidden)
        }
        let isAbsent = (try? session.lacks([policy], overlay.dn)) == true
        return .present(default: isAbsent ? .none : .hidden)
    }

    /// `off` only where the policy is seen to be without it.
    static func lockout(of policy: DN, _ session: borrowing DirectorySession) -> Lockout {
        let name = AttributeName(trusted: "pwdLockout")
        guard let entry = try? session.read(policy, attributes: [.objectClass, name]) else {
            return .unseen
        }
        if let text = entry.first(name) { return text.lowercased() == "true" ? .on : .off }
        return (try? session.lacks([name], policy)) == true ? .off : .unseen
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
        // One may stand below another: the narrower one has the entries.
        var found: (database: Entry, place: DN)?
        for database in databases {
            for place in database.texts(suffix).compactMap({ DN($0) })
            where settings.users.bases.allSatisfy({ $0.isWithin(place) })
                && found.map({ place.isWithin($0.place) }) ?? true
            {
                found = (database, place)
            }
        }
        return found?.database
    }

    /// Whether the bind DN would see every overlay of the database, by slapd's own rules for `cn=config`.
    ///
    /// An overlay that it may not see looks like none.
    fileprivate func seesOverlays(of database: DN) -> Bool {
        let rules = AttributeName(trusted: "olcAccess")
        let administrator = AttributeName(trusted: "olcRootDN")
        guard let account = subject.flatMap({ DN($0) }),
            let configuration = DN("olcDatabase={0}config,cn=config"),
            let overlay = DN("olcOverlay={0}ppolicy,\(database)"),
            let entry = try? read(configuration, attributes: [rules, administrator])
        else { return false }
        if entry.first(administrator).flatMap({ DN($0) }) == account { return true }
        return AccessRules(entry.texts(rules)).lets(
            account, read: [AttributeName(trusted: "entry"), .objectClass], of: overlay)
    }
}
