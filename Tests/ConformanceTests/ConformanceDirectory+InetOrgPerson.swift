import Fixtures

/// The tree of ``SampleOrganisation``, as OpenLDAP and 389 have it.
extension ConformanceDirectory {
    var left: String { "ou=left,\(SampleOrganisation.suffix)" }

    func person(_ username: String) -> String { SampleOrganisation.person(username) }
    func group(_ name: String) -> String { SampleOrganisation.group(name) }
    func password(of username: String) -> String {
        SampleOrganisation.password(of: username)
    }
    var strangeUsername: String { "zoe o'neil (x) *,\\+\"1\" #" }
    func rdn(_ username: String) -> String { "uid=\(username)" }

    func setServicePassword(_ password: String) throws {
        try server.modify(
            """
            dn: \(Slapd.serviceDN)
            changetype: modify
            replace: userPassword
            userPassword: \(password)

            """)
    }

    func ldif(person username: String, rdn: String) -> String {
        """
        dn: \(rdn),ou=people,\(SampleOrganisation.suffix)
        objectClass: inetOrgPerson
        uid: \(username)
        cn: Zoë \(username)
        sn: Ström-Sample
        mail: someone@example.com
        userPassword: \(password(of: "someone"))


        """
    }

    func ldif(group name: String, members: [String]) -> String {
        "dn: \(group(name))\nobjectClass: groupOfNames\ncn: \(name)\n"
            + members.map { "member: \($0)\n" }.joined() + "\n"
    }

    func makeStrangers(_ count: Int) -> [String] {
        (0..<count).map { "uid=stranger-\($0),ou=people,\(SampleOrganisation.suffix)" }
    }
}
