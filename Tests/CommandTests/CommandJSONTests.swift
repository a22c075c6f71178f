import Fixtures
import Ground
import Testing

/// With `--json` every command prints one document with exactly the keys of the contract.
struct CommandJSONTests {
    private let lab: CommandLab

    init() throws {
        lab = try CommandLab()
        try lab.run("sync").succeeded(at: "sync")
        try lab.run("credential", "add", "ada", "--kind", "card", "--serial", "C-1")
            .succeeded(at: "credential add")
        try lab.folder.write(try SampleCertificate.pem, to: "ada.pem")
        try lab.run("certificate", "import", "ada.pem", "--credential", "C-1")
            .succeeded(at: "certificate import")
    }

    private static let user: Set = ["id", "username", "dn"]
    private static let certificate: Set = [
        "serial", "issuer", "subject", "credential", "notBefore", "notAfter", "state",
        "revocationReason", "revokedAt", "heldAt", "escalatedAt", "fingerprint", "verified",
        "disputed", "others", "authority", "told", "seen",
    ]
    private static let process: Set = [
        "process", "useCase", "user", "reason", "outcome", "at", "by", "forced", "enforced",
        "revocation", "steps", "unchanged", "remaining",
    ]

    private func keys(_ value: JSONValue?) -> Set<String> {
        Set((value?.object ?? [:]).keys)
    }

