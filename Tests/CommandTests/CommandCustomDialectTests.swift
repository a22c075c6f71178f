import Fixtures
import Ground
import Identity
import Testing

/// `dialect: custom`: the administrator's own attributes disable an entry, and the server's own rules
/// refuse who has them.
struct CommandCustomDialectTests {
    private let ada = SampleOrganisation.person("ada")
    private let password = SampleOrganisation.password(of: "ada")

    private func lab() throws -> CommandLab {
        let lab = try CommandLab {
            $0.policy = .notLoaded
            $0.access = [
                "to attrs=userPassword filter=(employeeType=left) "
                    + "by dn.exact=\"\(Slapd.serviceDN)\" manage by * none"
            ]
        }
        try lab.configure {
            $0.replacing("    users:\n", with: "    dialect: custom\n    users:\n")
        }
        return lab
    }

    @Test func `a lock writes them, is seen and refuses the bind, and an unlock takes them back`()
        throws
    {
        let lab = try lab()
        try lab.run("sync").succeeded(at: "sync")
        #expect(lab.server.binds(as: ada, password: password))
        let lock = try lab.json("lock", "ada", "--reason", "left-organization", "--yes")
        #expect(lock["outcome"] == "completed", "\(lock.text)")
        #expect(lock["enforced"] == "written")
        #expect(try lab.server.values("employeeType", of: ada) == ["left"])
        #expect(!lab.server.binds(as: ada, password: password))
        #expect(try lab.run("sync").exitCode == 0)
        #expect(try lab.json("show", "ada")["state"] == "locked")
        try lab.run("unlock", "ada", "--yes").succeeded(at: "unlock")
        #expect(lab.server.binds(as: ada, password: password))
        #expect(try lab.run("sync").exitCode == 0)
        #expect(try lab.json("show", "ada")["state"] == "active")
    }

    @Test func `a reason that writes nothing disables nobody, and says so`() throws {
        let lab = try lab()
        try lab.run("sync").succeeded(at: "sync")
        let lock = try lab.json("lock", "ada", "--reason", "misuse", "--yes")
        #expect(lock["outcome"] == "partial", "\(lock.text)")
        #expect(lock["enforced"] == .null)
        let check = try lab.check()
        #expect(check.exitCode == 78)
        #expect(
            check["reasons"] == [
                .init(
                    state: "failed",
                    message: "reasons.misuse writes nothing, and with dialect custom nothing else "
                        + "disables an entry. Write the attribute by which the server refuses a bind."
                )
            ])
    }
}
