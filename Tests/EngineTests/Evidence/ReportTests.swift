import Fixtures
import Foundation
import Ground
import Identity
import LDAP
import Store
import Testing

@testable import Store

/// `report`: the evidence of one process.
@Suite struct ReportTests {
    private func locked(_ change: (LockLab) throws -> Void = { _ in }) throws -> LockLab {
        let lab = try LockLab()
        try lab.sync()
        try lab.succeed("credential", "add", "ada", "--kind", "card", "--serial", "C1")
        try lab.succeed(
            "certificate", "import", try Certificates.shared.get().certificate("good"),
            "--credential", "C1")
        try change(lab)
        try lab.lock("ada")
        return lab
    }

    @Test func `it is what the lock said, and what an auditor asks besides`() throws {
        let lab = try locked()
        let report = try lab.json("report", "1")
        #expect(report["outcome"] == "completed")
        #expect(report["user"]?["username"] == "ada")
        #expect(report["trigger"] == "operator")
        #expect(report["run"] == .null)
        #expect(report["reasonText"] == "The user quits the organization")
        #expect(report["decision"] == .null)
        #expect(report["secondsToDisabled"]?.int.map { (0...60).contains($0) } == true)
        #expect(report["finishedAt"]?.string != nil)
        let changes = (report["changes"]?.array ?? []).map { change in
            ["kind", "target", "before", "after"].map { change[$0]?.string ?? "?" }
        }
        #expect(changes.contains(["user", "ada", "active", "locked"]))
        #expect(changes.contains(["role", "staff", "held", "withdrawn"]))
        #expect(changes.contains(["credential", "C1", "active", "locked"]))
        #expect(
            changes.contains { $0[0] == "certificate" && $0[3] == "revoked (affiliationChanged)" })
        #expect(report["verified"]?[0]?["state"] == "done")
        let disabling = report["steps"]?.array?.first { $0["kind"] == "disableEntry" }
        #expect(disabling?["prior"]?["pwdAccountLockedTime"] == [])
        #expect(disabling?["at"]?.string != nil)
        let events = report["events"]?.array ?? []
        #expect(events.map { $0["event"]?.string } == ["lock", "lock completed"])
        #expect(events.last?["hash"] == (try lab.audit().last?["hash"]))
    }

    /// A person may write as many of them into their own entry.
    @Test func `twenty thousand certificates are locked and reported`() throws {
        let lab = try LockLab()
        try lab.sync()
        do {
            let store = try Store.open(
                lab.folder.file("store.db"), for: .write(create: false),
                by: RunLock.Holder(pid: 1, login: "test", since: Timestamp(seconds: 0)))
            try store.database.execute(
                """
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
                INSERT INTO certificates
                    (user, serial, issuer, subject, not_before, not_after, fingerprint, state)
                SELECT (SELECT id FROM users WHERE username = 'ada'), printf('%08X', i), 'cn=ca',
                    'cn=ada', 0, 4000000000 + i, CAST(printf('%032d', i) AS BLOB), 'valid' FROM n
                """)
        }
        let lock = try lab.lock("ada")
        #expect(lock.states(.revokeCertificate).count == 20_000)
        let report = try lab.json("report", "1")
        let revoked = (report["changes"]?.array ?? []).filter { $0["kind"] == "certificate" }
        #expect(revoked.count == 20_000)
        #expect(revoked.first?["after"]?.string == "revoked (affiliationChanged)")
    }

    @Test func `the text leaves nothing out`() throws {
        let lab = try locked()
        let text = try lab.run("report", "1").stdout
        #expect(
            text.hasPrefix(
                "Process 1: lock ada\nLocked; the directory took it, nobody has seen it refuse her\n"
            ))
        for part in [
            "left-organization: The user quits the organization", "active → locked",
            "held → withdrawn", "valid → revoked (affiliationChanged)",
            "the entry and its groups, on the connection that wrote: all as wanted",
            try #require(try lab.audit().last?["hash"]?.string),
        ] {
            #expect(text.contains(part), "\(part)")
        }
    }

    @Test func `its times are those of the reader's zone, a page's are in UTC`() throws {
        let lab = try locked()
        let began = try #require(lab.json("report", "1")["at"]?.string)
        let local = try ChildProcess.run(
            "date", ["-d", began, "+%Y-%m-%d %H:%M:%S %Z"], environment: ["TZ": "Asia/Tokyo"]
        ).stdout
        let arguments = ["--config", lab.folder.file("lockstep.yaml"), "report", "1"]
        let text = try ChildProcess.run(
            Products.lockstep(), arguments, environment: ["TZ": "Asia/Tokyo"]
        ).succeeded(at: "report").stdout
        #expect(text.contains("\n  began            \(local)"), "\(text)")
        #expect(!text.contains(began.dropLast(4)), "\(text)")
        let file = lab.folder.file("report.html")
        try lab.succeed("report", "1", "--html", file)
        #expect(try String(contentsOfFile: file, encoding: .utf8).contains(began))
    }

    @Test func `the page needs nothing else, and nothing in it is markup of others`() throws {
        let lab = try locked { lab in
            try lab.change(
                LockLab.person("ada"),
                "replace: displayName\ndisplayName: <script>alert('1')</script> & \"co\"")
            try lab.sync()
        }
        let file = lab.folder.file("report.html")
        try lab.succeed("report", "1", "--html", file)
        let page = try String(contentsOfFile: file, encoding: .utf8)
        #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">\n"))
        #expect(
            page.contains(
                "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;co&quot;"))
        for foreign in ["<script", "http://", "https://", "url(", "@import", " src=", " href="] {
            #expect(!page.contains(foreign), "\(foreign)")
        }
        #expect(page.contains("prefers-color-scheme: dark"))
        #expect(page.contains("@media print"))
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions]
        #expect(mode as? Int == 0o600)
        #expect(try lab.json("report", "1", "--html", file)["process"] == 1)
    }

    @Test func `a page takes the place of a page alone`() throws {
        let lab = try locked()
        let file = { lab.folder.file($0) }
        let words = "no file of Lockstep's"
        try lab.folder.write("root:x:0:0\n", to: "other")
        try FileManager.default.createSymbolicLink(
            atPath: file("link"), withDestinationPath: file("other"))
        try FileManager.default.createSymbolicLink(
            atPath: file("dangling"), withDestinationPath: file("nowhere"))
        try ChildProcess.run("ln", [file("other"), file("second name")]).succeeded(at: "ln")
        try lab.folder.makeFolder("folder")
        for name in ["other", "link", "second name"] {
            let refused = try lab.json("report", "1", "--html", file(name), exit: 65)
            #expect(refused["error"]?["message"]?.string?.contains(words) == true, "\(name)")
        }
        for name in ["dangling", "folder"] {
            try lab.json("report", "1", "--html", file(name), exit: 65)
        }
        #expect(!FileManager.default.fileExists(atPath: file("nowhere")))
        #expect(try String(contentsOfFile: file("other"), encoding: .utf8) == "root:x:0:0\n")

        try lab.folder.write("", to: "empty")
        for name in ["empty", "empty", "new", "new"] {
            try lab.succeed("report", "1", "--html", file(name))
            let page = try String(contentsOfFile: file(name), encoding: .utf8)
            #expect(page.hasPrefix("<!DOCTYPE html>"))
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: lab.folder.path)
        #expect(!names.contains { $0.hasSuffix(".part") })
    }

    @Test func `a page goes to standard output, a pipe or a terminal without taking its place`()
        throws
    {
        let lab = try locked()
        for target in ["-", "/dev/stdout"] {
            let page = try lab.run("report", "1", "--html", target)
            #expect(page.exitCode == (target == "-" ? 0 : 65), "\(page.stderr)")
            #expect(page.stdout.hasPrefix("<!DOCTYPE html>") == (target == "-"))
        }
        #expect(try lab.run("--json", "report", "1", "--html", "-").exitCode == 64)
        let pipe = lab.folder.file("pipe")
        try ChildProcess.run("mkfifo", [pipe]).succeeded(at: "mkfifo")
        let reader = try ChildProcess("cat", [pipe])
        var code: Int32 = 65
        // Until its reader is there.
        for _ in 0..<500 where code != 0 {
            code = try lab.run("report", "1", "--html", pipe).exitCode
        }
        #expect(code == 0)
        #expect(try reader.wait().stdout.hasSuffix("</html>\n"))
        #expect(try lab.run("report", "1", "--html", pipe).exitCode == 65)
    }

    @Test func `what is pending is told with why`() throws {
        let lab = try LockLab()
        try lab.sync()
        lab.proxy.set(.cut)
        try lab.lock("ada", exit: 75)
        let report = try lab.json("report", "1")
        #expect(report["outcome"] == "partial")
        #expect(report["secondsToDisabled"] == .null)
        #expect(report["verified"]?[0]?["state"] == "pending")
        #expect(
            try lab.run("report", "1").stdout.contains("time to disabled not disabled yet\n"))
    }

    @Test func `who approved is told`() throws {
        let lab = try LockLab()
        lab.configuration.top = "approval: {lock: true}"
        try lab.configure()
        try lab.sync()
        try lab.json("lock", "ada", "--reason", "misuse", "--yes", exit: 10)
        let open = try lab.json("report", "1")
        #expect(open["outcome"] == "requested")
        #expect(open["decision"] == .null)
        // Whom it is about, and what it would do.
        #expect(
            (open["requested"]?.array ?? []).contains {
                $0["kind"] == "disableEntry" && $0["target"]?.string == LockLab.person("ada")
            })
        let page = try lab.run("report", "1").stdout
        #expect(page.contains("What was asked for"), "\(page)")
        #expect(page.contains(LockLab.person("ada")), "\(page)")
        try lab.json("reject", "1", "--because", "not she")
        let report = try lab.json("report", "1")
        #expect(report["state"] == "rejected")
        #expect(report["decision"]?["because"] == "not she")
        #expect(report["changes"] == [])
    }

    @Test func `a process that is not there is refused`() throws {
        let lab = try LockLab()
        try lab.sync()
        let answer = try lab.json("report", "7", exit: 65)
        #expect(answer["error"]?["message"] == "there is no process 7")
        try lab.json("report", "1", "--html", "/nowhere/page.html", exit: 65)
    }
}
