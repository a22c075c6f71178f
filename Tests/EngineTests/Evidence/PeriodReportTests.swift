import Fixtures
import Foundation
import Ground
import Store
import Testing

@testable import Store

/// `report --since`: the locks of a period, their figures and their page.
@Suite struct PeriodReportTests {
    private func lab() throws -> LockLab {
        let lab = try LockLab()
        lab.configuration.recognise = "recognise: {employeeType: left}"
        try lab.configure()
        try lab.sync()
        try lab.lock("ada", reason: "misuse")
        try lab.change(LockLab.person("ben"), "replace: employeeType\nemployeeType: left")
        try lab.sync()
        return lab
    }

    /// As the journal has it when a lock was begun and its entry disabled at other times.
    private func move(_ lab: LockLab, _ process: Int64, at: Int64, after seconds: Int64?) throws {
        let store = try Store.open(
            lab.folder.file("store.db"), for: .write(create: false),
            by: RunLock.Holder(pid: 1, login: "test", since: Timestamp(seconds: 0)))
        try store.database.prepare(
            "UPDATE processes SET at = ?, disabled_after = ? WHERE id = ?"
        ).run(at, seconds, process)
        try store.database.execute("DROP TRIGGER IF EXISTS steps_done_once")
        try store.database.prepare(
            "UPDATE steps SET finished_at = ? WHERE process = ? AND kind = 'disableEntry'"
        ).run(seconds.map { at + $0 }, process)
    }

    private static let noon: Int64 = 1_793_534_400

    @Test func `each leaver is in it, with trigger, time, reason, and as report has them`() throws {
        let lab = try lab()
        let period = try lab.json("report", "--since", "1d")
        #expect(period["count"] == 2)
        #expect(period["byReason"] == ["misuse": 1, "left-organization": 1])
        #expect(period["byTrigger"] == ["operator": 1, "sync": 1])
        #expect(period["timeToDisabled"]?["longest"]?.int.map { $0 < 60 } == true)
        #expect(period["late"] == [])
        #expect(period["open"] == [])
        for (index, process) in ["1", "2"].enumerated() {
            #expect(period["processes"]?[index] == (try lab.json("report", process)))
        }
        #expect(
            try lab.json("report", "--since", "2100-01-01", "--until", "2100-01-02")["count"] == 0)
        for usage in [
            ["report"], ["report", "1", "--since", "1d"], ["report", "1", "--until", "1d"],
            ["report", "--since", "1d", "--until", "2d"],
        ] {
            #expect(try lab.start(usage).wait().exitCode == 64, "\(usage)")
        }
    }

    @Test func `who was open too long is late, and named`() throws {
        let lab = try lab()
        try move(lab, 1, at: Self.noon, after: 4)
        try move(lab, 2, at: Self.noon + 60, after: 301)
        let span = ["--since", "2026-11-01", "--until", "2026-11-02"]
        let period = try #require(
            JSONValue(parsing: try lab.start(["--json", "report"] + span).wait().stdout))
        #expect(period["timeToDisabled"] == ["median": 4, "p95": 301, "longest": 301])
        #expect(period["late"]?.array?.count == 1)
        #expect(period["late"]?[0]?["user"]?["username"] == "ben")
        #expect(period["late"]?[0]?["secondsToDisabled"] == 301)
        let text = try lab.start(["report"] + span).wait().stdout
        #expect(text.hasPrefix("2 locks, 1 late, none open\n"), "\(text)")
        #expect(text.contains("\n  late             1: ben (process 2)\n"), "\(text)")
        #expect(
            text.contains("\n  time to disabled median 4 s, 95 % within 5 min 1 s, longest"),
            "\(text)")
        #expect(text.contains("by a sync, late: disabled after 5 min 1 s"), "\(text)")
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 }, "\(text)")
    }

    @Test func `a lock that the directory has not heard of is open`() throws {
        let lab = try lab()
        lab.proxy.set(.cut)
        try lab.lock("cleo", exit: 75)
        let period = try lab.json("report", "--since", "1d")
        #expect(period["count"] == 3)
        #expect(period["open"]?[0]?["user"]?["username"] == "cleo")
        #expect(period["open"]?[0]?["secondsToDisabled"] == .null)
        let text = try lab.run("report", "--since", "1d").stdout
        #expect(text.hasPrefix("3 locks, none late, 1 open\n"), "\(text)")
        #expect(text.contains("not disabled, seen: not seen disabled, open: "), "\(text)")
    }

    @Test func `nobody was locked, and it is said`() throws {
        let lab = try LockLab()
        try lab.sync()
        #expect(try lab.run("report", "--since", "1d").stdout.hasPrefix("Nobody was locked\n"))
        let page = try lab.run("report", "--since", "1d", "--html", "-").stdout
        #expect(page.contains("Nobody was locked"))
        #expect(!page.contains("<svg"))
    }

    @Test func `the page has three plots, needs nothing else, and takes the place of a page alone`()
        throws
    {
        let lab = try lab()
        try move(lab, 2, at: Self.noon, after: 900)
        try lab.change(
            LockLab.person("ada"), "replace: displayName\ndisplayName: <script>x</script>")
        try lab.sync()
        let file = lab.folder.file("period.html")
        try lab.succeed("report", "--since", "2026-10-01", "--html", file)
        let page = try String(contentsOfFile: file, encoding: .utf8)
        #expect(page.split(separator: "<svg ").count == 4)
        #expect(page.contains("late: not disabled within 5 minutes"))
        for foreign in ["<script", "http://", "https://", "url(h", "@import", " src=", " href="] {
            #expect(!page.contains(foreign), "\(foreign)")
        }
        try lab.folder.write("mine\n", to: "other")
        try lab.json("report", "--since", "1d", "--html", lab.folder.file("other"), exit: 65)
        #expect(try String(contentsOfFile: lab.folder.file("other"), encoding: .utf8) == "mine\n")
        #expect(try lab.json("report", "--since", "1d", "--html", file)["count"] == 1)
        let (png, pdf) = (lab.folder.file("page.png"), lab.folder.file("page.pdf"))
        for (scheme, ground) in [(1, [255, 255, 255] as [UInt8]), (0, [22, 22, 22])] {
            try Browser(lab.folder).browse(
                ["--blink-settings=preferredColorScheme=\(scheme)", "--screenshot=\(png)"], file)
            let picture = try Picture(png: png)
            #expect(picture.pixel(0, 0) == ground)
            #expect((0..<picture.height).allSatisfy { picture.pixel(1195, $0) == ground })
        }
        try Browser(lab.folder).browse(
            ["--no-pdf-header-footer", "--print-to-pdf=\(pdf)"], file)
        #expect(try Data(contentsOf: URL(filePath: pdf)).starts(with: Data("%PDF-".utf8)))
    }
}

