import Fixtures
import Ground
import Testing

/// A Samba domain, a configuration and a store, and the built program that is driven against them.
final class SambaLab: DrivenProgram {
    let server: Samba
    let folder: TemporaryFolder
    /// Lines of `lockstep.yaml`; ``configure()`` writes it anew.
    var bindDN = Samba.serviceDN
    var password = Samba.servicePassword
    var bind: String?
    var url: String
    var tls = ""
    var usersBase = "OU=people,\(SambaOrganisation.suffix)"
    var usersFilter = "(&(objectCategory=person)(objectClass=user))"
    var rolesBase = "OU=groups,\(SambaOrganisation.suffix)"
    var strategy = "auto"
    var environment: [String: String] = [:]
    /// At the end of `hq`.
    var more = "missing: {then: lock, reason: left-organization}"

    init(_ change: (inout SambaOptions) -> Void = { _ in }) throws {
        server = try Samba(change)
        folder = try TemporaryFolder("ad")
        url = server.url
        try configure()
    }

    func configure() throws {
        try folder.write(password, to: "hq.password")
        try folder.write(yaml, to: "lockstep.yaml")
    }

    private var yaml: String {
        """
        store: store.db
        directories:
          hq:
            uri: \(url)
            \(tls)
            bind: \(bind ?? "{dn: \"\(bindDN)\", passwordFile: hq.password}")
            users:
              base: \(usersBase)
              filter: \(usersFilter)
              map:
                username: sAMAccountName
                givenName: givenName
                familyName: sn
                displayName: [displayName, cn]
                mail: "{mail|lowercase}"
                employeeNumber: employeeNumber
              attributes: [title, userPrincipalName]
              certificates: userCertificate
            roles: {base: "\(rolesBase)", filter: (objectClass=group), name: cn}
            sync: {strategy: \(strategy)}
            limits: {missing: 50%, disabled: 50%, reenabled: 50%}
            \(more)
        reasons:
          left-organization:
            text: The user quits the organization
            for: [lock]
            revocation: affiliationChanged
            write: {employeeType: left, description: "Locked {now|date}: {reason.text}"}
            recognise: {employeeType: left}
          pause:
            text: Away for a while
            for: [deactivate, reactivate]
          back:
            text: Is back
            for: [unlock, reactivate]

        """
    }

    /// What `sync --json` says of the one directory.
    func directory(
        _ arguments: String..., exit: Int32 = 0, at location: SourceLocation = #_sourceLocation
    ) throws -> JSONValue {
        let end = try start(["--json", "sync"] + arguments).wait()
        #expect(end.exitCode == exit, "\(end.stdout)\(end.stderr)", sourceLocation: location)
        let answer = try #require(
            JSONValue(parsing: end.stdout), "\(end.stderr)", sourceLocation: location)
        return try #require(answer["directories"]?.array?.first, sourceLocation: location)
    }

    func control(_ username: String) throws -> String? {
        try server.values("userAccountControl", of: SambaOrganisation.person(username)).first
    }

    func groups(of username: String) throws -> [String] {
        try server.values("memberOf", of: SambaOrganisation.person(username)).sorted()
    }

    func binds(_ username: String) -> Bool {
        server.binds(
            as: SambaOrganisation.person(username),
            password: SambaOrganisation.password(of: username))
    }
}
