import Fixtures
import Ground
import Testing

/// A slapd, a configuration and a store, and the built program to try on them.
final class CommandLab {
    let server: Slapd
    let folder: TemporaryFolder

    init(_ change: (inout SlapdOptions) -> Void = { _ in }) throws {
        server = try Slapd(change)
        folder = try TemporaryFolder("commands")
        try folder.write(Slapd.servicePassword, to: "password")
        try configure()
    }

    var store: String { folder.file("store.db") }
    var configuration: String { folder.file("lockstep.yaml") }

    /// Writes `lockstep.yaml`; `change` may do anything to its text.
    func configure(mode: Int = 0o600, _ change: (String) -> String = { $0 }) throws {
        try folder.write(change(yaml), to: "lockstep.yaml", mode: mode)
    }

    /// Writes it with a second directory on the same server.
    func configure(with name: String, base: String, filter: String) throws {
        try configure {
            $0.replacing(
                "reasons:\n",
                with: """
                      \(name):
                        uri: \(server.url)
                        bind: {dn: "\(Slapd.serviceDN)", passwordFile: password}
                        users:
                          base: \(base)
                          filter: \(filter)
                          map: {username: uid}
                    reasons:

                    """)
        }
    }

    /// Runs lockstep with this configuration, in the folder, without a terminal.
    @discardableResult
    func run(_ arguments: String..., input: String = "") throws -> FinishedProcess {
        try run(arguments, input: input)
    }

    @discardableResult
    func run(_ arguments: [String], input: String = "") throws -> FinishedProcess {
        try ChildProcess.run(
            Products.lockstep(), ["--config", configuration] + arguments,
            environment: ["TZ": "UTC", "XDG_STATE_HOME": folder.file("state")],
            input: Array(input.utf8), folder: folder.path)
    }

    /// The one document that a command prints with `--json`, whatever its exit code.
    func json(_ arguments: String...) throws -> JSONValue {
        let finished = try run(arguments + ["--json"])
        return try #require(
            JSONValue(parsing: finished.output), "\(finished.stdout)\(finished.stderr)")
    }

    /// Runs it, and what it says on stderr must be just this.
    func expect(
        _ arguments: String..., exit code: Int32, says errors: String,
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let finished = try run(arguments)
        #expect(finished.exitCode == code, sourceLocation: location)
        #expect(finished.stderr == errors, sourceLocation: location)
        #expect(finished.stdout == "", sourceLocation: location)
    }

    private var yaml: String {
        """
        store: store.db
        directories:
          hq:
            uri: \(server.url)
            bind: {dn: "\(Slapd.serviceDN)", passwordFile: password}
            users:
              base: ou=people,dc=example,dc=com
              filter: (objectClass=inetOrgPerson)
              map:
                username: uid
                givenName: givenName
                familyName: sn
                displayName: displayName
                mail: mail
                employeeNumber: employeeNumber
              attributes: [title]
              certificates: userCertificate;binary
            roles:
              base: ou=groups,dc=example,dc=com
              filter: (objectClass=groupOfNames)
              name: cn
              lastMember: {policy: placeholder, dn: "cn=nobody,dc=example,dc=com"}
        reasons:
          left-organization:
            text: The user quits the organization
            for: [lock]
            revocation: affiliationChanged
            write: {employeeType: left}
            recognise: {employeeType: left}
          misuse:
            text: The user misused a privilege
            for: [lock]
            revocation: privilegeWithdrawn

        """
    }
}
