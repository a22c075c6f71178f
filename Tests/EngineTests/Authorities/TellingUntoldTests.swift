import Fixtures
import Ground
import Identity
import Testing

/// What became of certificates before anybody told their CA is named, and told when somebody asks for it.
@Suite struct TellingUntoldTests {
    @Test func `what was revoked before the CA was told is told by a retry, and by no sync`() throws
    {
        let lab = try TellLab()
        try lab.configure()
        try lab.sync()
        let (ada, ben) = (try lab.issue("ada"), try lab.issue("ben"))
        // Dora's came from the CA as revoked.
        try lab.ca.issue("dora")
        try lab.succeed("credential", "add", "dora", "--kind", "card", "--serial", "D1")
        try lab.succeed(
            "certificate", "import", lab.ca.file("dora", "pem"), "--credential", "D1", "--state",
            "revoked", "--reason", "superseded", "--at", "2026-02-03T04:05:06Z")
        let locked = try lab.lock("ada")
        #expect(
            locked.findings("remaining").contains(
                "certificate | \(ada) | revoked in Lockstep's records: others accept it until the CA "
                    + "has been told"))
        try lab.succeed("credential", "lock", "card-ben", "--reason", "misuse", "--yes")
        #expect(try lab.json("authorities")[0]?["untold"] == 0)

        try lab.tellByProgram()
        try lab.configure()
        try lab.sync()
        try lab.sync()
        #expect(try lab.requests() == [])
        #expect(try lab.json("authorities")[0]?["untold"] == 2)
        let sentence =
            "lighthouse: 2 certificates were revoked or put on hold here, and nobody has told it"
        let needs = try lab.json("status")["attention"]?.array ?? []
        #expect(needs.contains { $0["message"]?.string == sentence })
        let check = try lab.start(["--json", "check"]).wait().stdout
        #expect(check.contains("\(sentence). lockstep retry does."))

        #expect(try lab.run("retry").stdout == "Told  of 2 certificates beside the processes\n")
        #expect(
            Set(try lab.requests()) == [
                "revoke \(ada) affiliationChanged", "revoke \(ben) privilegeWithdrawn",
            ])
        #expect(try lab.json("authorities")[0]?["untold"] == 0)
        try lab.succeed("retry")
        #expect(try lab.requests().count == 2)
        try lab.verifyAudit()
    }

    @Test func `a hold of before is told where the CA knows holds`() throws {
        let lab = try TellLab()
        try lab.configure()
        try lab.sync()
        let serial = try lab.issue("ada")
        try lab.succeed("deactivate", "ada", "--reason", "holiday", "--yes")
        try lab.tellByProgram(options: ", holds: false")
        try lab.configure()
        try lab.succeed("retry")
        #expect(try lab.requests() == [])
        try lab.tellByProgram()
        try lab.configure()
        try lab.succeed("retry")
        #expect(try lab.requests() == ["hold \(serial) certificateHold"])
    }

    @Test func `what a retry could not tell stays owed, and is shown with its certificate`() throws
    {
        let lab = try TellLab()
        try lab.configure()
        try lab.sync()
        let serial = try lab.issue("ada")
        try lab.lock("ada")
        try lab.tellByProgram("[ -e \"$self.open\" ] || { echo later >&2; exit 75; }")
        try lab.configure()
        let retried = try lab.run("retry")
        #expect(retried.exitCode == 75)
        #expect(retried.stdout.contains("pending"), "\(retried.stdout)")
        #expect(retried.stdout.contains("lighthouse: later"), "\(retried.stdout)")
        for pending in [try lab.json("status")["pending"], try lab.show("ada")["pending"]] {
            #expect(pending?.array?.count == 1)
            #expect(pending?[0]?["process"] == .null)
            #expect(pending?[0]?["step"] == "tellRevocation")
            #expect(pending?[0]?["target"]?.string == serial)
            #expect(pending?[0]?["lastError"]?["message"] == "lighthouse: later")
        }
        #expect(try lab.json("status")["pending"]?[0]?["user"]?["username"] == "ada")
        #expect(try lab.run("show", "ada").stdout.contains("tell revocation"))
        // From now on it is like everything that is owed.
        try lab.open()
        try lab.succeed("retry")
        #expect(try lab.json("status")["pending"] == [])
        #expect(try lab.json("authorities")[0]?["untold"] == 0)
    }
}
