import Fixtures

/// A domain controller of Active Directory, as Samba is one.
struct SambaDirectory: ConformanceDirectory {
    private let samba: Samba

    init(_ options: ConformanceOptions) throws {
        samba = try Samba {
            if let limit = options.sizeLimit { $0.changes = Self.limit(limit) }
        }
    }

    var server: any DirectoryServer { samba }
    var tlsURL: String { samba.tlsURL }
    var sample: String { "activedirectory.yaml" }
    var serviceDN: String { Samba.serviceDN }
    var servicePassword: String { Samba.servicePassword }
    var left: String { "OU=left,\(SambaOrganisation.suffix)" }
    /// NORMAL_ACCOUNT, and nothing else.
    var opening: String { "replace: userAccountControl\nuserAccountControl: 512\n" }
    var sizeLimit: SizeLimitEffect { .none }
    var emptied: [String] { [] }
    /// No `"[]:;|=+*?<>/\,` and no more than 20 characters ([MS-SAMR] 3.1.1.6).
    var strangeUsername: String { "zoe o'neil (x) & ~#" }

    func person(_ username: String) -> String { SambaOrganisation.person(username) }
    func group(_ name: String) -> String { SambaOrganisation.group(name) }
    func password(of username: String) -> String { SambaOrganisation.password(of: username) }
    func rdn(_ username: String) -> String { "CN=\(username)" }

    func ldif(person username: String, rdn: String) -> String {
        """
        dn: \(rdn),OU=people,\(SambaOrganisation.suffix)
        objectClass: user
        sAMAccountName: \(username)
        givenName: Zoë
        sn: Ström-Sample
        mail: someone@example.com
        unicodePwd:: \(SambaOrganisation.quoted(password(of: "someone")))
        userAccountControl: 512


        """
    }

    func ldif(group name: String, members: [String]) -> String {
        SambaOrganisation.ldif(group: name, members: members)
    }

    /// A member has to be there: they are the smallest entries that a group takes.
    func makeStrangers(_ count: Int) throws -> [String] {
        let names = (0..<count).map { "CN=stranger-\($0),\(left)" }
        try samba.load(names.map { "dn: \($0)\nobjectClass: contact\n\n" }.joined())
        return names
    }

    func isDisabled(_ dn: String) throws -> Bool {
        try samba.values("userAccountControl", of: dn) == ["514"]
    }

    /// Lets the reader write attributes, each by its schemaIDGUID, of what is below a unit.
    func delegate(_ attributes: [String], below unit: String) throws {
        try samba.delegate(attributes, below: unit, to: "reader")
    }

    var burst: Int { 500 }

    func setHidden(_ areHidden: Bool) throws {
        let unit = "OU=people,\(SambaOrganisation.suffix)"
        if areHidden {
            // Whoever may not list the unit's children is shown none of them.
            try samba.grant("(D;;LC;;;ACCOUNT)", on: unit, to: "lockstep")
        } else {
            try samba.takeBack("(D;;LC;;;ACCOUNT)", on: unit, from: "lockstep")
        }
    }

    func setServicePassword(_ password: String) throws {
        try samba.modify(
            """
            dn: \(Samba.serviceDN)
            changetype: modify
            replace: unicodePwd
            unicodePwd:: \(SambaOrganisation.quoted(password))

            """)
    }

    func setReadOnly(_ isReadOnly: Bool) throws { try samba.setReadOnly(isReadOnly) }

    /// LDIF of the domain's own limit to what one search gives ([MS-ADTS] 3.1.1.3.4.6).
    private static func limit(_ entries: Int) -> String {
        """
        dn: CN=Default Query Policy,CN=Query-Policies,CN=Directory Service,CN=Windows NT,\
        CN=Services,CN=Configuration,\(SambaOrganisation.suffix)
        changetype: modify
        replace: lDAPAdminLimits
        lDAPAdminLimits: MaxPageSize=\(entries)

        """
    }
}
