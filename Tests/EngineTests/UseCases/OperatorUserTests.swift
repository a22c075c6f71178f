import Fixtures
import Ground
import Testing

/// Which user an operator is: looked up once, remembered, and closed where nobody is found.
@Suite struct OperatorUserTests {
    private func lab(_ operators: String) throws -> LockLab {
        let lab = try LockLab()
        lab.configuration.top = """
            approval: {lock: true, unlock: true}
            operators:
              \(operators)
            """
        try lab.configure()
        try lab.sync()
        return lab
    }

    private let ask = ["lock", "ada", "--reason", "left-organization", "--yes"]

    @Test func `who changes their mail address in the directory stays the same person`() throws {
        let lab = try lab(
            """
            daemon: {may: [lock], is: ben@example.com}
              sys: {may: [approve], is: ben}
            """)
        _ = try lab.json(as: "daemon", ask, exit: 10)
        try lab.change(
            LockLab.person("ben"), "replace: mail\nmail: somebody.else@example.com")
        try lab.sync()
        let error = try lab.json(as: "sys", ["approve", "1", "--yes"], exit: 77)["error"]
        #expect(
            error?["message"]
                == "sys is the same person as daemon, who asked for it, and can't approve it too")
        #expect(lab.binds("ada"))
    }

    @Test func `who is nobody approves nothing, and check says so`() throws {
        let lab = try lab(
            """
            daemon: {may: [lock]}
              sys: {may: [approve], is: nobody-here}
            """)
        _ = try lab.json(as: "daemon", ask, exit: 10)
        let error = try lab.json(as: "sys", ["approve", "1", "--yes"], exit: 77)["error"]
        #expect(
            error?["message"]
                == "sys is “nobody-here” by the configuration, and there is no such user: nobody can tell whose request sys would approve"
        )
        #expect(
            error?["hint"]?.string
                == "An administrator can put `operators.sys.is` right in \(lab.folder.file("lockstep.yaml"))."
        )
        let lines = JSONValue(parsing: try lab.run("--json", "check").stdout)?.array ?? []
        let line = lines.first { $0["check"] == "operators" }
        #expect(line?["state"] == "warning")
        #expect(
            line?["message"]
                == "operators.sys.is names “nobody-here”, and there is no such user: sys can approve nothing until it does"
        )
    }

    @Test func `a request of nobody's is approved by those alone who are no user`() throws {
        let lab = try lab(
            """
            daemon: {may: [lock], is: nobody-here}
              sys: {may: [approve], is: ben}
              bin: {may: [approve]}
            """)
        _ = try lab.json(as: "daemon", ask, exit: 10)
        _ = try lab.json(as: "sys", ["approve", "1", "--yes"], exit: 77)
        _ = try lab.json(as: "bin", ["approve", "1", "--yes"])
        #expect(!lab.binds("ada"))
    }

    @Test func `another name in the configuration is looked up anew`() throws {
        let lab = try lab(
            """
            daemon: {may: [lock], is: ben}
              sys: {may: [approve], is: ben}
            """)
        _ = try lab.json(as: "daemon", ask, exit: 10)
        _ = try lab.json(as: "sys", ["approve", "1", "--yes"], exit: 77)
        lab.configuration.top = lab.configuration.top.replacing(
            "sys: {may: [approve], is: ben}", with: "sys: {may: [approve], is: cleo}")
        try lab.configure()
        _ = try lab.json(as: "sys", ["approve", "1", "--yes"])
        #expect(!lab.binds("ada"))
    }
}
