import Fixtures
import Foundation
import Ground
import Testing

/// What a receiver is told is as `schema/receiver.schema.json` says, whatever was done and whoever began it.
@Suite struct ReceiverDocumentTests {
    private let receiver: ReceiverLab
    private var lab: LockLab { receiver.lab }

    init() throws {
        receiver = try ReceiverLab()
    }

    /// A line for each key or value that the schema does not have; a key that it does not name is one.
    private func violations(_ events: [String]) throws -> String {
        let program = """
            import json, sys
            from jsonschema import Draft202012Validator, RefResolver

            def closed(schema):
                if isinstance(schema, list):
                    return [closed(each) for each in schema]
                if not isinstance(schema, dict):
                    return schema
                copy = {key: closed(value) for key, value in schema.items()}
                if "required" in schema:
                    copy["unevaluatedProperties"] = False
                return copy

            folder, files = sys.argv[1], sys.argv[2:]
            schemas = {name: json.load(open(folder + "/" + name)) for name in
                       ["receiver.schema.json", "output.schema.json"]}
            for schema in schemas.values():
                Draft202012Validator.check_schema(schema)
            told = closed(schemas["receiver.schema.json"])
            resolver = RefResolver("receiver.schema.json", told, store=schemas)
            for file in files:
                for error in Draft202012Validator(told, resolver=resolver).iter_errors(json.load(open(file))):
                    print(file, error.json_path, error.message[:400])
            """
        let schema = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../schema").standardizedFileURL.path
        return try ChildProcess.run(
            "/usr/bin/python3",
            ["-c", program, schema] + events.map { receiver.folder.file($0 + ".json") }
        ).succeeded(at: "jsonschema (Debian package python3-jsonschema)").stdout
    }

