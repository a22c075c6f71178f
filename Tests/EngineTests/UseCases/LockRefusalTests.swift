import Fixtures
import Ground
import Identity
import Testing

@Suite struct LockRefusalTests {
    @Test(arguments: [
        ("nonsense", "there is no reason “nonsense”"),
        ("retired", "the reason “retired” is disabled"),
        ("holiday", "the reason “holiday” is not one to lock for"),
    ])
    func `a reason that won't do is refused`(_ reason: String, _ why: String) throws {
        let lab = try LockLab()
        try lab.sync()
        let events = try lab.audit().count
        let error = try lab.json("lock", "ada", "--reason", reason, "--yes", exit: 65)["error"]
        #expect(error?["message"]?.string == why)
        #expect(error?["hint"] == "Those that would do: left-organization, misuse.")
        #expect(error?["candidates"] == [])
        #expect(lab.binds("ada"))
        #expect(try lab.audit().count == events)
    }

    @Test func `nobody of that name is 67`() throws {
        let lab = try LockLab()
        try lab.sync()
        let error = try lab.json(
            "lock", "zoe", "--reason", "left-organization", "--yes", exit: 67)["error"]
        #expect(error?["exit"] == 67)
        #expect(error?["message"] == "there is no user “zoe”")
    }

    @Test func `a name of two is refused with both`() throws {
        let lab = try LockLab()
        try lab.addPerson("nina", "mail: shared@example.com")
        try lab.addPerson("nora", "mail: Shared@example.com")
        try lab.sync()
        let error = try lab.json(
            "lock", "shared@example.com", "--reason", "left-organization", "--yes", exit: 65)[
                "error"]
        let names = (error?["candidates"]?.array ?? []).compactMap { $0["username"]?.string }
        #expect(names.sorted() == ["nina", "nora"])
        #expect(error?["candidates"]?[0]?.object?.keys.sorted() == ["dn", "id", "username"])
        #expect(lab.binds("nina") && lab.binds("nora"))
    }

    @Test func `two unknown people of one name are refused with both`() throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.addPerson("nina", "mail: shared@example.com")
        try lab.addPerson("nora", "mail: shared@example.com")
        let error = try lab.json(
            "lock", "shared@example.com", "--reason", "left-organization", "--yes", exit: 65)[
                "error"]
        #expect(error?["candidates"]?.array?.count == 2)
        #expect(lab.binds("nina") && lab.binds("nora"))
    }

    @Test func `a name that belongs to another entry by now is refused with both`() throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.rename(LockLab.person("ada"), to: "uid=ada.old")
        try lab.change("uid=ada.old,ou=people,dc=example,dc=com", "delete: uid\nuid: ada")
        try lab.addPerson("ada")
        let error = try lab.json(
            "lock", "ada", "--reason", "left-organization", "--yes", exit: 65)["error"]
        #expect(error?["candidates"]?.array?.count == 2)
        #expect(lab.binds("ada"))
    }

    @Test func `a name that a known user has got meanwhile finds her`() throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.change(
            LockLab.person("ada"), "replace: mail\nmail: ada.married@example.com")
        #expect(try lab.lock("ada.married@example.com").outcome == "completed")
        #expect(!lab.binds("ada"))
    }

    @Test func `without a terminal yes is needed`() throws {
        let lab = try LockLab()
        try lab.sync()
        let end = try lab.run("--json", "lock", "ada", "--reason", "left-organization")
        #expect((end.exitCode, end.stdout) == (64, ""))
        #expect(lab.binds("ada"))
    }

    @Test func `with the directory down an unknown user is 69`() throws {
        let lab = try LockLab()
        try lab.sync()
        lab.proxy.set(.cut)
        let error = try lab.json(
            "lock", "zoe", "--reason", "left-organization", "--yes", exit: 69)["error"]
        #expect(error?["exit"] == 69)
    }
}
