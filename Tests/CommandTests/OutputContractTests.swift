import Fixtures
import Foundation
import Glibc
import Ground
import Identity
import LDAP
import Store
import Testing

@testable import lockstep

/// Every command's `--json`, against real servers, is as `schema/output.schema.json` says.
struct OutputContractTests {
    private typealias Case = OutputContract.Case

    private let lab: CommandLab
    private var contract: OutputContract

    init() throws {
        lab = try CommandLab()
        try lab.configure { text in
            text + """
                  leave: {for: [deactivate]}
                  back: {for: [reactivate]}
                  error: {for: [unlock]}
                  tidy: {for: [lock], revocation: unspecified, write: {title: null, description: [a, b]}}

                """
        }
        contract = OutputContract(lab)
        try lab.folder.write(try SampleCertificate.pem, to: "ada.pem")
        try lab.folder.write(
            "user,kind,serial,state,certificate\nben,card,C-2,active,\n", to: "cards.csv")
    }

    private mutating func prepare() throws {
        try lab.run("sync").succeeded(at: "sync")
        try lab.run("credential", "add", "ada", "--kind", "card", "--serial", "C-1")
            .succeeded(at: "credential add")
        try lab.run("credential", "import", "cards.csv").succeeded(at: "credential import")
        try lab.run("certificate", "import", "ada.pem", "--credential", "C-1")
            .succeeded(at: "certificate import")
    }

