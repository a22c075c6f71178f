import Fixtures
import Ground
import Identity
import Testing

/// Two providers that are both written, and the program goes from one to the other.
@Suite struct TwoProviderTests {
    private static let lockTheMissing =
        "missing: {then: lock, reason: left-organization, after: 0s}"

    @Test func `what is written to either is found over either, there and back`() throws {
        let pair = try ProviderPair("limits: {missing: 100%}")
        let decide = pair.decide
        try decide.sync()
        try pair.add("zoe", to: pair.first)
        try pair.add("yan", to: pair.second)
        try pair.awaitLevel()
        var run = try decide.sync()
        #expect((run["created"], run["missing"]) == (2, 0), "\(run.json.text)")

        pair.reach(first: false, second: true)
        try pair.set("mail", "ben.new@example.com", of: "ben", on: pair.second)
        try pair.set("mail", "cleo.new@example.com", of: "cleo", on: pair.first)
        try pair.awaitLevel()
        run = try decide.sync()
        #expect(
            (run["created"], run["updated"], run["missing"]) == (0, 2, 0), "\(run.json.text)")
        #expect(run.json["directories"]?[0]?["full"] == true)
        try pair.first.delete(LockLab.person("lars"))
        try pair.second.delete(LockLab.person("zoe"))
        try pair.awaitLevel()
        run = try decide.sync()
        #expect(run["missing"] == 2, "\(run.json.text)")
        #expect(run.json["directories"]?[0]?["full"] == false)

        pair.reach(first: true, second: false)
        try pair.set("mail", "yan.new@example.com", of: "yan", on: pair.second)
        try pair.awaitLevel()
        run = try decide.sync()
        #expect(run["missing"] == 0, "\(run.json.text)")
        #expect(run.json["directories"]?[0]?["full"] == false)
        #expect(try decide.lab.show("yan")["mail"] == "yan.new@example.com")
        #expect(try pair.missing(among: ["ada", "ben", "lars", "yan", "zoe"]) == ["lars", "zoe"])
        try decide.lab.succeed("sync", "--check")
        pair.reach(first: false, second: true)
        try decide.lab.succeed("sync", "--check")
    }

    @Test func `providers that are cut off from each other make nobody missing, and undo no lock`()
        throws
    {
        let pair = try ProviderPair(Self.lockTheMissing)
        let decide = pair.decide
        try decide.sync()
        // Each has an id of its own in contextCSN from its first write on.
        try pair.set("title", "Keeper", of: "ben", on: pair.first)
        try pair.set("title", "Keeper", of: "cleo", on: pair.second)
        try pair.awaitLevel()
        pair.connect(false)
        try pair.add("zoe", to: pair.first)
        try pair.add("yan", to: pair.second)
        #expect(try decide.lab.lock("ada").outcome == "completed")
        #expect(try decide.sync()["created"] == 1)

        pair.reach(first: false, second: true)
        for _ in 0..<2 {
            let run = try decide.sync(exit: 75)
            #expect((run["missing"], run.changes) == (0, [:]), "\(run.json.text)")
        }
        #expect(try decide.state("yan") == "active")
        pair.reach(first: true, second: false)
        let behind = try decide.sync(exit: 75)
        #expect((behind["missing"], behind.changes) == (0, [:]), "\(behind.json.text)")
        #expect(try pair.missing(among: ["ada", "ben", "yan", "zoe"]).isEmpty)

        pair.connect(true)
        try pair.awaitLevel()
        for reachesFirst in [true, false] {
            pair.reach(first: reachesFirst, second: !reachesFirst)
            let run = try decide.sync()
            #expect((run["missing"], run.changes) == (0, [:]), "\(run.json.text)")
        }
        #expect(try pair.missing(among: ["ada", "ben", "yan", "zoe"]).isEmpty)
        #expect(try decide.state("ada") == "locked")
        for server in [pair.first, pair.second] {
            #expect(
                try server.values("pwdAccountLockedTime", of: LockLab.person("ada"))
                    == ["000001010000Z"])
        }
        try decide.lab.succeed("sync", "--check")
    }

    @Test func `a lock over one provider stands on both, and one that both lacked is retried`()
        throws
    {
        let pair = try ProviderPair("limits: {missing: 100%}")
        let decide = pair.decide
        try decide.sync()
        pair.reach(first: false, second: true)
        #expect(try decide.lab.lock("ada").outcome == "completed")
        pair.reach(first: false, second: false)
        try decide.lab.lock("ben", exit: 75)
        pair.reach(first: true, second: false)
        #expect(try decide.lab.retry().map(\.outcome) == ["completed"])
        try pair.awaitLevel()
        for server in [pair.first, pair.second] {
            for name in ["ada", "ben"] {
                #expect(
                    server.bindResult(
                        as: LockLab.person(name), password: SampleOrganisation.password(of: name))
                        == 49)
                #expect(
                    try server.search("(member=\(LockLab.person(name)))").isEmpty)
            }
        }
        for reachesFirst in [true, false] {
            pair.reach(first: reachesFirst, second: !reachesFirst)
            #expect(try decide.sync().changes == [:])
        }
    }
}
