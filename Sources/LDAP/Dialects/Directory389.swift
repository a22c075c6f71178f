internal import Ground

extension Dialect {
    /// 389 Directory Server and Red Hat Directory Server: measured on 389 2.3.1 (Debian 12).
    package static let directoryServer389 = of389(
        .directoryServer389,
        // Its plugin that keeps who wrote has these of its own (01core389.ldif, X-ORIGIN 389 Directory
        // Server); nsUniqueId and nsAccountLock are Sun's, too.
        Marks(schema: AttributeName(trusted: "internalModifiersName")) {
            $0.isOf389 && !$0.isFreeIPA
        })

    /// What every server has that is made of 389.
    static func of389(_ name: Name, _ marks: Marks) -> Dialect {
        Dialect(
            name, marks: marks, account: NSAccountLock(),
            // It has an entryUUID, too, but its content sync tells of this one.
            id: AttributeName(trusted: "nsUniqueId"), .nsUniqueId,
            roles: [.nsRoleDN, .nsRole],
            // nsslapd-readonly.
            answers: Answers(readOnly: .unwillingToPerform),
            // 00core.ldif has the members among what a group may have.
            allowsEmptyGroups: true, emptyGroups: .effectiveRights,
            matchesUidsInAnyCase: true,
            changes: .changelog,
            clock: ("cn=monitor", "currentTime"),
            rights: .effectiveRights,
            grant: { "Grant write to \($0) with an aci." },
            // 53, whatever the policy, even with a wrong password.
            refusal: .always("an account with nsAccountLock"))
    }

    static let disabledRole = RDN("cn=nsDisabledRole")
    private static let managedDisabledRole = RDN("cn=nsManagedDisabledRole")

    /// Whether this is one of the roles by which 389 inactivates an account: no role of a person,
    /// and taking it away would open the account.
    package static func isInactivation(role dn: DN) -> Bool {
        dn.firstRDN == disabledRole || dn.firstRDN == managedDisabledRole
    }
}

/// The operational attribute `nsAccountLock`, and roles that have it computed.
private struct NSAccountLock: AccountRules {
    let attributes: [AttributeName] = [.nsAccountLock, .nsRole]
    let computedAttributes: [AttributeName] = [.nsAccountLock]
    let limitAttributes: [AttributeName] = [.accountUnlockTime]

    /// The server goes by the first value: {true, false} locks, {false, true} does not, and neither do
    /// `yes`, `1` and `trueish`, though all of them are accepted.
    func state(of entry: Entry, at now: Timestamp) -> AccountState? {
        let locks = entry[.nsAccountLock]
        if let first = locks.first, first.equalsIgnoringCase("true") {
            return .disabled(because: "nsAccountLock: \(first.text ?? "true")")
        }
        // The role that holds all other inactivated roles (ns-inactivate.pl, dsidm account lock).
        for role in entry.texts(.nsRole) where DN(role)?.firstRDN == Dialect.disabledRole {
            return .disabled(because: "nsRole: \(role)")
        }
        return .enabled
    }

    /// Never adds: two values together still bind.
    func disable(_ entry: Entry, at now: Timestamp, hasEndTime: Bool) -> [Modification]? {
        let locks = entry[.nsAccountLock]
        return locks.count == 1 && locks[0].equalsIgnoringCase("true")
            ? [] : [Modification(replacing: .nsAccountLock, with: "true")]
    }

    /// 389 writes 19700101000000Z where only an administrator ends it (its Administration Guide,
    /// Configuring the Account Lockout Policy).
    func readLimits(of entry: Entry, into limits: inout AccountLimits) {
        guard let text = entry.first(.accountUnlockTime),
            let end = Timestamp(generalizedTime: text)
        else { return }
        limits.lockedOut = "accountUnlockTime: \(text)"
        if end != Timestamp(seconds: 0) { limits.lockoutEnds = end }
    }

    /// A role that inactivates does so by the class of service that computes nsAccountLock, and no other way.
    func isCountedDisabled(_ entry: Entry) -> Bool {
        entry[.nsAccountLock].first?.equalsIgnoringCase("true") == true
    }

    /// 389's slapi_check_account_lock looks at it only under a policy with passwordLockout.
    func lockOut(of entry: Entry, at now: Timestamp) -> LockOut {
        var limits = AccountLimits()
        readLimits(of: entry, into: &limits)
        guard let what = limits.lockedOut else { return .none }
        if let end = limits.lockoutEnds, end <= now { return .none }
        return .byPolicy(.switched(end: limits.lockoutEnds, what))
    }
}

extension Entry {
    /// The first of its roles that inactivates its account.
    package var inactivatedRole: String? {
        texts(.nsRole).first { text in
            DN(text).map { Dialect.isInactivation(role: $0) } ?? false
        }
    }
}

extension DN {
    /// The suffix that this entry of 389's configuration is the replica of, however that is spelt there.
    ///
    /// `cn=replica,cn=dc\3Dexample\2Cdc\3Dcom,cn=mapping tree,cn=config`, or `"dc=Example, dc=com"` in the place
    /// of the suffix: as whoever made the backend wrote it.
    package var replicatedSuffix: DN? {
        let rdns = rdns
        guard rdns.count == 4, rdns[0] == RDN("cn=replica"), rdns[2] == RDN("cn=mapping tree")
        else { return nil }
        return rdns[1].pairs.first?.value.text.flatMap { DN($0) }
    }
}

extension AttributeName {
    /// Red Hat Directory Server, Configuration and Schema Reference; nsRole: Administration Guide.
    static let nsAccountLock = AttributeName(trusted: "nsAccountLock")
    static let accountUnlockTime = AttributeName(trusted: "accountUnlockTime")
    package static let nsRole = AttributeName(trusted: "nsRole")
    /// The managed roles that an entry has been given (Administration Guide, Using Roles).
    package static let nsRoleDN = AttributeName(trusted: "nsRoleDN")
}
