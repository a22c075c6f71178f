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

    /// The same but for what wrong passwords have brought about.
    package var withoutLockOut: AccountLimits {
        var limits = self
        limits.lockedOut = nil
        limits.lockoutEnds = nil
        return limits
    }

    /// Whether wrong passwords are all that may let nobody in, and the entry does not say until when.
    package func isOnlyPerhapsHindered(at now: Timestamp) -> Bool {
        lockedOut != nil && lockoutEnds == nil && withoutLockOut.hindrances(at: now).isEmpty
    }

    /// All of it, whatever the time is.
    package var words: String {
        [
            beginsAt.map { "begins \($0.rfc3339)" }, disabledFrom.map { "ends \($0.rfc3339)" },
            expiresAt.map { "expires \($0.rfc3339)" }, lockedOut, unusable,
        ].compactMap(\.self).joined(separator: ", ")
    }

    /// Why nobody gets in at that time, or may not, though the account is not disabled: each says what *the
    /// account* does or is.
    package func hindrances(at now: Timestamp) -> [String] {
        var found: [String] = []
        if let end = expiresAt, end <= now { found.append("has expired (\(end.rfc3339))") }
        if let start = beginsAt, start > now {
            found.append("has not yet begun: it does at \(start.rfc3339)")
        }
        if let lockedOut, lockoutEnds.map({ $0 > now }) ?? true {
            // Without an end in the entry a policy says whether it still holds.
            found.append(
                (lockoutEnds == nil ? "may be locked out" : "is locked out")
                    + " for wrong passwords (\(lockedOut))")
        }
        if let unusable { found.append("is refused by the server for \(unusable)") }
        return found
    }
}
