import Fixtures

/// An account of no person, on which a check tries what a lock does.
enum Canary {
    static let dn = "uid=canary,ou=services,\(SampleOrganisation.suffix)"

    /// A directory with a canary, and a configuration that names it.
    static func lab(_ change: (inout SlapdOptions) -> Void = { _ in }) throws -> CommandLab {
        let lab = try CommandLab(change)
        try lab.server.add(
            """
            dn: \(dn)
            objectClass: inetOrgPerson
            uid: canary
            cn: Canary
            sn: Canary
            userPassword: canary-secret

            """)
        try lab.folder.write("canary-secret", to: "canary")
        try lab.configure(naming)
        return lab
    }

    static func naming(_ configuration: String) -> String {
        configuration.replacing(
            "    users:\n",
            with: "    canary: {dn: \"\(dn)\", passwordFile: canary}\n    users:\n")
    }

    static func isOpen(_ lab: CommandLab) throws -> Bool {
        try lab.server.values("pwdAccountLockedTime", of: dn) == []
            && lab.server.values("pwdEndTime", of: dn) == []
            && lab.server.binds(as: dn, password: "canary-secret")
    }
}
