import Fixtures
import Ground
import Identity
import Testing

@Suite struct LockAgainTests {
    private let ada = LockLab.person("ada")

    @Test func `locking again changes nothing and shows the first lock`() throws {
        let lab = try LockLab()
        try lab.sync()
        let first = try lab.lock("ada")
        let entry = try lab.server.entry(ada)
        let events = try lab.audit()
        let again = try lab.lock("ada")
        #expect(again.outcome == "alreadyLocked")
        #expect((again.process, again.at) == (first.process, first.at))
        #expect(again.steps == first.steps)
        #expect(try lab.server.entry(ada) == entry)
        #expect(try lab.audit() == events)
    }

    @Test func `the plan of a locked user is empty`() throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.lock("ada")
        let plan = LockAnswer(
            json: try lab.json("lock", "ada", "--reason", "left-organization", "--dry-run"))
        #expect(plan.outcome == "alreadyLocked")
        #expect(plan.steps.isEmpty)
    }

    @Test func `what an administrator opened again is locked again`() throws {
        let lab = try LockLab()
        try lab.sync()
        let first = try lab.lock("ada")
        try lab.change(ada, "replace: userPassword\nuserPassword: new-password")
        try lab.change(ada, "delete: pwdEndTime")
        #expect(lab.server.binds(as: ada, password: "new-password"))
        try lab.change(LockLab.group("staff"), "add: member\nmember: \(ada)")
        let again = try lab.lock("ada")
        #expect(again.outcome == "alreadyLocked")
        #expect((again.process, again.at) == (first.process, first.at))
        #expect(!lab.server.binds(as: ada, password: "new-password"))
        #expect(try lab.groups(of: ada).isEmpty)
        #expect(try lab.show("ada")["lock"]?["at"]?.string == first.at)
        let plan = try lab.json("lock", "ada", "--reason", "left-organization", "--dry-run")
        #expect(LockAnswer(json: plan).steps.isEmpty)
        try lab.verifyAudit()
    }

    @Test func `a password reset alone opens nothing: the end time still stands`() throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.lock("ada")
        try lab.change(ada, "replace: userPassword\nuserPassword: new-password")
        #expect(try lab.server.values("pwdAccountLockedTime", of: ada).isEmpty)
        #expect(!lab.server.binds(as: ada, password: "new-password"))
        #expect(try lab.lock("ada").enforced == "written")
    }

    @Test func `another reason is refused`() throws {
        let lab = try LockLab()
        try lab.sync()
        let first = try lab.lock("ada")
        let events = try lab.audit().count
        let error = try lab.json("lock", "ada", "--reason", "misuse", "--yes", exit: 65)["error"]
        #expect(error?["exit"] == 65)
        #expect(
            error?["message"]?.string?.hasPrefix(
                "ada is locked already, for left-organization (The user quits the organization), at "
                    + "\(first.at ?? "") by ") == true)
        let sentence = try ChildProcess.run(
            Products.lockstep(),
            [
                "--config", lab.folder.file("lockstep.yaml"), "lock", "ada", "--reason", "misuse",
                "--yes",
            ], environment: ["TZ": "Asia/Tokyo"]
        ).stderr
        #expect(sentence.contains(" JST by "), "\(sentence)")
        #expect(try lab.server.values("employeeType", of: ada) == ["left"])
        #expect(try lab.audit().count == events)
    }
}
