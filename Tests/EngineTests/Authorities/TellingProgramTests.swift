import Fixtures
import Foundation
import Glibc
import Ground
import Identity
import Testing

/// A CA's program is called once at a time, and does not outlive who called it.
@Suite struct TellingProgramTests {
    /// What it starts keeps the lock, too: a second call at a time is seen, whoever is left of the first.
    private static let alone =
        "exec 9>\"$self.lock\"; flock -n 9 || echo overlap >>\"$self.overlap\"\n"

    private func lab(_ body: String) throws -> TellLab {
        let lab = try TellLab()
        try lab.tellByProgram(Self.alone + body)
        try lab.configure()
        try lab.sync()
        return lab
    }

    private static let lock = ["lock", "ada", "--reason", "left-organization", "--yes"]

    @Test func `killed during the call, nothing of it goes on while it is called again`() throws {
        let lab = try lab(
            "[ -e \"$self.open\" ] && exit 0\n"
                + "sleep 300 & echo $! >\"$self.child\"; echo $$ >\"$self.pid\"; sleep 300")
        let serial = try lab.issue("ada")
        let child = try lab.start(Self.lock)
        while lab.written("pid") == nil {
            try #require(child.isRunning)
            usleep(10_000)
        }
        let program = try #require(lab.written("pid").flatMap { pid_t($0) })
        let started = try #require(lab.written("child").flatMap { pid_t($0) })
        child.end()
        #expect(isGone(program))
        try lab.open()
        #expect(try lab.retry().map(\.outcome) == ["completed"])
        #expect(isGone(started))
        #expect(lab.written("overlap") == nil)
        #expect(
            try lab.requests() == Array(repeating: "revoke \(serial) affiliationChanged", count: 2))
        try lab.verifyAudit()
    }

    /// Whether a process ends within some seconds: whose child it was by then, that one has to notice.
    private func isGone(_ pid: pid_t) -> Bool {
        for _ in 0..<500 where kill(pid, 0) == 0 { usleep(10_000) }
        return kill(pid, 0) != 0
    }

    @Test func `who waits for another's call and is asked to end does so at once`() throws {
        let lab = try lab("sleep 12")
        try lab.issue("ada")
        try lab.issue("ben")
        let first = try lab.start(Self.lock)
        while try lab.said().isEmpty { try #require(first.isRunning) }
        let second = try lab.start(["--json"] + Self.lock.map { $0 == "ada" ? "ben" : $0 })
        while lab.lab.binds("ben") {
            try #require(second.isRunning)
            usleep(50_000)
        }
        usleep(1_500_000)
        let begun = ContinuousClock.now
        second.signal(SIGTERM)
        let end = try second.wait()
        #expect(ContinuousClock.now - begun < .seconds(4))
        #expect(end.exitCode == 75)
        // Hers is in flight, and is finished.
        #expect(try first.wait().exitCode == 0)
        #expect(try lab.said().count == 1)
    }

    @Test func `two programs call it one after the other`() throws {
        let lab = try lab("sleep 1")
        try lab.issue("ada")
        try lab.issue("ben")
        let first = try lab.start(Self.lock)
        while try lab.said().isEmpty { try #require(first.isRunning) }
        #expect(try lab.lock("ben").outcome == "completed")
        #expect(try first.wait().exitCode == 0)
        #expect(lab.written("overlap") == nil)
        #expect(try lab.requests().count == 2)
    }

    @Test func `a key that turns out to be stolen while the CA is told is told as well`() throws {
        let lab = try lab("sleep 1")
        let serial = try lab.issue("ada")
        let lock = try lab.start(Self.lock)
        while try lab.said().isEmpty { try #require(lock.isRunning) }
        try lab.succeed("certificate", "escalate", serial, "--reason", "keyCompromise")
        #expect(try lock.wait().exitCode == 0)
        #expect(lab.written("overlap") == nil)
        #expect(
            try lab.requests() == [
                "revoke \(serial) affiliationChanged", "revoke \(serial) keyCompromise",
            ])
        let shown = try lab.show("ada")["certificates"]?[0]
        #expect(shown?["revocationReason"] == "keyCompromise")
        #expect(shown?["authority"]?["told"]?.string != nil)
        #expect(try lab.json("status")["pending"] == [])
    }

    @Test func `what it is told is as the schema says`() throws {
        let lab = try lab("exit 0")
        try lab.issue("ada", serial: "00F1")
        try lab.issue("ben")
        try lab.issue("dora")
        try lab.succeed("deactivate", "ada", "--reason", "holiday", "--yes")
        try lab.succeed("reactivate", "ada", "--reason", "back", "--yes")
        try lab.lock("ada")
        try lab.succeed("credential", "lock", "card-ben", "--reason", "misuse", "--yes")
        let documents = try lab.said()
        #expect(documents.map { $0["request"] } == ["hold", "release", "revoke", "revoke"])
        let program = """
            import json, sys
            from jsonschema import Draft202012Validator, RefResolver
            folder = sys.argv[1]
            schemas = {name: json.load(open(folder + "/" + name)) for name in
                       ["authority.schema.json", "output.schema.json"]}
            told = schemas["authority.schema.json"]
            Draft202012Validator.check_schema(told)
            told["additionalProperties"] = False
            resolver = RefResolver("authority.schema.json", told, store=schemas)
            for line in sys.stdin:
                for error in Draft202012Validator(told, resolver=resolver).iter_errors(json.loads(line)):
                    print(error.json_path, error.message[:400])
            """
        let schema = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../schema").standardizedFileURL.path
        let lines = documents.map { $0.text + "\n" }.joined()
        let violations = try ChildProcess.run(
            "/usr/bin/python3", ["-c", program, schema], input: Array(lines.utf8)
        ).succeeded(at: "jsonschema (Debian package python3-jsonschema)").stdout
        #expect(violations == "")
    }

    @Test func `the program for openssl ca holds, releases, revokes and publishes`() throws {
        let lab = try TellLab()
        let shipped = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../config/authorities/openssl-ca").standardizedFileURL
        try lab.tellByProgram(of: try String(contentsOf: shipped, encoding: .utf8))
        let list = try lab.ca.publish()
        lab.tell =
            "run: [\"\(lab.program)\", \"\(lab.ca.folder.file("ca.cnf"))\", "
            + "\"\(lab.ca.folder.file("index.txt"))\", \"\(list)\"]"
        lab.see = "crl: \"\(list)\""
        try lab.configure()
        try lab.sync()
        let serial = try lab.issue("ada")
        func published() throws -> String {
            try ChildProcess.run("openssl", ["crl", "-in", list, "-noout", "-text"])
                .succeeded(at: "openssl crl").stdout
        }
        try lab.succeed("deactivate", "ada", "--reason", "holiday", "--yes")
        #expect(try published().contains("Certificate Hold"))
        try lab.succeed("reactivate", "ada", "--reason", "back", "--yes")
        #expect(try published().contains("No Revoked Certificates"))
        try lab.succeed("deactivate", "ada", "--reason", "holiday", "--yes")
        try lab.lock("ada", reason: "misuse")
        #expect(try published().contains("Serial Number: \(serial)"))
        #expect(try !published().contains("Certificate Hold"))
        // Once more, as after a crash: it is so already.
        try lab.forgetTold()
        try lab.succeed("retry")
        #expect(try lab.json("authorities")[0]?["untold"] == 0)
        // A certificate of which the CA knows nothing.
        try lab.issue("ben")
        try lab.ca.folder.replace("index.txt", with: "")
        let refused = try lab.lock("ben", exit: 75)
        #expect(
            refused.errors(.tellRevocation).first?.message?.hasPrefix(
                "lighthouse: this CA has issued no certificate ") == true)
        try lab.verifyAudit()
    }
}
