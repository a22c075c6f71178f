import Fixtures
import Ground
import Identity
import Testing

/// Why an approval is refused, word for word, and its exit code.
@Suite struct ApprovalRefusalTests {
    private let ask = ["lock", "ada", "--reason", "left-organization", "--yes"]

    private func lab(_ more: String = "") throws -> LockLab {
        let lab = try LockLab()
        lab.configuration.top = """
            approval: {lock: true, unlock: true\(more)}
            operators:
              daemon: {may: [lock, unlock, force], is: ben}
              bin: {may: [approve, lock, unlock]}
              sys: {may: [approve, lock], is: ben@example.com}
              games: {may: [approve], is: ada}
              man: {may: [lock]}
            """
        try lab.configure()
        try lab.sync()
        return lab
    }

    /// What `--json` says of the error, hint and all.
    private func expect(
        _ lab: LockLab, as login: String, _ arguments: [String], exit: Int32, says: String,
        _ hint: String? = nil, at location: SourceLocation = #_sourceLocation
    ) throws {
        let error = try lab.json(as: login, arguments, exit: exit, at: location)["error"]
        #expect(error?["message"]?.string == says, sourceLocation: location)
        #expect(error?["hint"]?.string == hint, sourceLocation: location)
        #expect(error?["exit"]?.int == Int64(exit), sourceLocation: location)
    }

    @Test func `a second request, and who may not decide about the first`() throws {
        let lab = try lab(", approvers: [bin, sys, games, daemon, man]")
        _ = try lab.json(as: "daemon", ask, exit: 10)
        let events = try lab.audit().count
        try expect(
            lab, as: "daemon", ask, exit: 65,
            says: "a request to lock ada is open already: 1",
            "Approve it, reject it, or withdraw it first.")
        try expect(
            lab, as: "man", ask, exit: 65, says: "a request to lock ada is open already: 1",
            "Approve it, reject it, or withdraw it first.")
        try expect(
            lab, as: "daemon", ["approve", "--yes", "1"], exit: 77,
            says: "daemon may not approve requests",
            "The right `approve` under `operators.daemon.may` allows it.")
        try expect(
            lab, as: "sys", ["approve", "--yes", "1"], exit: 77,
            says: "sys is the same person as daemon, who asked for it, and can't approve it too",
            "Somebody else must, under the right `approve`.")
        try expect(
            lab, as: "root", ["approve", "--yes", "1"], exit: 77,
            says: "root is not among the operators",
            "An administrator can add the login under `operators` in "
                + "\(lab.folder.file("lockstep.yaml")).")
        try expect(
            lab, as: "bin", ["withdraw", "1"], exit: 77,
            says: "request 1 is daemon's: only who asked can withdraw it",
            "`lockstep reject 1 --because TEXT` ends somebody else's.")
        try expect(
            lab, as: "man", ["reject", "1", "--because", "no"], exit: 77,
            says: "man may not approve requests",
            "The right `approve` under `operators.man.may` allows it.")
        try expect(
            lab, as: "bin", ["approve", "--yes", "9"], exit: 65, says: "there is no request 9")
        #expect(try lab.audit().count == events)
        #expect(lab.binds("ada"))
    }

    @Test func `one's own request, with the right to approve`() throws {
        let lab = try lab()
        _ = try lab.json(as: "bin", ask, exit: 10)
        try expect(
            lab, as: "bin", ["approve", "--yes", "1"], exit: 77,
            says: "bin asked for it, and can't approve it too",
            "Somebody else must, under the right `approve`.")
    }

    @Test func `who is not among the approvers, and the user herself`() throws {
        let lab = try lab(", approvers: [sys, games]")
        _ = try lab.json(as: "man", ask, exit: 10)
        try expect(
            lab, as: "bin", ["approve", "--yes", "1"], exit: 77,
            says: "bin is not among the approvers")
        _ = try lab.json(as: "sys", ["approve", "--yes", "1"])
        _ = try lab.json(
            as: "daemon", ["unlock", "ada", "--reason", "cleared", "--yes"], exit: 10)
        try expect(
            lab, as: "games", ["approve", "--yes", "2"], exit: 77,
            says: "games is the user of request 2, and can't approve their own return",
            "Somebody else must, under the right `approve`.")
    }

    @Test func `what is open no more`() throws {
        let lab = try lab()
        _ = try lab.json(as: "daemon", ask, exit: 10)
        _ = try lab.json(as: "bin", ["reject", "1", "--because", "not she"])
        try expect(
            lab, as: "bin", ["approve", "--yes", "1"], exit: 65,
            says: "request 1 is open no more: rejected")
        _ = try lab.json(as: "daemon", ask, exit: 10)
        _ = try lab.json(as: "daemon", ["withdraw", "2"])
        try expect(
            lab, as: "bin", ["approve", "--yes", "2"], exit: 65,
            says: "request 2 is open no more: withdrawn")
        _ = try lab.json(as: "daemon", ask, exit: 10)
        // An emergency makes the request void.
        _ = try lab.json(as: "daemon", ask + ["--force", "--note", "seen stealing"])
        try expect(
            lab, as: "bin", ["approve", "--yes", "3"], exit: 65,
            says: "request 3 is open no more: withdrawn")
        let lines = try lab.run("audit", "--user", "ada").stdout.split(separator: "\n")
        #expect(
            lines.contains {
                $0.contains("FORCED lock ada, process 4, reason: left-organization, note: seen")
            }, "\(lines)")
        #expect(lines.count { $0.contains("FORCED") } == 1)
    }

    @Test func `a request ends by the next sync when its time is over`() throws {
        let lab = try lab(", expires: 1s")
        _ = try lab.json(as: "daemon", ask, exit: 10)
        var state: String?
        // A sync a second too early finds it open.
        for _ in 0..<100 where state != "expired" {
            try lab.sync()
            state = try lab.json("report", "1")["state"]?.string
        }
        #expect(state == "expired")
        let event = try #require(try lab.audit().last { $0["process"] == 1 })
        #expect(event["event"] == "lock request expired")
        #expect(event["by"] == "sync")
        try expect(
            lab, as: "bin", ["approve", "--yes", "1"], exit: 65,
            says: "request 1 is open no more: expired")
    }

    @Test func `a request whose time is over is in nobody's way`() throws {
        let lab = try lab(", expires: 1s")
        _ = try lab.json(as: "daemon", ask, exit: 10)
        var open = try lab.json("requests").array ?? []
        while !open.isEmpty { open = try lab.json("requests").array ?? [] }
        let next = try lab.json(as: "man", ask, exit: 10)
        #expect(next["process"] == 2)
        let events = try lab.audit().compactMap { $0["event"]?.string }
        #expect(
            Array(events.suffix(3)) == ["lock requested", "lock request expired", "lock requested"])
    }

    @Test func `a reason that was disabled since`() throws {
        let lab = try lab()
        _ = try lab.json(as: "daemon", ask, exit: 10)
        lab.configuration.recognise = "enabled: false"
        try lab.configure()
        try expect(
            lab, as: "bin", ["approve", "--yes", "1"], exit: 65,
            says: "the reason “left-organization” is disabled", "Those that would do: misuse.")
    }
}
