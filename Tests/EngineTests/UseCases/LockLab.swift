import Fixtures
import Identity
import Testing

/// A slapd, a configuration and a store, and the built program that is driven against them.
///
/// The program reaches the server through `proxy` alone; the service account may read everything
/// and write what a lock writes, nothing else.
final class LockLab {
    let server: Slapd
    let proxy: TCPProxy
    let folder: TemporaryFolder
    /// What stands in lockstep.yaml; ``configure()`` writes it anew.
    var configuration = LockConfiguration()

    init(_ change: (inout SlapdOptions) -> Void = { _ in }) throws {
        var options = SlapdOptions()
        options.access = Self.access
        change(&options)
        server = try Slapd(options)
        proxy = try TCPProxy(to: server.port)
        folder = try TemporaryFolder("lock")
        try folder.write(Slapd.servicePassword, to: "hq.password")
        try configure()
    }

    /// What the service account needs, and what lets people bind.
    static let access = [
        "to attrs=userPassword by self write by anonymous auth by * none",
        "to dn.subtree=\"ou=people,\(SampleOrganisation.suffix)\""
            + " attrs=pwdAccountLockedTime,pwdEndTime,employeeType,description,roomNumber"
            + " by dn.exact=\"\(Slapd.serviceDN)\" write by * read",
        "to dn.subtree=\"ou=left,\(SampleOrganisation.suffix)\""
            + " attrs=pwdAccountLockedTime,pwdEndTime,employeeType,description,roomNumber"
            + " by dn.exact=\"\(Slapd.serviceDN)\" write by * read",
        "to attrs=member,uniqueMember,memberUid"
            + " by dn.exact=\"\(Slapd.serviceDN)\" write by * read",
        "to * by * read",
    ]

    func configure() throws {
        try folder.write(configuration.text(url: proxy.url), to: "lockstep.yaml")
    }

    /// Starts the program.
    ///
    /// `failAt`: where this debug build is to die, such as `step:3`.
    func start(
        _ arguments: [String], failAt: String? = nil, as login: String? = nil
    ) throws -> ChildProcess {
        var environment: [String: String] = [:]
        environment["LOCKSTEP_FAIL_AT"] = failAt
        environment["SUDO_USER"] = login
        return try ChildProcess(
            try Products.lockstep(), ["--config", folder.file("lockstep.yaml")] + arguments,
            environment: environment)
    }

    /// Runs the program to its end.
    func run(_ arguments: String...) throws -> FinishedProcess {
        try start(arguments).wait()
    }

    /// Runs it with `--json` and holds it to its exit code.
    @discardableResult
    func json(
        _ arguments: String..., exit: Int32 = 0, at location: SourceLocation = #_sourceLocation
    ) throws -> JSONValue {
        let end = try start(["--json"] + arguments).wait()
        #expect(end.exitCode == exit, "\(end.stdout)\(end.stderr)", sourceLocation: location)
        return try #require(
            JSONValue(parsing: end.stdout), "\(end.stderr)", sourceLocation: location)
    }

    /// Runs it and holds it to its exit code.
    func succeed(
        _ arguments: String..., exit: Int32 = 0, at location: SourceLocation = #_sourceLocation
    ) throws {
        let end = try start(arguments).wait()
        #expect(end.exitCode == exit, "\(end.stdout)\(end.stderr)", sourceLocation: location)
    }

    func sync(at location: SourceLocation = #_sourceLocation) throws {
        try json("sync", at: location)
    }

    @discardableResult
    func lock(
        _ user: String, reason: String = "left-organization", exit: Int32 = 0,
        at location: SourceLocation = #_sourceLocation
    ) throws -> LockAnswer {
        LockAnswer(
            json: try json("lock", user, "--reason", reason, "--yes", exit: exit, at: location))
    }

    /// The processes that a retry went on with.
    @discardableResult
    func retry(exit: Int32 = 0, at location: SourceLocation = #_sourceLocation) throws
        -> [LockAnswer]
    {
        (try json("retry", exit: exit, at: location).array ?? []).map { LockAnswer(json: $0) }
    }

    func show(_ user: String) throws -> JSONValue { try json("show", user) }

    func audit() throws -> [JSONValue] { try json("audit").array ?? [] }

    /// Holds the audit chain to be whole.
    func verifyAudit(at location: SourceLocation = #_sourceLocation) throws {
        #expect(try json("audit", "verify", at: location)["ok"] == true, sourceLocation: location)
    }
}