    @Test func `find has every key`() throws {
        let found = try lab.json("find", "ada")
        #expect(
            keys(found[0]) == [
                "id", "username", "displayName", "mail", "employeeNumber", "state", "dn",
                "directory",
            ])
        #expect(found.array?.count == 1)
        #expect(try lab.json("find", "nobody at all") == [])
    }

    @Test func `show has every key`() throws {
        try lab.run("lock", "ada", "--reason", "misuse", "--yes").succeeded(at: "lock")
        let ada = try lab.json("show", "ada")
        #expect(
            keys(ada) == [
                "id", "directory", "entryID", "dn", "username", "givenName", "familyName",
                "displayName", "mail", "employeeNumber", "attributes", "state", "account",
                "missingSince", "lock", "roles", "credentials", "certificates", "pending",
                "history",
            ])
        #expect(keys(ada["lock"]) == ["process", "reason", "text", "at", "by"])
        #expect(keys(ada["credentials"]?[0]) == ["kind", "serial", "state", "certificates"])
        #expect(keys(ada["certificates"]?[0]) == Self.certificate)
        #expect(keys(ada["history"]?[0]) == ["at", "by", "event", "process", "reason"])
        #expect(ada["attributes"] == ["title": ["Tester"]])
        #expect(ada["state"] == "locked")
        #expect(ada["pending"] == [])
        let ben = try lab.json("show", "ben")
        #expect(keys(ben) == keys(ada))
        #expect(ben["lock"]?.isNull == true)
        #expect(keys(ben["roles"]?[0]) == ["name", "group", "direct"])
    }

    @Test func `test has every key`() throws {
        let found = try lab.json("test", "ada")
        #expect(
            keys(found) == [
                "user", "directory", "at", "signIn", "because", "state", "lock", "account",
                "policy", "groups", "certificates",
            ])
        #expect(keys(found["user"]) == Self.user)
        #expect(keys(found["account"]) == ["state", "because", "signIn"])
        #expect(keys(found["policy"]) == ["refuses", "name", "provenAt", "because"])
        #expect(keys(found["groups"]?[0]) == ["group", "role", "because"])
        #expect(
            keys(found["certificates"]?[0]) == [
                "serial", "issuer", "subject", "notAfter", "state", "authority", "sight",
                "reason", "since", "by", "signIn", "because",
            ])
    }

    @Test func `report of a period has every key`() throws {
        try lab.run("lock", "ada", "--reason", "misuse", "--yes").succeeded(at: "lock")
        let period = try lab.json("report", "--since", "1d")
        #expect(
            keys(period) == [
                "since", "until", "count", "byReason", "byTrigger", "timeToDisabled", "late",
                "open", "processes",
            ])
        #expect(keys(period["byTrigger"]) == ["operator", "sync"])
        #expect(keys(period["timeToDisabled"]) == ["median", "p95", "longest"])
        #expect(period["processes"]?[0] == (try lab.json("report", "1")))
    }

    @Test func `sync has every key`() throws {
        let report = try lab.json("sync", "--full")
        #expect(
            keys(report) == [
                "run", "outcome", "plan", "directories", "queue", "authorities", "seconds",
            ])
        #expect(
            keys(report["directories"]?[0]) == [
                "name", "strategy", "full", "read", "created", "updated", "renamed", "unchanged",
                "missing", "disabled", "reenabled", "locked", "deactivated", "reactivated",
                "drift", "rejected", "changes", "roles", "error",
            ])
        #expect(keys(report["directories"]?[0]?["roles"]) == ["granted", "withdrawn"])
        #expect(keys(report["queue"]) == ["done", "pending", "failed"])
        #expect(report["outcome"] == "completed")
        #expect(try lab.json("sync", "--dry-run")["outcome"] == "planned")
    }

    @Test func `lock has every key`() throws {
        let plan = try lab.json("lock", "ada", "--reason", "left-organization", "--dry-run")
        #expect(keys(plan) == Self.process)
        #expect(plan["outcome"] == "planned")
        #expect(plan["process"]?.isNull == true)
        let lock = try lab.json("lock", "ada", "--reason", "left-organization", "--yes")
        #expect(keys(lock) == Self.process)
        #expect(lock["outcome"] == "completed")
        #expect(keys(lock["user"]) == Self.user)
        #expect(keys(lock["steps"]?[0]) == ["kind", "target", "state", "error"])
        #expect(keys(lock["remaining"]?[0]) == ["kind", "target", "because"])
        let again = try lab.json("lock", "ada", "--reason", "left-organization", "--yes")
        #expect(keys(again) == Self.process)
        #expect(again["outcome"] == "alreadyLocked")
        #expect(again["at"] == lock["at"])
        let rehearsed = try lab.json("lock", "ada", "--reason", "left-organization", "--dry-run")
        for key in ["process", "outcome", "reason", "at", "by"] {
            #expect(rehearsed[key] == again[key])
        }
        let retried = try lab.json("retry", "1")
        #expect(keys(retried[0]) == Self.process)
        #expect(try lab.json("retry") == [])
    }

    @Test func `credentials and certificates have every key`() throws {
        let credentials = try lab.json("credentials")
        let credential: Set = ["user", "kind", "serial", "state", "certificates"]
        #expect(keys(credentials[0]) == credential)
        #expect(keys(credentials[0]?["user"]) == Self.user)
        #expect(credentials[0]?["certificates"]?.array?.count == 1)
        #expect(try lab.json("credentials", "ada") == credentials)
        #expect(try lab.json("credentials", "ben") == [])
        let certificates = try lab.json("certificates")
        #expect(keys(certificates[0]) == Self.certificate.union(["user"]))
        #expect(try lab.json("certificates", "ada") == certificates)
        #expect(try lab.json("certificates", "--revoked") == [])
        let locked = try lab.json("credential", "lock", "C-1", "--reason", "misuse", "--yes")
        #expect(keys(locked) == credential)
        #expect(locked["state"] == "locked")
        #expect(try lab.json("certificates", "--revoked").array?.count == 1)
        #expect(try lab.json("certificates", "--since", "1d").array?.count == 1)
        #expect(try lab.json("certificates", "--revoked", "--since", "2200-01-01") == [])
    }

    @Test func `reasons has every key`() throws {
        let reason: Set = [
            "code", "text", "for", "revocation", "write", "ifClass", "recognise", "enabled",
        ]
        let reasons = try lab.json("reasons")
        #expect(
            reasons.array?.compactMap { $0["code"]?.string } == [
                "left-organization", "misuse", "directory-disabled",
            ])
        for element in reasons.array ?? [] { #expect(keys(element) == reason) }
        #expect(try lab.json("reasons", "show", "misuse") == reasons[1])
    }

    @Test func `audit has every key`() throws {
        let event: Set = [
            "sequence", "at", "by", "event", "process", "user", "detail", "hash",
        ]
        let events = try lab.json("audit")
        for element in events.array ?? [] { #expect(keys(element).isSuperset(of: event)) }
        #expect(events[0]?["user"]?.isNull == true)
        let ofAda = try lab.json("audit", "--user", "ada")
        #expect(ofAda.array?.count == 2)
        #expect(keys(ofAda[0]?["user"]) == Self.user)
        let verified = try lab.json("audit", "verify")
        #expect(keys(verified).isSuperset(of: ["ok", "events", "firstBroken"]))
        #expect(verified["ok"] == true)
        let last = try #require(events.array?.last)
        let head = "\(last["sequence"]?.int ?? 0):\(last["hash"]?.string ?? "")"
        let proven = try lab.run("audit", "verify", "--head", head)
        #expect(proven.stdout == "ok: 3 events, proven to contain the head that was given\n")
        #expect(proven.exitCode == 0)
    }

    @Test(
        arguments: [
            (["lock", "ada", "--reason", "nono", "--yes"], 65), (["show", "nobody"], 67),
            (["retry", "77"], 65),
            (["credential", "lock", "X", "--reason", "misuse", "--yes"], 65),
        ] as [([String], Int64)])
    func `an end before a result is an error that says all`(
        arguments: [String], code: Int64
    ) throws {
        let finished = try lab.run(arguments + ["--json"])
        let error = try #require(JSONValue(parsing: finished.output)?["error"])
        #expect(keys(error) == ["exit", "message", "hint", "candidates"])
        #expect(error["exit"] == .int(code))
        #expect(error["candidates"] == [])
        #expect(finished.exitCode == Int32(code))
        #expect(!finished.errors.isEmpty)
    }

    @Test func `candidates are users`() throws {
        try lab.server.modify(
            "dn: uid=ben,ou=people,dc=example,dc=com\nreplace: mail\nmail: ada@example.com\n")
        try lab.run("sync").succeeded(at: "sync")
        let candidates = try lab.json("show", "ada@example.com")["error"]?["candidates"]
        #expect(candidates?.array?.compactMap { $0["username"]?.string } == ["ada", "ben"])
        #expect(keys(candidates?[0]) == Self.user)
    }
}
