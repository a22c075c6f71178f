import Fixtures
import Ground
import Testing

/// What drives the built program: a folder with the `lockstep.yaml` that it is given.
protocol DrivenProgram {
    var folder: TemporaryFolder { get }
    /// What its environment has besides.
    var environment: [String: String] { get }
}

extension DrivenProgram {
    var environment: [String: String] { [:] }

    /// Starts the program.
    ///
    /// `failAt`: where this debug build is to die, such as `step:3`.
    func start(
        _ arguments: [String], failAt: String? = nil, as login: String? = nil
    ) throws -> ChildProcess {
        var environment = environment
        environment["SUDO_USER"] = login
        environment["LOCKSTEP_FAIL_AT"] = failAt
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