    @Test func `the schema has every word for what needs a person, and for why a state changed`()
        throws
    {
        #expect(
            try OutputContract.words("status", "attention", "kind")
                == Set(Attention.Kind.allCases.filter(\.isOfStatus).map(\.rawValue)))
        #expect(
            try OutputContract.words("directoryReport", "changes", "cause")
                == Set(ChangeCause.allCases.map(\.rawValue)))
    }

    @Test func `the schema has every kind of step`() throws {
        #expect(
            try OutputContract.words("stepKind")
                == Set(StepCatalogue.standard.kinds.map(\.rawValue)))
    }

    @Test mutating func `what only looks, and what adds`() throws {
        let sample = lab.folder.file("sample")
        try ChildProcess.run("mkdir", [sample]).succeeded(at: "mkdir")
        for each in OutputLines.looks {
            guard each.document == "initSample" else {
                try contract.run([each])
                continue
            }
            // It writes ./lockstep.yaml, where the configuration of this test stands.
            let finished = try ChildProcess.run(
                Products.lockstep(), each.words + ["--json"], folder: sample)
            contract.add(finished.stdout, of: each.line, as: each.document)
        }
        #expect(try contract.violations() == "")
    }

    @Test mutating func `what changes a user`() throws {
        try prepare()
        try contract.run(OutputLines.changes)
        #expect(try contract.violations() == "")
    }

    @Test mutating func `what is asked and answered`() throws {
        try lab.configure { $0 + "approval: {lock: true}\n" }
        try prepare()
        try contract.run(OutputLines.requests)
        // Somebody else, where no login of this session's own says who is at the keyboard.
        let approval = try ChildProcess.run(
            Products.lockstep(),
            ["--config", lab.configuration] + OutputLines.approval.words + ["--json"],
            environment: ["SUDO_USER": "bin"])
        #expect(approval.exitCode == OutputLines.approval.exit)
        contract.add(
            approval.stdout, of: OutputLines.approval.line, as: OutputLines.approval.document)
        #expect(try contract.violations() == "")
    }

    @Test mutating func `what receivers hear`() throws {
        try lab.configure {
            $0 + "receivers: {doors: {run: [/usr/bin/true]}, shut: {run: [/usr/bin/false]}}\n"
        }
        try prepare()
        try contract.run(OutputLines.receivers)
        #expect(try contract.violations() == "")
    }

    @Test mutating func `what is refused`() throws {
        try lab.server.modify(
            "dn: uid=ben,ou=people,dc=example,dc=com\nreplace: mail\nmail: ada@example.com\n")
        try prepare()
        try contract.run(OutputLines.refusals)
        #expect(try contract.violations() == "")
    }

    @Test mutating func `a list, and a revocation that was made worse`() throws {
        try prepare()
        let list = try lab.run(OutputLines.list.words + ["--json"], input: "ada\nnobody\n")
        #expect(list.exitCode == OutputLines.list.exit)
        contract.add(list.stdout, of: OutputLines.list.line, as: OutputLines.list.document)
        try contract.run([OutputLines.revoked])
        let serial = try #require(try lab.json("certificates", "ada")[0]?["serial"]?.string)
        let escalation = OutputLines.escalation
        try contract.run([
            Case(escalation.document, escalation.line.replacing("SERIAL", with: serial))
        ])
        #expect(try contract.violations() == "")
    }

    @Test mutating func `a directory that is down`() throws {
        try prepare()
        lab.server.kill()
        try contract.run(OutputLines.unreachable)
        #expect(try contract.violations() == "")
    }

    @Test mutating func `a run that a limit stopped`() throws {
        let missing = "missing: {then: deactivate, reason: directory-disabled}"
        try lab.configure { $0.replacing("    roles:", with: "    \(missing)\n    roles:") }
        try prepare()
        for name in ["ada", "ben", "cleo"] {
            try lab.server.delete(SampleOrganisation.person(name))
        }
        let stopped = try lab.run("sync", "--full", "--json")
        #expect(stopped.exitCode == 11)
        contract.add(stopped.stdout, of: "sync over a limit", as: "sync")
        try contract.run([Case("status", "status")])
        let plan = try #require(JSONValue(parsing: stopped.output)?["plan"]?.string)
        try contract.run([
            Case("sync", "sync --release \(plan)"), Case("storeExport", "store export"),
        ])
        #expect(try contract.violations() == "")
    }

    @Test mutating func `a store that can't be written`() throws {
        try prepare()
        try lab.run("store", "backup", "old.db").succeeded(at: "store backup")
        try lab.run("lock", "ada", "--reason", "misuse", "--yes").succeeded(at: "lock")
        for name in ["store.db", "store.db-wal", "store.db-shm"] {
            try lab.folder.remove(file: name)
        }
        try ChildProcess.run("mv", [lab.folder.file("old.db"), lab.store]).succeeded(at: "mv")
        try contract.run([
            Case("error", "lock ben --reason misuse --yes", exit: 74),
            Case("check", "store check", exit: 74), Case("show", "show ada"), OutputLines.adoption,
        ])
        let lock = try RunLock(
            store: lab.store,
            by: RunLock.Holder(pid: 4711, login: "cron", since: .init(seconds: 1_795_442_700)))
        try contract.run([Case("error", "sync", exit: 75)])
        _ = consume lock
        for name in ["store.db", "store.db-wal", "store.db-shm"] {
            try lab.folder.remove(file: name)
        }
        try contract.run([Case("error", "audit", exit: 74)])
        #expect(try contract.violations() == "")
    }

    @Test mutating func `an operator who may not`() throws {
        try prepare()
        try lab.configure { $0 + "operators: {nobody: {may: [lock]}}\n" }
        try contract.run([
            Case("error", "lock ada --reason misuse --yes", exit: 77),
            Case("error", "credential add ada --kind card --serial C-9", exit: 77),
            Case("error", "store adopt --because none", exit: 77),
        ])
        #expect(try contract.violations() == "")
    }

    @Test func `with 64, 70 and 78 stdout stays empty`() throws {
        for line in ["lock ada --json", "loc --json", "sync --dry-run --ldif --json"] {
            let finished = try lab.run(line.split(separator: " ").map(String.init))
            #expect(finished.exitCode == 64)
            #expect(finished.stdout == "")
        }
        #expect(Ending(FixtureError("a defect")).exit == .defect)
        #expect(Ending(FixtureError("a defect")).json == nil)
        try lab.configure { $0 + "unknown: 1\n" }
        for command in ["sync", "reasons", "status"] {
            let finished = try lab.run(command, "--json")
            #expect(finished.exitCode == 78)
            #expect(finished.stdout == "")
        }
    }

    @Test func `every command and every document has been tried`() throws {
        #expect(try OutputContract.documents == Set(OutputLines.all.map(\.document)))
        // These print text for a person or a shell, whatever the options; `follow` goes on until it is
        // told to end, and `FollowTests` has its document.
        let texts: Set<CommandName> = [.completions, .man, .help, .follow]
        let untried = Catalogue.built.shown.map(\.name).filter { name in
            !texts.contains(name)
                && !OutputLines.all.contains {
                    $0.document != "error" && $0.words.starts(with: name.words)
                }
        }
        #expect(untried == [])
    }
}