    @Test func `every use case is told as the schema says`() throws {
        try lab.succeed("credential", "add", "ada", "--kind", "card", "--serial", "C-1")
        try lab.succeed("deactivate", "ada", "--reason", "holiday", "--yes")
        try lab.succeed("reactivate", "ada", "--reason", "back", "--yes", "--restore-roles")
        try lab.succeed(
            "lock", "ada", "--reason", "misuse", "--yes", "--force", "--note", "at \"night\"")
        try lab.succeed("unlock", "ada", "--reason", "cleared", "--yes", "--restore-roles")
        let events = try receiver.heard()
        #expect(events == (1...4).map { "process:\($0)" })
        #expect(try violations(events) == "")
        let cases = try events.map { try receiver.document($0)["useCase"]?.string }
        #expect(
            cases == [
                "UsersProcDeactivate", "UsersProcReactivate", "UsersProcLock", "UsersProcUnlock",
            ])
        let deactivated = try receiver.document("process:1")["credentials"]?[0]
        #expect(deactivated?["before"] == "active" && deactivated?["after"] == "inactive")
        let returned = try receiver.document("process:2")["credentials"]?[0]
        #expect(returned?["before"] == "inactive" && returned?["after"] == "active")
        let locked = try receiver.document("process:3")
        #expect(locked["forced"] == true && locked["note"] == "at \"night\"")
        #expect(locked["reason"]?["code"] == "misuse" && locked["reason"]?["text"] == "Misuse")
        let unlocked = try receiver.document("process:4")["roles"]
        #expect(unlocked?["granted"]?.array?.isEmpty == false, "\(unlocked?.text ?? "")")
        #expect(unlocked?["withdrawn"] == [])
    }

    @Test func `roles that come back later go to whoever has not heard of the return`() throws {
        try lab.lock("ada")
        try receiver.behave("end 75")
        _ = try lab.unlock(exit: 75)
        try receiver.behave("end 0")
        try lab.succeed("restore-roles", "ada", "--yes")
        #expect(try receiver.document("process:3")["useCase"] == "UsersProcRestoreRoles")
        #expect(try violations(["process:1", "process:3"]) == "")
    }

    @Test func `a certificate is told with what it was before`() throws {
        let files = try Certificates.shared.get()
        try lab.succeed("credential", "add", "ada", "--kind", "card", "--serial", "C-1")
        try lab.succeed(
            "certificate", "import", files.certificate("good"), "--credential", "C-1")
        try lab.lock("ada")
        let certificate = try receiver.document("process:1")["certificates"]?[0]
        #expect(certificate?["before"] == "valid" && certificate?["after"] == "revoked")
        #expect(try violations(["process:1"]) == "")
    }

    @Test func `a test is marked as one, and is about whoever is named`() throws {
        #expect(try lab.json("receiver", "test", "doors")["state"] == "done")
        #expect(try violations(["test"]) == "")
        #expect(try receiver.document("test")["user"] == .null)
        let end = try lab.run("receiver", "test", "doors", "--user", "ada")
        #expect(end.stdout == "done  doors\n")
        let document = try receiver.document("test")
        #expect(document["test"] == true && document["event"] == "test")
        #expect(document["user"]?["username"] == "ada" && document["user"]?["state"] == "active")
        #expect(try violations(["test"]) == "")
        #expect(lab.binds("ada"))
        try receiver.behave("echo 'no bus' >&2; end 1")
        let failed = try lab.json("receiver", "test", "doors", exit: 75)
        #expect(failed["error"]?["message"] == "no bus (exit 1)")
        let unknown = try lab.json("receiver", "test", "door", exit: 65)
        #expect(unknown["error"]?["hint"] == "Those that there are: doors.")
        #expect(try lab.audit().filter { $0["event"] == "lock" }.isEmpty)
    }

    @Test func `the list of receivers says what each has heard, and what waits`() throws {
        receiver.others = "quiet: {run: [\"\(receiver.program)\"], for: [unlock]}"
        try receiver.configure()
        try lab.lock("ada")
        try receiver.behave("echo 'no bus' >&2; end 75")
        try lab.lock("ben", exit: 75)
        try receiver.behave("echo 'no door' >&2; end 1")
        try lab.lock("cleo", exit: 75)
        let list = try lab.json("receivers")
        let doors = list[0]
        #expect(doors?["name"] == "doors" && doors?["delivered"] == 1)
        #expect(doors?["waiting"] == 1 && doors?["failed"] == 1)
        #expect(doors?["error"]?["message"] == "no bus")
        #expect(doors?["oldest"]?.string != nil)
        #expect(list[1]?["name"] == "quiet" && list[1]?["delivered"] == 0)
        #expect(list[1]?["oldest"] == .null && list[1]?["error"] == .null)
        let table = try lab.run("receivers").stdout
        #expect(table.hasPrefix("receiver  waiting  failed  delivered  oldest"), "\(table)")

        let status = try lab.json("status")
        #expect(status["receivers"] == list)
        let needs = (status["attention"]?.array ?? []).filter { $0["kind"] == "receiver" }
        #expect(needs.count == 1)
        #expect(
            needs.first?["message"]?.string?.hasPrefix(
                "receiver doors has not heard of a process since ") == true)
        #expect(!(status["attention"]?.array ?? []).contains { $0["kind"] == "step" })
        #expect(try lab.run("status").stdout.contains("\nReceivers\nreceiver "))
    }

    @Test func `figures of receivers are there for who watches`() throws {
        receiver.others = "\nmetrics: metrics.prom"
        try receiver.configure()
        try lab.lock("ada")
        try receiver.behave("end 75")
        try lab.lock("ben", exit: 75)
        _ = try lab.run("sync")
        let text = try String(
            contentsOfFile: lab.folder.file("metrics.prom"), encoding: .utf8)
        #expect(
            text.contains("lockstep_receiver_events{outcome=\"delivered\",receiver=\"doors\"} 1\n"))
        #expect(
            text.contains("lockstep_receiver_events{outcome=\"waiting\",receiver=\"doors\"} 1\n"))
        #expect(
            text.contains(
                "lockstep_receiver_oldest_undelivered_timestamp_seconds{receiver=\"doors\"} "))
    }
}
