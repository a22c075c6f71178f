internal import Ground
internal import Identity
internal import LDAP

/// By which policy a server refuses accounts that are disabled, as far as its bind DN can see.
///
/// What was seen of overlay and policies is kept for as long as the connection: a list of people asks once.
struct RefusingPolicy {
    private var overlay: PolicySurvey.Overlay?
    private var lockout: [DN: PolicySurvey.Lockout] = [:]

    /// What must be read of an entry for it.
    static func attributes(_ dialect: Dialect) -> [AttributeName] {
        if case .byPolicy = dialect.refusal { [PolicySurvey.subentry] } else { [] }
    }

    /// Whether an account that is closed is refused, and by what.
    ///
    /// `seen`: the policy's DN, or the dialect's name where such a server refuses a disabled account
    /// under every policy. `entry`: as it was read, closed.
    mutating func standing(
        of entry: Entry, at now: Timestamp, on session: borrowing DirectorySession
    ) -> SignInRule.Policy {
        switch session.dialect.refusal {
        case .always: .seen(session.dialect.name.rawValue)
        case .byPolicy: overlaid(entry, at: now, on: session)
        case .unknown:
            .unknown(because: "which policy is in effect is not known of this kind of server")
        }
    }

    private mutating func overlaid(
        _ entry: Entry, at now: Timestamp, on session: borrowing DirectorySession
    ) -> SignInRule.Policy {
        let overlay = self.overlay ?? PolicySurvey.overlay(session)
        self.overlay = overlay
        guard overlay != .absent else {
            return .none(because: "the database has no overlay ppolicy")
        }
        let policy: DN
        switch self.policy(of: entry, overlay, on: session) {
        case .named(let name): policy = name
        case .none:
            return .none(because: "the entry has no policy of its own, and there is no default one")
        case .hidden:
            return .unknown(because: "which policy it is held to is hidden from the bind DN")
        }
        let lockout = self.lockout[policy] ?? PolicySurvey.lockout(of: policy, session)
        self.lockout[policy] = lockout
        switch lockout {
        case .on: return .seen(policy.text)
        // Seen on 2.5.13: without pwdLockout only pwdEndTime stops a bind.
        case .off where entry.hasEnded(by: now): return .seen(policy.text)
        case .off: return .none(because: "\(policy) is without pwdLockout")
        case .unseen: return .unknown(because: "\(policy) can't be read by the bind DN")
        }
    }

    private func policy(
        of entry: Entry, _ overlay: PolicySurvey.Overlay, on session: borrowing DirectorySession
    ) -> PolicySurvey.Policy {
        if let named = entry.namedPolicy { return named }
        guard case .present(let standard) = overlay,
            case .none? = try? session.ownPolicy(of: entry)
        else { return .hidden }
        return standard
    }
}

extension DirectorySession {
    /// The policy that an entry is held to by name, as it was read with `PolicySurvey.subentry`.
    ///
    /// One that may not be read looks like none: the server itself says which it is.
    func ownPolicy(of entry: Entry) throws(DirectoryFailure) -> PolicySurvey.Policy {
        if let named = entry.namedPolicy { return named }
        return try lacks([PolicySurvey.subentry], entry.dn) ? .none : .hidden
    }
}

extension Entry {
    /// nil: it shows none.
    fileprivate var namedPolicy: PolicySurvey.Policy? {
        first(PolicySurvey.subentry).map { name in DN(name).map { .named($0) } ?? .hidden }
    }
}

extension Entry {
    fileprivate func hasEnded(by now: Timestamp) -> Bool {
        texts(.pwdEndTime).contains { text in
            Timestamp(generalizedTime: text).map { $0 <= now } ?? false
        }
    }
}
