/// The data of a plainly fictional organisation, as LDIF.
///
/// Below `dc=example,dc=com`: `ou=people` (`uid=ada` …), `ou=groups` (`cn=staff` …), `ou=services`
/// with the service account, `ou=policies` with `cn=default` and `cn=nolock`, and an empty `ou=left`.
package struct SampleOrganisation: Sendable {
    package static let suffix = "dc=example,dc=com"

    package var people = 12
    /// The first is `cn=staff` with everybody, the second `cn=vpn-users` with the first person alone.
    package var groups = 4
    /// Members of each group from the third on: every third person, another third each time.
    package var passwords = true
    package var policies = true
    package var lockout = true
    /// Whether people carry `memberOf`: slapadd runs no overlay that would write it.
    package var memberOf = false

    package init(people: Int = 12, groups: Int = 4) {
        self.people = people
        self.groups = groups
    }

    init(options: SlapdOptions) {
        switch options.policy {
        case .notLoaded: policies = false
        case .noOverlay, .noDefault: break
        case .inEffect(let lockout): self.lockout = lockout
        }
        memberOf = options.memberOf
    }

    private static let firstNames = [
        "Ada", "Ben", "Cleo", "Dora", "Emil", "Finn", "Gwen", "Hugo", "Ines", "Jon", "Kira", "Lars",
    ]
    private static let lastNames = ["Sample", "Example", "Placeholder", "Specimen", "Testperson"]

    /// `ada`, `ben` … and from the thirteenth on `u00013`.
    package static func username(_ index: Int) -> String {
        guard index >= firstNames.count else { return firstNames[index].lowercased() }
        let digits = String(index + 1)
        return "u" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    }

    package static func person(_ username: String) -> String {
        "uid=\(username),ou=people,\(suffix)"
    }

    package static func group(_ name: String) -> String {
        "cn=\(name),ou=groups,\(suffix)"
    }

    package static func password(of username: String) -> String {
        "password-of-\(username)"
    }

    package var ldif: String {
        var text = frame
        for index in 0..<people { text += person(index) }
        for index in 0..<groups { text += group(index) }
        return text
    }

    package static func groupName(_ index: Int) -> String {
        switch index {
        case 0: "staff"
        case 1: "vpn-users"
        default: "project-\(index - 1)"
        }
    }

    private func members(of group: Int) -> [Int] {
        Self.members(of: group, people: people)
    }

    static func members(of group: Int, people: Int) -> [Int] {
        switch group {
        case 0: Array(0..<people)
        case 1: [0]
        default: Array(stride(from: group % 3, to: max(people, group % 3 + 1), by: 3))
        }
    }

    private func person(_ index: Int) -> String {
        let username = Self.username(index)
        let first = index < Self.firstNames.count ? Self.firstNames[index] : "Person\(index + 1)"
        let last = Self.lastNames[index % Self.lastNames.count]
        var text = """
            dn: \(Self.person(username))
            objectClass: inetOrgPerson
            uid: \(username)
            cn: \(first) \(last)
            givenName: \(first)
            sn: \(last)
            displayName: \(first) \(last)
            mail: \(username)@example.com
            employeeNumber: \(10_000 + index)
            title: Tester
            departmentNumber: \(index % 7)

            """
        if passwords { text += "userPassword: \(Self.password(of: username))\n" }
        if memberOf {
            for group in 0..<groups where members(of: group).contains(index) {
                text += "memberOf: \(Self.group(Self.groupName(group)))\n"
            }
        }
        return text + "\n"
    }

    private func group(_ index: Int) -> String {
        let name = Self.groupName(index)
        let head = "dn: \(Self.group(name))\nobjectClass: groupOfNames\ncn: \(name)\n"
        let lines = members(of: index).map { "member: \(Self.person(Self.username($0)))\n" }
        return head + lines.joined() + "\n"
    }

    private var frame: String {
        let units = ["people", "groups", "services", "policies", "left"]
        return """
            dn: \(Self.suffix)
            objectClass: organization
            objectClass: dcObject
            o: Example Organisation
            dc: example


            """ + units.map(unit).joined() + service + (policies ? policyEntries : "")
    }

    private func unit(_ name: String) -> String {
        "dn: ou=\(name),\(Self.suffix)\nobjectClass: organizationalUnit\nou: \(name)\n\n"
    }

    private var service: String {
        """
        dn: \(Slapd.serviceDN)
        objectClass: organizationalRole
        objectClass: simpleSecurityObject
        cn: lockstep
        userPassword: \(Slapd.servicePassword)


        """
    }

    private var policyEntries: String {
        policy("default", lockout: lockout) + policy("nolock", lockout: false)
    }

    private func policy(_ name: String, lockout: Bool) -> String {
        """
        dn: cn=\(name),ou=policies,\(Self.suffix)
        objectClass: device
        objectClass: pwdPolicy
        cn: \(name)
        pwdAttribute: userPassword
        pwdLockout: \(lockout ? "TRUE" : "FALSE")


        """
    }
}
