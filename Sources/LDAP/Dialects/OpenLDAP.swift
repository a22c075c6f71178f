internal import Ground

extension Dialect {
    /// OpenLDAP: what its manuals leave open was measured on slapd 2.5.13 (Debian 12).
    package static let openldap = Dialect(
        .openldap,
        marks: Marks(schema: AttributeName(trusted: "olcDatabase")) { server in
            server.entry[AttributeName(trusted: "objectClass")].contains {
                $0.equalsIgnoringCase("OpenLDAProotDSE")
            }
        },
        account: PolicyTimes(),
        // A database with olcReadOnly, and a consumer without olcUpdateRef, answer 53.
        answers: Answers(readOnly: .unwillingToPerform),
        // slapo-dynlist(5) shows whom a search finds, and slapo-autogroup(5) stores them.
        fillsDynamicGroups: true,
        matchesUidsInAnyCase: true,
        changes: .contextCSN,
        // slapd-monitor(5), where the database is set up.
        clock: ("cn=Current,cn=Time,cn=Monitor", "monitorTimestamp"),
        limitSettings: "olcLimits, size.prtotal and time",
        rights: .attempts,
        grant: {
            "Grant write to attrs=\($0) with olcAccess, at {0} and ending in `by * break`: the first rule "
                + "that fits is the one that answers."
        },
        // With no policy in effect neither attribute stops a bind.
        refusal: .byPolicy,
        letsCertificatesIn: true)
}

/// Two attributes of the password policy, of which either may be what stops a bind.
///
/// A password reset by an administrator clears the lock but not the end, and under `pwdLockout FALSE`
/// only the end stops a bind (slapd 2.5.13).
private struct PolicyTimes: AccountRules {
    let attributes: [AttributeName] = [.pwdAccountLockedTime, .pwdEndTime]
    let limitAttributes: [AttributeName] = [.pwdStartTime]

    /// 0000-01-01T00:00Z: slapd compares the instant, not how it is written.
    private static let permanentLock = Timestamp.earliest

    private static func isPermanentLock(_ text: String) -> Bool {
        Timestamp(generalizedTime: text) == permanentLock
    }

    /// 000001010000Z locks for ever, any other time only for a while (draft-behera-ldap-password-
    /// policy-10, 5.3.3); from pwdEndTime on no bind succeeds (5.3.9).
    func state(of entry: Entry, at now: Timestamp) -> AccountState? {
        for name in attributes {
            for text in entry.texts(name) {
                guard let time = Timestamp(generalizedTime: text) else { continue }
                if name == .pwdEndTime ? time <= now : time == Self.permanentLock {
                    return .disabled(because: "\(name): \(text)")
                }
            }
        }
        return .enabled
    }

    func disable(_ entry: Entry, at now: Timestamp, hasEndTime: Bool) -> [Modification]? {
        var modifications: [Modification] = []
        if !entry.texts(.pwdAccountLockedTime).contains(where: Self.isPermanentLock) {
            modifications.append(
                Modification(replacing: .pwdAccountLockedTime, with: "000001010000Z"))
        }
        let hasEnded = entry.texts(.pwdEndTime).contains {
            Timestamp(generalizedTime: $0).map { $0 <= now } ?? false
        }
        if hasEndTime, !hasEnded {
            // A day back, so that a server whose clock is behind ours takes it for past, too.
            let end = now.advanced(by: -86_400).generalizedTime
            modifications.append(Modification(replacing: .pwdEndTime, with: end))
        }
        return modifications
    }

    func readLimits(of entry: Entry, into limits: inout AccountLimits) {
        if let text = entry.first(.pwdEndTime) {
            // slapd 2.5.13 refuses every bind for this very value, and for no other far one.
            if text == "99991231235959Z" {
                limits.unusable = "pwdEndTime: \(text)"
            } else {
                limits.disabledFrom = Timestamp(generalizedTime: text)
            }
        }
        limits.beginsAt = entry.first(.pwdStartTime).flatMap { Timestamp(generalizedTime: $0) }
        if let text = entry.first(.pwdAccountLockedTime), !Self.isPermanentLock(text),
            Timestamp(generalizedTime: text) != nil
        {
            limits.lockedOut =
                "pwdAccountLockedTime: \(text), for as long as pwdLockoutDuration of the "
                + "password policy says, for good where that is 0"
        }
    }

    /// A time that is still to come, or one before 1970, locks nobody out (seen on slapd 2.5.13); the one
    /// that locks for ever disables the account.
    func lockOut(of entry: Entry, at now: Timestamp) -> LockOut {
        guard let text = entry.first(.pwdAccountLockedTime), !Self.isPermanentLock(text),
            let since = Timestamp(generalizedTime: text), since.seconds >= 0, since <= now
        else { return .none }
        return .byPolicy(.duration(since: since, "pwdAccountLockedTime: \(text)"))
    }
}

extension AttributeName {
    /// draft-behera-ldap-password-policy-10, 5.3.3, 5.3.8 and 5.3.9; slapo-ppolicy(5).
    package static let pwdAccountLockedTime = AttributeName(trusted: "pwdAccountLockedTime")
    static let pwdStartTime = AttributeName(trusted: "pwdStartTime")
    package static let pwdEndTime = AttributeName(trusted: "pwdEndTime")
}