/// `status --html`: a page for the wall.
@Suite struct StatusPageTests {
    @Test func `it says what needs a person, and is written again and again by cron`() throws {
        let lab = try LockLab()
        let file = lab.folder.file("wall.html")
        try lab.succeed("init")
        #expect(try lab.run("--quiet", "status", "--html", file).stdout == "")
        let before = try String(contentsOfFile: file, encoding: .utf8)
        #expect(before.contains("1 thing needs a person"))
        #expect(before.contains("no sync has run yet"))
        try lab.sync()
        try lab.lock("ada")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
        try lab.succeed("status", "--html", file, "--check")
        let page = try String(contentsOfFile: file, encoding: .utf8)
        #expect(page.contains("Nothing needs a person"))
        #expect(page.split(separator: "<svg ").count == 4)
        #expect(page.contains("Locks of the last 90 days"))
        #expect(page.contains("<td class=\"whole\">completed</td>"))
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions]
        #expect(mode as? Int == 0o644)
        for foreign in ["<script", "http://", "https://", "url(h", "@import", " src=", " href="] {
            #expect(!page.contains(foreign), "\(foreign)")
        }
        try lab.folder.write("mine\n", to: "other")
        try lab.json("status", "--html", lab.folder.file("other"), exit: 65)
        #expect(try String(contentsOfFile: lab.folder.file("other"), encoding: .utf8) == "mine\n")
        lab.proxy.set(.cut)
        try lab.lock("ben", exit: 75)
        #expect(try lab.start(["status", "--check", "--html", file]).wait().exitCode == 1)
        #expect(
            try String(contentsOfFile: file, encoding: .utf8).contains(
                "lockstep retry 2"))
    }

    @Test(arguments: [(400, 0), (400, 1), (1200, 0), (1200, 1)])
    func `it is as wide as its screen`(width: Int, scheme: Int) throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.lock("ada")
        let (file, png) = (lab.folder.file("wall.html"), lab.folder.file("wall.png"))
        try lab.succeed("status", "--html", file)
        var browser = Browser(lab.folder)
        browser.width = width
        try browser.browse(
            ["--blink-settings=preferredColorScheme=\(scheme)", "--screenshot=\(png)"], file)
        let picture = try Picture(png: png)
        let ground = picture.pixel(0, 0)
        #expect((0..<picture.height).allSatisfy { picture.pixel(picture.width - 4, $0) == ground })
    }
}
