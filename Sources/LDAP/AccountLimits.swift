package import Ground

/// What an entry says of the time in which its account lets somebody in, besides being disabled.
///
/// Nothing follows from any of it unless the configuration says so; an administrator gives an account
/// more time, or takes a lock-out away, without enabling anything.
package struct AccountLimits: Hashable, Sendable {
    /// The account has expired from then on.
    package var expiresAt: Timestamp?
    /// The account counts as disabled from then on: OpenLDAP's `pwdEndTime`, which a lock writes too.
    package var disabledFrom: Timestamp?
    /// Nobody gets in before.
    package var beginsAt: Timestamp?
    /// What wrong passwords have brought about: `lockoutTime: …`, with how long that lasts.
    package var lockedOut: String?
    /// When that ends by itself, where the entry says so.
    package var lockoutEnds: Timestamp?
    /// A value that makes the server refuse every bind though it means nothing of the kind.
    package var unusable: String?

    package init(
        expiresAt: Timestamp? = nil, disabledFrom: Timestamp? = nil, beginsAt: Timestamp? = nil,
        lockedOut: String? = nil, lockoutEnds: Timestamp? = nil, unusable: String? = nil
    ) {
        self.expiresAt = expiresAt
        self.disabledFrom = disabledFrom
        self.beginsAt = beginsAt
        self.lockedOut = lockedOut
        self.lockoutEnds = lockoutEnds
        self.unusable = unusable
    }

    package var isEmpty: Bool { self == AccountLimits() }

    /// What is still worth to be kept at that time: an end that has come has made the account one that
    /// is disabled.
    package func kept(at now: Timestamp) -> AccountLimits? {
        var kept = self
        if let end = disabledFrom, end <= now { kept.disabledFrom = nil }
        return kept.isEmpty ? nil : kept
    }

    package func isExpired(at now: Timestamp) -> Bool { expiresAt.map { $0 <= now } ?? false }

    /// All of it, whatever the time is.
    package var words: String {
        [
            beginsAt.map { "begins \($0.rfc3339)" }, disabledFrom.map { "ends \($0.rfc3339)" },
            expiresAt.map { "expires \($0.rfc3339)" }, lockedOut, unusable,
        ].compactMap(\.self).joined(separator: ", ")
    }

    /// Why nobody gets in at that time, though the account is not disabled: each says what *the
    /// account* does or is.
    package func hindrances(at now: Timestamp) -> [String] {
        var found: [String] = []
        if let end = expiresAt, end <= now { found.append("has expired (\(end.rfc3339))") }
        if let start = beginsAt, start > now {
            found.append("has not yet begun: it does at \(start.rfc3339)")
        }
        if let lockedOut, lockoutEnds.map({ $0 > now }) ?? true {
            found.append("is locked out for wrong passwords (\(lockedOut))")
        }
        if let unusable { found.append("is refused by the server for \(unusable)") }
        return found
    }
}

extension Dialect {
    /// All that a sync reads of an account.
    package var watchedAttributes: [AttributeName] { accountAttributes + limitAttributes }

    /// What `limits(of:)` reads, beside `accountAttributes`.
    package var limitAttributes: [AttributeName] {
        switch self {
        case .openldap: [.pwdStartTime]
        case .directoryServer389, .freeIPA: [.accountUnlockTime]
        case .activeDirectory: [.accountExpires, .lockoutTime]
        case .eDirectory, .openDJ, .pingDirectory, .ibmSDS, .custom: []
        }
    }

    /// nil: the entry speaks of none.
    package func limits(of entry: Entry) -> AccountLimits? {
        var limits = AccountLimits()
        switch self {
        case .openldap: Self.readPolicyTimes(of: entry, into: &limits)
        case .directoryServer389, .freeIPA: Self.readUnlockTime(of: entry, into: &limits)
        case .activeDirectory:
            limits.expiresAt = Self.instant(entry.first(.accountExpires))
            limits.lockedOut = Self.instant(entry.first(.lockoutTime)).map {
                "lockoutTime: \($0.rfc3339), for as long as the domain's lockoutDuration says"
            }
        case .eDirectory, .openDJ, .pingDirectory, .ibmSDS, .custom: break
        }
        return limits.isEmpty ? nil : limits
    }

    private static func readPolicyTimes(of entry: Entry, into limits: inout AccountLimits) {
        if let text = entry.first(.pwdEndTime) {
            // slapd 2.5.13 refuses every bind for this very value, and for no other far one.
            if text == "99991231235959Z" {
                limits.unusable = "pwdEndTime: \(text)"
            } else {
                limits.disabledFrom = Timestamp(generalizedTime: text)
            }
        }
        limits.beginsAt = entry.first(.pwdStartTime).flatMap { Timestamp(generalizedTime: $0) }
        if let text = entry.first(.pwdAccountLockedTime), !isPermanentLock(text),
            Timestamp(generalizedTime: text) != nil
        {
            limits.lockedOut =
                "pwdAccountLockedTime: \(text), for as long as pwdLockoutDuration of the "
                + "password policy says, for good where that is 0"
        }
    }

    /// 389 writes 19700101000000Z where only an administrator ends it (its Administration Guide,
    /// Configuring the Account Lockout Policy).
    private static func readUnlockTime(of entry: Entry, into limits: inout AccountLimits) {
        guard let text = entry.first(.accountUnlockTime),
            let end = Timestamp(generalizedTime: text)
        else { return }
        limits.lockedOut = "accountUnlockTime: \(text)"
        if end != Timestamp(seconds: 0) { limits.lockoutEnds = end }
    }

    /// A number of ten millionths of a second since 1601 ([MS-ADA1] 2.1, [MS-DTYP] 2.3.3); 0 and the
    /// largest: never.
    private static func instant(_ text: String?) -> Timestamp? {
        guard let ticks = text.flatMap({ Int64($0) }), ticks > 0, ticks < .max else { return nil }
        return Timestamp(seconds: ticks / 10_000_000 - 11_644_473_600)
    }
}

extension AttributeName {
    /// draft-behera-ldap-password-policy-10, 5.3.8.
    static let pwdStartTime = AttributeName(trusted: "pwdStartTime")
    /// Red Hat Directory Server, Configuration and Schema Reference.
    static let accountUnlockTime = AttributeName(trusted: "accountUnlockTime")
    /// [MS-ADA1] 2.1 and 2.371.
    static let accountExpires = AttributeName(trusted: "accountExpires")
    static let lockoutTime = AttributeName(trusted: "lockoutTime")
}
