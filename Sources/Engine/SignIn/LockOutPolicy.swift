internal import Ground
internal import Identity
internal import LDAP

/// Whether a lock-out for wrong passwords still holds, by the password policy that decides it.
struct LockOutPolicy {
    /// What an entry that is looked at must be read with besides: the policy that it is held to by name, and
    /// 389's count of wrong passwords.
    static let attributes = [PolicySurvey.subentry, retries]

    private static let duration = AttributeName(trusted: "pwdLockoutDuration")
    /// 389's (Red Hat Directory Server, Configuration, Command, and File Reference, cn=config).
    private static let isLocking = AttributeName(trusted: "passwordLockout")
    private static let isUnlocking = AttributeName(trusted: "passwordUnlock")
    private static let mostRetries = AttributeName(trusted: "passwordMaxFailure")
    private static let retries = AttributeName(trusted: "passwordRetryCount")
    private static let hasLocal = AttributeName(trusted: "nsslapd-pwpolicy-local")

    private let shared: SharedSession

    init(_ shared: SharedSession) {
        self.shared = shared
    }

    /// `holds` and `none` are said only of what was seen.
    func standing(of entry: Entry, at now: Timestamp) throws(DirectoryFailure) -> LockOut {
        switch shared.session.dialect.lockOut(of: entry, at: now) {
        case .byPolicy(.duration(let since, let what)):
            return try lasting(since, what, of: entry, at: now)
        case .byPolicy(.switched(let end, let what)): return try switched(end, what, of: entry)
        case .none: return .none
        case .holds(let what): return .holds(what)
        case .untold(let what): return .untold(what)
        }
    }

    private func lasting(
        _ since: Timestamp, _ what: String, of entry: Entry, at now: Timestamp
    ) throws(DirectoryFailure) -> LockOut {
        switch shared.refusal(of: entry, at: now) {
        case .none: return .none
        case .unknown, .proven: return .untold(what)
        case .seen(let name):
            guard let policy = DN(name), let seconds = try seconds(of: policy) else {
                return .untold(what)
            }
            guard seconds > 0 else { return .holds("\(what), for good by \(policy)") }
            let end = since.advanced(by: seconds)
            return end > now ? .holds("\(what), until \(end.rfc3339) by \(policy)") : .none
        }
    }

    /// nil where it may be hidden; 0, and without one: for good.
    private func seconds(of policy: DN) throws(DirectoryFailure) -> Int64? {
        let entry = try shared.session.read(policy, attributes: [Self.duration])
        if let text = entry?.first(Self.duration) { return Int64(text) }
        return try shared.session.lacks([Self.duration], policy) ? 0 : nil
    }

    private func switched(
        _ end: Timestamp?, _ what: String, of entry: Entry
    ) throws(DirectoryFailure) -> LockOut {
        guard let policy = try policy(of: entry), let isLocking = policy.isOn(Self.isLocking) else {
            return .untold(what)
        }
        guard isLocking else { return .none }
        // Seen on 2.3.1: an entry that has accountUnlockTime and fewer wrong passwords is not locked out.
        guard let most = policy.first(Self.mostRetries).flatMap({ Int($0) }),
            let count = try retries(of: entry)
        else { return .untold(what) }
        guard count >= most else { return .none }
        if end != nil { return .holds(what) }
        guard let isUnlocking = policy.isOn(Self.isUnlocking) else { return .untold(what) }
        return isUnlocking ? .none : .holds("\(what), until an administrator ends it")
    }

    /// nil where it may be hidden.
    private func retries(of entry: Entry) throws(DirectoryFailure) -> Int? {
        if let text = entry.first(Self.retries) { return Int(text) }
        return try shared.session.lacks([Self.retries], entry.dn) ? 0 : nil
    }

    /// The entry with the values that count for this one; nil where that can't be told.
    private func policy(of entry: Entry) throws(DirectoryFailure) -> Entry? {
        guard let place = DN("cn=config") else { return nil }
        let names = [Self.isLocking, Self.isUnlocking, Self.mostRetries]
        let server = try shared.session.read(place, attributes: names + [Self.hasLocal])
        guard let server, let hasLocal = server.isOn(Self.hasLocal) else { return nil }
        guard hasLocal else { return server }
        switch try shared.session.ownPolicy(of: entry) {
        case .named(let own): return try shared.session.read(own, attributes: names)
        case .none: return server
        case .hidden: return nil
        }
    }
}

extension Entry {
    /// nil where no value is shown.
    fileprivate func isOn(_ name: AttributeName) -> Bool? {
        first(name).map { ["on", "true", "yes", "1"].contains($0.lowercased()) }
    }
}
