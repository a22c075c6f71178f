internal import Ground
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

    /// The policy's DN, or the dialect's name where such a server refuses a disabled account under
    /// every policy; nil: none was seen to be in effect.
    ///
    /// `entry`: as it was read back, disabled.
    mutating func name(
        of entry: Entry, at now: Timestamp, on session: borrowing DirectorySession
    ) -> String? {
        switch session.dialect.refusal {
        case .always: session.dialect.name.rawValue
        case .byPolicy: overlaid(entry, at: now, on: session)?.text
        case .unknown: nil
        }
    }

    private mutating func overlaid(
        _ entry: Entry, at now: Timestamp, on session: borrowing DirectorySession
    ) -> DN? {
        let overlay = self.overlay ?? PolicySurvey.overlay(session)
        self.overlay = overlay
        guard overlay != .absent, let policy = policy(of: entry, overlay, on: session) else {
            return nil
        }
        let lockout = self.lockout[policy] ?? PolicySurvey.lockout(of: policy, session)
        self.lockout[policy] = lockout
        switch lockout {
        case .on: return policy
        // Seen on 2.5.13: without pwdLockout only pwdEndTime stops a bind.
        case .off: return entry.hasEnded(by: now) ? policy : nil
        case .unseen: return nil
        }
    }

    /// The policy that the entry is held to; nil where that can't be told.
    ///
    /// One of its own that may not be read looks like none. The server itself says which it is: a
    /// filter on what may not be searched for is Undefined, and so is its negation (RFC 4511, 4.5.1.7).
    private func policy(
        of entry: Entry, _ overlay: PolicySurvey.Overlay, on session: borrowing DirectorySession
    ) -> DN? {
        if let own = entry.first(PolicySurvey.subentry) { return DN(own) }
        guard case .present(let standard?) = overlay,
            let found = try? session.entry(
                at: entry.dn, matching: .not(.present(PolicySurvey.subentry)), attributes: [])
        else { return nil }
        return found.dn == entry.dn ? standard : nil
    }
}

extension Entry {
    fileprivate func hasEnded(by now: Timestamp) -> Bool {
        texts(.pwdEndTime).contains { text in
            Timestamp(generalizedTime: text).map { $0 <= now } ?? false
        }
    }
}
