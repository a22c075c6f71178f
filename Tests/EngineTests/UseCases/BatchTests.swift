import Fixtures
import Ground
import Testing

/// `--from` and `--everywhere`.
@Suite struct BatchTests {
    private func lock(
        _ lab: LockLab, _ list: String, _ more: [String] = [], exit: Int32,
        at location: SourceLocation = #_sourceLocation
    ) throws -> JSONValue {
        try lab.json(
            as: "root", ["lock", "--from", "-", "--reason", "left-organization", "--yes"] + more,
            exit: exit, input: list, at: location)
    }

    private func outcomes(_ json: JSONValue) -> [String] {
        (json.array ?? []).map {
            "\($0["user"]?["username"]?.string ?? "?") \($0["outcome"]?.string ?? "?")"
        }
    }

    @Test func `one who is refused does not stop the others, and the first refusal decides`()
        throws
    {
        let lab = try LockLab()
        lab.configuration.more += "\n    protect: [uid=cleo]"
        try lab.configure()
        try lab.sync()
        try lab.lock("ben", reason: "misuse")
        let answer = try lock(lab, "ada\r\n\n  zoe \nben\ncleo\ndora", exit: 67)
        #expect(
            outcomes(answer) == [
                "ada completed", "zoe refused", "ben refused", "cleo refused", "dora completed",
            ])
        #expect(answer.array?[1]["error"]?["code"] == 67)
        #expect(answer.array?[2]["user"]?["dn"]?.string == LockLab.person("ben"))
        #expect(answer.array?[3]["error"]?["code"] == 77)
        #expect(try lab.isLocked(LockLab.person("dora")))
        let events = try lab.audit().count
        let again = try lock(lab, "ada\ndora\n", exit: 0)
        #expect(outcomes(again) == ["ada alreadyLocked", "dora alreadyLocked"])
        #expect(try lab.audit().count == events)
        try lab.verifyAudit()
    }

    @Test func `one who is on the list twice, by whatever name, is one`() throws {
        let lab = try LockLab()
        try lab.sync()
        let answer = try lock(lab, "ada\nADA\nben\nada@example.com\n", exit: 0)
        #expect(outcomes(answer) == ["ada completed", "ben completed"])
        #expect(try lab.groups(of: LockLab.person("ada")).isEmpty)
    }

    @Test func `remarks are none, lines are named, and the last line counts`() throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.lock("cleo")
        let list = """
            # those of June
            ada # her last day is the 30th

            zoe
            \(LockLab.person("ben"))\t# by DN
            nobody#special
            cleo
            dora
            ada@example.com

            """
        try lab.folder.write(list, to: "leavers.txt")
        let file = lab.folder.file("leavers.txt")
        let end = try lab.run(
            "lock", "--from", file, "--reason", "left-organization", "--yes")
        #expect(end.exitCode == 67)
        #expect(
            end.stdout.hasSuffix("\n3 locked, 1 already locked, 2 refused (lines 4, 6)\n"),
            "\(end.stdout)")
        #expect(end.stderr.contains("error: \(file):4: zoe: there is no user “zoe”"))
        #expect(end.stderr.contains("error: \(file):6: nobody#special: there is no user"))
        #expect(end.stderr.contains("\(file):9: ada@example.com is ada of line 2 again"))
    }

    @Test func `a list that names nobody says so`() throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.folder.write("# nobody yet\n\n", to: "leavers.txt")
        let file = lab.folder.file("leavers.txt")
        let end = try lab.run("lock", "--from", file, "--reason", "misuse", "--yes")
        #expect(end.exitCode == 0)
        #expect(end.stderr == "lockstep: warning: \(file) names nobody\n")
        #expect(end.stdout == "")
    }

    @Test func `the last line says what the directory has not done yet`() throws {
        let lab = try LockLab()
        try lab.sync()
        lab.proxy.set(.cut)
        try lab.folder.write("ada\nben\n", to: "leavers.txt")
        let end = try lab.run(
            "lock", "--from", lab.folder.file("leavers.txt"), "--reason", "misuse", "--yes")
        #expect(end.exitCode == 75)
        #expect(
            end.stdout.hasSuffix(
                "\n2 locked (2 not done in the directory yet), 0 already locked, 0 refused\n"))
    }

    @Test func `a list is read as spreadsheets and people write one`() throws {
        let lab = try LockLab()
        try lab.sync()
        let list = "\u{FEFF}ada\r\n\r\n# those of June\r\n  BEN@example.com \r\n\u{A0}cleo"
        let answer = try lock(lab, list, exit: 0)
        #expect(outcomes(answer) == ["ada completed", "ben completed", "cleo completed"])
        #expect(try lock(lab, "# nobody\n\n", exit: 0) == [])
    }

    @Test func `each directory has its own limit, and a person counts once`() throws {
        let lab = try LockLab()
        let other = try LockLab()
        lab.configuration.more += "\n    limits: {locks: 1}"
        lab.configuration.second = other.proxy.url
        try lab.configure()
        try lab.sync()
        let refused = try lock(lab, "hq:ada\nhq:ben\nbranch:cleo\n", exit: 65)["error"]
        #expect(refused?["message"] == "2 users of hq are more than 1 at once")
        #expect(refused?["hint"] == "--max 3 allows it (limits.locks).")
        // Whom the store does not know may be of either.
        let unknown = try lock(lab, "hq:ada\nzoe\n", exit: 65)["error"]
        #expect(unknown?["message"] == "2 users of hq are more than 1 at once")
        let answer = try lock(
            lab, "hq:ada\nbranch:cleo\n\(LockLab.person("ada"))\nbranch:ben", exit: 65)
        #expect(
            outcomes(answer) == [
                "ada completed", "cleo completed", "\(LockLab.person("ada")) refused",
                "ben completed",
            ])
        let why = answer.array?[2]["error"]
        #expect(why?["exit"] == 65)
        #expect(why?["hint"] == "Say which, by id:N or by DN.")
        #expect(why?["candidates"]?.array?.count == 2)
    }

    @Test func `a directory that goes away in between leaves the rest pending`() throws {
        let lab = try LockLab()
        try lab.sync()
        lab.proxy.set(.cut)
        let answer = try lock(lab, "ada\nben\n", exit: 75)
        #expect(outcomes(answer) == ["ada partial", "ben partial"])
        lab.proxy.set(.none)
        #expect(try lab.retry().map(\.outcome) == ["completed", "completed"])
    }

    @Test func `more people than the limit need a number`() throws {
        let lab = try LockLab()
        lab.configuration.more += "\n    limits: {locks: 2}"
        try lab.configure()
        try lab.sync()
        let refused = try lock(lab, "ada\nben\ncleo\n", exit: 65)
        #expect(refused["error"]?["exit"] == 65)
        #expect(lab.binds("ada"))
        #expect(try lock(lab, "ada\nben\n", exit: 0).array?.count == 2)
        #expect(try lock(lab, "cleo\ndora\nemil\n", ["--max", "3"], exit: 0).array?.count == 3)
        _ = try lock(lab, "finn\ngwen\nhugo\nines\n", ["--max", "3"], exit: 65)
        #expect(lab.binds("finn"))
    }

    @Test func `a list may be given again: who is locked already counts for nothing`() throws {
        let lab = try LockLab()
        lab.configuration.more += "\n    limits: {locks: 2}"
        try lab.configure()
        try lab.sync()
        for pair in ["ada\nben\n", "ada\nben\ncleo\ndora\n"] {
            #expect(try lock(lab, pair, exit: 0).array?.count == pair.split(separator: "\n").count)
        }
        let refused = try lock(lab, "ada\nben\nemil\nfinn\ngwen\n", exit: 65)["error"]
        #expect(refused?["message"] == "3 users of hq are more than 2 at once")
        #expect(refused?["hint"] == "--max 3 allows it (limits.locks).")
    }

    @Test func `a percentage bounds a list, too`() throws {
        let lab = try LockLab()
        lab.configuration.more += "\n    limits: {locks: 10%}"
        try lab.configure()
        try lab.sync()
        _ = try lock(lab, "ada\nben\ncleo\n", exit: 65)
        #expect(try lock(lab, "ada\nben\n", exit: 0).array?.count == 2)
    }

    @Test func `with the directory down all are locked here, and a retry does the rest`() throws {
        let lab = try LockLab()
        try lab.sync()
        lab.proxy.set(.cut)
        let answer = try lock(lab, "ada\nben\n", exit: 75)
        #expect(outcomes(answer) == ["ada partial", "ben partial"])
        lab.proxy.set(.none)
        #expect(try lab.retry().map(\.outcome) == ["completed", "completed"])
    }

    @Test func `everywhere takes the same person in the other directory, a process each`() throws {
        let lab = try LockLab()
        let other = try LockLab()
        lab.configuration.second = other.proxy.url
        try lab.configure()
        try lab.sync()
        let dry = try lab.json(
            as: "root", ["lock", "hq:ada", "--reason", "misuse", "--dry-run"])
        #expect(
            LockAnswer(json: dry).findings("remaining").contains {
                $0.hasPrefix("account | branch:ada |")
            })
        let answer = try lab.json(
            as: "root", ["lock", "hq:ada", "--reason", "misuse", "--yes", "--everywhere"])
        #expect(outcomes(answer) == ["ada completed", "ada completed"])
        #expect(!lab.binds("ada") && !other.binds("ada"))

        let mixed = try lab.json(
            as: "root",
            ["lock", "hq:ada", "--reason", "left-organization", "--yes", "--everywhere"], exit: 65)
        #expect(outcomes(mixed) == ["ada refused", "ada refused"])
    }

    @Test func `who only has the same mail address is named, and left alone`() throws {
        let lab = try LockLab()
        let other = try LockLab()
        lab.configuration.second = other.proxy.url
        try lab.configure()
        // What the leaver may write.
        try lab.change(LockLab.person("ada"), "replace: mail\nmail: ben@example.com")
        try lab.change(LockLab.person("ada"), "delete: employeeNumber")
        try lab.sync()
        let words = ["lock", "hq:ada", "--reason", "misuse", "--everywhere"]
        let dry = LockAnswer(json: try lab.json(as: "root", words + ["--dry-run"])[0] ?? .null)
        #expect(
            dry.findings("remaining").contains(
                "account | branch:ben | has the same mail address in another directory, which people "
                    + "may have written themselves; --everywhere leaves it alone"),
            "\(dry.json.text)")
        let answer = try lab.json(as: "root", words + ["--yes"])
        #expect(outcomes(answer) == ["ada completed"])
        #expect(!lab.binds("ada") && other.binds("ben") && other.binds("ada"))

        lab.configuration.top = "samePerson: [mail, username]"
        try lab.configure()
        let more = try lab.json(
            as: "root", ["unlock", "hq:ada", "--reason", "cleared", "--yes", "--everywhere"],
            exit: 65)
        #expect(outcomes(more) == ["ada completed", "ben refused", "ada refused"])
    }
}
