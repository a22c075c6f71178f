import Fixtures

/// The lockstep.yaml of a lock's test.
struct LockConfiguration {
    var lastMember = "{policy: placeholder, dn: \"cn=nobody,dc=example,dc=com\"}"
    var keep = "[]"
    var usersFilter = "(objectClass=inetOrgPerson)"
    var rolesBase = "ou=groups,dc=example,dc=com"
    var rolesFilter =
        "(|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames)(objectClass=posixGroup))"
    /// Without role groups nothing below `roles` is written.
    var hasRoles = true
    /// Lines below `hq`.
    var more = "timeout: {connect: 2s, operation: 10s}"
    /// Other directories.
    var directories = ""
    /// Lines at the top.
    var top = ""
    /// Servers that stand before the lab's own.
    var urlsBefore: [String] = []
    /// The URL of a second directory, `branch`.
    var second: String?
    /// What `left-organization` is for.
    var useCases = "lock"
    /// Lines below `left-organization`.
    var recognise = ""
    /// Lines below `cleared`.
    var unlockEnabled = ""
    var write = """
        employeeType: left
              description: "Locked {now|date} by {operator}: {reason.text}"
        """

    func text(url: String) -> String {
        """
        store: store.db
        directories:
          hq:
            uri: [\((urlsBefore + [url]).map { "\"\($0)\"" }.joined(separator: ", "))]
            bind: {dn: "\(Slapd.serviceDN)", passwordFile: hq.password}
            users:
              base: ["ou=people,dc=example,dc=com", "ou=left,dc=example,dc=com"]
              filter: \(usersFilter)
              map:
                username: uid
                givenName: givenName
                familyName: sn
                displayName: [displayName, cn]
                mail: "{mail|lowercase}"
                employeeNumber: employeeNumber
        \(roles)    \(more)
        \(directories)
        \(branch)\(top)
        reasons:
          left-organization:
            text: The user quits the organization
            for: [\(useCases)]
            revocation: affiliationChanged
            write:
              \(write)
            \(recognise)
          misuse:
            text: Misuse
            for: [lock]
            revocation: privilegeWithdrawn
            write: {employeeType: misuse}
          retired:
            text: No longer in use
            for: [lock]
            revocation: superseded
            enabled: false
          holiday:
            text: On holiday
            for: [deactivate]
          back:
            text: Back again
            for: [reactivate, unlock]
          cleared:
            text: Cleared
            for: [unlock]
            \(unlockEnabled)

        """
    }

    private var roles: String {
        guard hasRoles else { return "" }
        return """
                roles:
                  base: \(rolesBase)
                  filter: \(rolesFilter)
                  name: cn
                  keep: \(keep)
                  lastMember: \(lastMember)

            """
    }

    private var branch: String {
        guard let second else { return "" }
        return """
              branch:
                uri: "\(second)"
                bind: {dn: "\(Slapd.serviceDN)", passwordFile: hq.password}
                users:
                  base: ou=people,dc=example,dc=com
                  filter: (objectClass=inetOrgPerson)
                  map: {username: uid, mail: mail, employeeNumber: employeeNumber}

            """
    }
}
