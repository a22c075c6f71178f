internal import Ground

/// How one kind of server says that an account is disabled, and names its entries for ever.
package enum Dialect: String, Sendable, CaseIterable {
    case openldap
    case directoryServer389 = "389ds"
    case freeIPA = "freeipa"
    case activeDirectory
    case eDirectory
    case openDJ
    case pingDirectory
    case ibmSDS
    case custom

    /// How the value of `idAttribute` is written.
    enum IDForm {
        /// 8-4-4-4-12 hexadecimal digits.
        case uuidText
        /// Four groups of eight hexadecimal digits.
        case nsUniqueId
        /// 16 octets, the first three groups with the least octet first.
        case guidOctets
        /// 16 octets in the order in which they are shown.
        case octets
    }

    /// The attribute that names an entry for ever: operational, so ask for it by name.
    ///
    /// `entryUUID` is RFC 4530. 389 and FreeIPA have one too, but their content sync tells of
    /// `nsUniqueId`. eDirectory's is `GUID`, IBM's has a prefix; objectGUID is of [MS-ADA3].
    package var idAttribute: AttributeName {
        switch self {
        case .openldap, .openDJ, .pingDirectory, .custom: AttributeName(trusted: "entryUUID")
        case .directoryServer389, .freeIPA: AttributeName(trusted: "nsUniqueId")
        case .activeDirectory: AttributeName(trusted: "objectGUID")
        case .eDirectory: AttributeName(trusted: "GUID")
        case .ibmSDS: AttributeName(trusted: "ibm-entryUUID")
        }
    }

    var idForm: IDForm {
        switch self {
        case .openldap, .openDJ, .pingDirectory, .ibmSDS, .custom: .uuidText
        case .directoryServer389, .freeIPA: .nsUniqueId
        case .activeDirectory: .guidOctets
        case .eDirectory: .octets
        }
    }

    /// The attributes that `accountState(of:at:)` reads: ask for them by name, most are operational.
    package var accountAttributes: [AttributeName] {
        switch self {
        case .openldap: [.pwdAccountLockedTime, .pwdEndTime]
        case .directoryServer389, .freeIPA: [.nsAccountLock, .nsRole]
        case .activeDirectory: [.userAccountControl]
        case .eDirectory: [.loginDisabled]
        case .openDJ, .pingDirectory: [.dsPwpAccountDisabled]
        case .ibmSDS: [.ibmPwdAccountLocked]
        case .custom: []
        }
    }

    /// Those among them that the server may compute, whatever the entry itself has: see `Account`.
    package var computedAttributes: [AttributeName] {
        switch self {
        case .directoryServer389, .freeIPA: [.nsAccountLock]
        case .openldap, .activeDirectory, .eDirectory, .openDJ, .pingDirectory, .ibmSDS, .custom:
            []
        }
    }

    /// The attributes of an entry that give it roles, besides groups.
    package var roleAttributes: [AttributeName] {
        switch self {
        case .directoryServer389, .freeIPA: [.nsRoleDN, .nsRole]
        case .openldap, .activeDirectory, .eDirectory, .openDJ, .pingDirectory, .ibmSDS, .custom:
            []
        }
    }

    /// Whether a `groupOfNames` or `groupOfUniqueNames` may be without members, which RFC 4519, 3.5 and 3.6
    /// do not allow.
    ///
    /// 389's 00core.ldif has the members among what a group may have, PingDS' 00-core.ldif too (Schema
    /// Reference, groupOfNames), and PingDirectory is of its descent; Active Directory's group and
    /// eDirectory's (NDS Schema Reference, Group) need none.
    package var allowsEmptyGroups: Bool {
        switch self {
        case .directoryServer389, .freeIPA, .activeDirectory, .eDirectory, .openDJ, .pingDirectory:
            true
        case .openldap, .ibmSDS, .custom: false
        }
    }

    /// Whether a group of these classes must have a member, so that one which shows none hides them.
    package func requiresMember(classes: [String]) -> Bool {
        guard !allowsEmptyGroups else { return false }
        let folded = classes.map(\.asciiLowered)
        return folded.contains("groupofnames") || folded.contains("groupofuniquenames")
    }

    /// Whether this is one of the roles by which 389 inactivates an account: no role of a person,
    /// and taking it away would open the account.
    package static func isInactivation(role dn: DN) -> Bool {
        dn.firstRDN == disabledRole || dn.firstRDN == managedDisabledRole
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

extension AttributeName {
    /// draft-behera-ldap-password-policy-10, 5.3.3 and 5.3.9; slapo-ppolicy(5).
    static let pwdAccountLockedTime = AttributeName(trusted: "pwdAccountLockedTime")
    package static let pwdEndTime = AttributeName(trusted: "pwdEndTime")
    /// Red Hat Directory Server, Configuration and Schema Reference; nsRole: Administration Guide.
    static let nsAccountLock = AttributeName(trusted: "nsAccountLock")
    package static let nsRole = AttributeName(trusted: "nsRole")
    /// The managed roles that an entry has been given (Administration Guide, Using Roles).
    package static let nsRoleDN = AttributeName(trusted: "nsRoleDN")
    /// [MS-ADTS] 2.2.16.
    static let userAccountControl = AttributeName(trusted: "userAccountControl")
    /// NetIQ eDirectory: the LDAP name of `Login Disabled` (2.16.840.1.113719.1.1.4.1.40).
    ///
    /// Anything but true, and nothing at all, leaves the account enabled.
    static let loginDisabled = AttributeName(trusted: "loginDisabled")
    /// Of PingDS and OpenDJ, and of PingDirectory.
    ///
    /// PingDS, LDAP Schema Reference: "TRUE if the user's account has been disabled by an administrator"
    /// (of OpenDS, 1.3.6.1.4.1.26027.1.1.166). PingDirectory, Administration Guide: absent or false is
    /// enabled, and it may be written by a modify.
    static let dsPwpAccountDisabled = AttributeName(trusted: "ds-pwp-account-disabled")
    /// IBM Directory Server, Administration Guide, Overriding password policy and unlocking accounts.
    ///
    /// TRUE locks administratively, FALSE unlocks; who writes it needs the access class critical.
    static let ibmPwdAccountLocked = AttributeName(trusted: "ibm-pwdAccountLocked")
}
