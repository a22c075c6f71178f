package import Ground

extension Dialect {
    /// What the entry shows of its account at that instant.
    ///
    /// An absent attribute shows as `.enabled` where that is the dialect's way to say so; whether
    /// it is absent or only hidden from this bind DN can't be told from one entry. nil where nothing
    /// can be said: Active Directory without a readable `userAccountControl`, and a custom dialect.
    package func accountState(of entry: Entry, at now: Timestamp) -> AccountState? {
        switch self {
        case .openldap:
            Self.openldapState(entry, at: now)
        case .directoryServer389, .freeIPA:
            Self.accountLockState(entry)
        case .activeDirectory:
            UserAccountControl(entry).map {
                $0.isDisabled ? .disabled(because: "userAccountControl: \($0.rawValue)") : .enabled
            }
        case .eDirectory:
            Self.flag(.loginDisabled, entry)
        case .openDJ, .pingDirectory:
            Self.flag(.dsPwpAccountDisabled, entry)
        case .ibmSDS:
            Self.flag(.ibmPwdAccountLocked, entry)
        case .custom:
            nil
        }
    }

    /// 000001010000Z locks for ever, any other time only for a while (draft-behera-ldap-password-
    /// policy-10, 5.3.3); from pwdEndTime on no bind succeeds (5.3.9).
    private static func openldapState(_ entry: Entry, at now: Timestamp) -> AccountState {
        for name in [AttributeName.pwdAccountLockedTime, .pwdEndTime] {
            for text in entry.texts(name) {
                guard let time = Timestamp(generalizedTime: text) else { continue }
                if name == .pwdEndTime ? time <= now : time == permanentLock {
                    return .disabled(because: "\(name): \(text)")
                }
            }
        }
        return .enabled
    }

    /// The server goes by the first value: {true, false} locks, {false, true} does not, and neither do
    /// `yes`, `1` and `trueish`, though all of them are accepted (seen on 389 2.3.1).
    private static func accountLockState(_ entry: Entry) -> AccountState {
        let locks = entry[.nsAccountLock]
        if let first = locks.first, first.equalsIgnoringCase("true") {
            return .disabled(because: "nsAccountLock: \(first.text ?? "true")")
        }
        // The role that holds all other inactivated roles (ns-inactivate.pl, dsidm account lock).
        for role in entry.texts(.nsRole) where DN(role)?.firstRDN == disabledRole {
            return .disabled(because: "nsRole: \(role)")
        }
        return .enabled
    }

    private static func flag(_ name: AttributeName, _ entry: Entry) -> AccountState {
        for value in entry[name] where value.equalsIgnoringCase("true") {
            return .disabled(because: "\(name): \(value.text ?? "true")")
        }
        return .enabled
    }

    static let disabledRole = RDN("cn=nsDisabledRole")
    static let managedDisabledRole = RDN("cn=nsManagedDisabledRole")

    /// 0000-01-01T00:00Z: slapd compares the instant, not how it is written.
    static let permanentLock = Timestamp.earliest
}
