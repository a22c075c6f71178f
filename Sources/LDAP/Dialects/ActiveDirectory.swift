internal import Ground

extension Dialect {
    /// Active Directory: as Microsoft specifies it, and measured on Samba 4.17.12 (Debian 12).
    package static let activeDirectory = Dialect(
        .activeDirectory,
        // LDAP_CAP_ACTIVE_DIRECTORY_OID, [MS-ADTS] 3.1.1.3.4.3.1; AD LDS does not have it. Everybody may
        // read it, so that nobody has to look at the schema.
        marks: Marks { server in
            server.entry.texts(AttributeName(trusted: "supportedCapabilities"))
                .contains("1.2.840.113556.1.4.800")
        },
        account: AccountControl(),
        // [MS-ADA3].
        id: AttributeName(trusted: "objectGUID"), .guidOctets,
        // [MS-ADTS] 3.1.1.3.1.2.4; Samba refers every search by id below the domain's root elsewhere.
        namesEntriesByID: true,
        // Either of them will do at a sign-in ([MS-ADTS] 5.1.1.1.1).
        loginNames: [.userPrincipalName, .sAMAccountName],
        // An absent member of a group that is deleted, a present one that is added.
        answers: Answers(absent: .unwillingToPerform, present: .entryAlreadyExists),
        // Its classes of groups need no member.
        allowsEmptyGroups: true, emptyGroups: .memberOf,
        // [MS-ADA1]: Administrator, Guest and krbtgt; computers are users, too, by their class.
        impersonalAccounts: .or([
            .equal(AttributeName(trusted: "isCriticalSystemObject"), AttributeValue("TRUE")),
            .equal(AttributeName(trusted: "objectClass"), AttributeValue("computer")),
        ]),
        hasPrimaryGroups: true,
        emptiesGroupsUntold: true,
        // [MS-ADTS] 3.1.1.4.5: modifyTimestamp is constructed, and the number is what is written.
        changes: .updateNumbers,
        // [MS-ADTS] 3.1.1.3.2: in the root DSE.
        clock: ("", "currentTime"),
        // [MS-ADTS] 3.1.1.3.1.3.3.
        returnsRanges: true,
        hasDomains: true,
        rights: .allowedAttributes,
        grant: { "Delegate Write \($0) to the account." },
        // 49, with data 533.
        refusal: .always("a disabled account"),
        alwaysShowsState: true)
}

/// One bit of `userAccountControl`, whose others have to be kept.
private struct AccountControl: AccountRules {
    let attributes: [AttributeName] = [.userAccountControl]
    let limitAttributes: [AttributeName] = [.accountExpires, .lockoutTime]

    func state(of entry: Entry, at now: Timestamp) -> AccountState? {
        UserAccountControl(entry).map {
            $0.isDisabled ? .disabled(because: "userAccountControl: \($0.rawValue)") : .enabled
        }
    }

    func disable(_ entry: Entry, at now: Timestamp, hasEndTime: Bool) -> [Modification]? {
        UserAccountControl(entry).map { $0.change(to: $0.disabled) }
    }

    func enable(_ own: Entry, prior: Entry, written: [Modification]) -> Enabling? {
        guard let control = UserAccountControl(own) else { return nil }
        let wasDisabled = UserAccountControl(prior)?.isDisabled ?? false
        return Enabling(wasDisabled ? [] : control.change(to: control.enabled))
    }

    func readLimits(of entry: Entry, into limits: inout AccountLimits) {
        limits.expiresAt = Self.instant(entry.first(.accountExpires))
        limits.lockedOut = Self.instant(entry.first(.lockoutTime)).map {
            "lockoutTime: \($0.rfc3339), for as long as the domain's lockoutDuration says"
        }
    }

    let lockOutAttributes: [AttributeName] = [.computedControl]

    /// [MS-ADTS] 3.1.1.4.5.17: the server holds lockoutTime against the lockoutDuration that counts for
    /// the account.
    func lockOut(of entry: Entry, at now: Timestamp) -> LockOut {
        if let text = entry.first(.computedControl), let flags = Int32(text) {
            return flags & Self.lockedOut == 0
                ? .none : .holds("\(AttributeName.computedControl): \(text)")
        }
        return Self.instant(entry.first(.lockoutTime)).map {
            .untold("lockoutTime: \($0.rfc3339)")
        } ?? .none
    }

    /// ADS_UF_LOCKOUT.
    private static let lockedOut: Int32 = 0x10

    /// A number of ten millionths of a second since 1601 ([MS-ADA1] 2.1, [MS-DTYP] 2.3.3); 0 and the
    /// largest: never.
    private static func instant(_ text: String?) -> Timestamp? {
        guard let ticks = text.flatMap({ Int64($0) }), ticks > 0, ticks < .max else { return nil }
        return Timestamp(seconds: ticks / 10_000_000 - 11_644_473_600)
    }
}

/// The account's flags ([MS-ADTS] 2.2.16), a signed number of 32 bits.
private struct UserAccountControl: Hashable {
    let rawValue: Int32

    init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// nil unless the entry shows exactly one, and it is a number of 32 bits.
    init?(_ entry: Entry) {
        let values = entry[.userAccountControl]
        guard values.count == 1, let text = values[0].text, let number = Int32(text) else {
            return nil
        }
        rawValue = number
    }

    /// ADS_UF_ACCOUNTDISABLE.
    private static let accountDisabled: Int32 = 0x2

    var isDisabled: Bool { rawValue & Self.accountDisabled != 0 }
    var disabled: UserAccountControl { .init(rawValue: rawValue | Self.accountDisabled) }
    var enabled: UserAccountControl { .init(rawValue: rawValue & ~Self.accountDisabled) }
    private var value: AttributeValue { AttributeValue(String(rawValue)) }

    /// Deletes the old value by name, so that a server that checks (Samba does not always) refuses
    /// with 16 when somebody changed another bit meanwhile; read back all the same.
    func change(to new: UserAccountControl) -> [Modification] {
        guard self != new else { return [] }
        return [
            Modification(.delete, .userAccountControl, [value]),
            Modification(.add, .userAccountControl, [new.value]),
        ]
    }
}

extension AttributeName {
    /// [MS-ADTS] 2.2.16.
    static let userAccountControl = AttributeName(trusted: "userAccountControl")
    /// [MS-ADA1] 2.1 and 2.371.
    static let accountExpires = AttributeName(trusted: "accountExpires")
    static let lockoutTime = AttributeName(trusted: "lockoutTime")
    /// [MS-ADA2]; constructed, so that no filter may name it.
    static let computedControl = AttributeName(trusted: "msDS-User-Account-Control-Computed")
    /// [MS-ADA3].
    package static let userPrincipalName = AttributeName(trusted: "userPrincipalName")
    package static let sAMAccountName = AttributeName(trusted: "sAMAccountName")
}
