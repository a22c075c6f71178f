import Configuration
import Fixtures
import Foundation
import Glibc
import Ground
import Identity
import LDAP
import Testing

@testable import Engine
@testable import Store
@testable import lockstep

/// What it takes to add a step: the step itself, a name in the catalogue, and whoever plans it.
@Suite struct AddedStepTests {
    private let lab: LockLab
    private let bell: RingBell

    init() throws {
        lab = try LockLab()
        try lab.sync()
        bell = RingBell(gate: lab.folder.file("gate"))
    }

    private func context(
        _ steps: StepCatalogue = .standard.with(RingBell.self)
    ) throws -> EngineContext {
        let settings = try Settings.load(
            path: lab.folder.file("lockstep.yaml"), callerUID: geteuid())
        let store = try Store.open(
            settings.store.path, for: .write(create: false),
            by: RunLock.Holder(pid: getpid(), login: "root", since: LockLab.now(plus: 0)),
            steps: steps)
        return EngineContext(
            settings: settings, store: store,
            sessions: DirectorySessions(clock: { LockLab.now(plus: 0) }) { _ in
                Array(Slapd.servicePassword.utf8)
            },
            by: Operator(login: "root", host: "admin.example", terminal: nil),
            clock: { LockLab.now(plus: 0) }, isInterrupted: { false })
    }

    /// The plan of a lock of ada, with the bell after everything else.
    private func preview(_ context: EngineContext) throws -> ProcessPreview {
        let user = try #require(try context.store.find("ada").users.first)
        let wish = UsersProc.Wish(
            user: user.id, reason: "left-organization", note: nil, forced: false)
        var preview = try UsersProc(.lock, context).preview(wish, at: context.clock())
        let ring = PlannedStep(
            target: "north", work: .remote(bell), detail: "once, for \(user.record.username)")
        preview.plan = Plan(
            steps: preview.plan.steps + [ring], unchanged: preview.plan.unchanged,
            remaining: preview.plan.remaining)
        return preview
    }

    private func begin(_ context: EngineContext) throws -> ProcessID {
        try #require(try Journal(context).begin(try preview(context)))
    }

    private func openGate(withRope: Bool = true) throws {
        try FileManager.default.createDirectory(
            atPath: bell.gate, withIntermediateDirectories: true)
        if withRope { try lab.folder.write("", to: "gate/rope") }
    }

    private func ring(_ process: IdentityProcess) throws -> Step {
        try #require(process.steps.first { $0.kind == RingBell.kind })
    }

    private func printed(_ write: (Output) -> Void) throws -> String {
        let file = try lab.folder.write("", to: "printed")
        let descriptor = unsafe open(file, O_WRONLY | O_TRUNC)
        defer { close(descriptor) }
        let output = Output(descriptor: descriptor, capabilities: .none)
        write(output)
        output.flush()
        return try String(contentsOfFile: file, encoding: .utf8)
    }

    @Test func `it is journalled, and taken by whoever comes after a crash`() throws {
        let id = try begin(try context())
        // The program is gone here, with nothing taken.
        let context = try context()
        let journalled = try ring(try context.store.existingProcess(id))
        #expect(journalled.work == .remote(bell))
        #expect(journalled.state == .pending)

        let first = try #require(try Retry(context).all(onlyDue: false).first)
        #expect(first.state == .partial)
        #expect(try ring(first).state == .pending)
        #expect(try ring(first).error?.message == "the gate is closed")
        #expect(first.steps.filter { $0.kind.isInDirectory }.allSatisfy { $0.state == .done })
        #expect(first.enforced == .written)
        #expect(!lab.binds("ada"))

        try openGate()
        // Done there, and the program gone before it wrote that down.
        _ = bell.attempt(try ring(first), of: first, in: context)
        // Nothing is left to be done in the directory: it is not asked.
        lab.proxy.set(.cut)
        let again = try self.context()
        let last = try #require(try Retry(again).all(onlyDue: false).first)
        #expect(last.state == .completed)
        #expect(last.enforced == .written)
        #expect(try ring(last).state == .done)
        #expect(bell.rings() == [id])
        #expect(try Retry(again).all(onlyDue: false).isEmpty)
        try lab.verifyAudit()
    }

    @Test func `it is done once it was seen done`() throws {
        try openGate(withRope: false)
        let context = try context()
        let process = try ProcessRunner(context).carryOut(try begin(context))
        #expect(process.state == .partial)
        #expect(try ring(process).state == .pending)
        #expect(try ring(process).error?.message == "nobody has heard the bell")
        try openGate()
        #expect(try ProcessRunner(context).carryOut(process.id).state == .completed)
    }

    @Test func `a directory that is down does not keep it from being taken`() throws {
        try openGate()
        let id = try begin(try context())
        lab.proxy.set(.cut)
        let process = try ProcessRunner(try context()).carryOut(id)
        #expect(process.state == .partial)
        #expect(try ring(process).state == .done)
        #expect(bell.rings() == [id])
        #expect(lab.binds("ada"))

        // Of a plan that is older than the directory, what is found is put in front of it.
        lab.proxy.set(.none)
        try lab.addGroup("late", "groupOfNames", "member: \(LockLab.person("ada"))")
        let whole = try ProcessRunner(try context()).carryOut(id)
        #expect(whole.state == .completed)
        #expect(whole.steps.suffix(3).map(\.kind) == [.removeFromGroup, .verify, RingBell.kind])
        #expect(whole.steps.suffix(3).first?.target == LockLab.group("late"))
        #expect(bell.rings() == [id])
    }

    /// A lock of which nothing could be done anywhere, every step of it due in an hour.
    private func put(off context: EngineContext) throws -> ProcessID {
        lab.proxy.set(.cut)
        let process = try ProcessRunner(context).carryOut(try begin(context))
        lab.proxy.set(.none)
        for step in process.steps where step.isUnfinished {
            try set(step.kind, of: process.id, dueIn: 3_600, context)
        }
        #expect(try Retry(context).all(onlyDue: true).isEmpty)
        return process.id
    }

    private func set(
        _ kind: StepKind, of process: ProcessID, dueIn seconds: Int64, _ context: EngineContext
    ) throws {
        try context.store.database.prepare(
            "UPDATE steps SET due_at = ? WHERE process = ? AND kind = ?"
        ).run(LockLab.now(plus: seconds).seconds, process, kind.rawValue)
    }

    @Test func `it does not wait for the directory's time`() throws {
        let id = try put(off: try context())
        try openGate()
        let context = try context()
        try set(RingBell.kind, of: id, dueIn: -1, context)
        let rung = try #require(try Retry(context).all(onlyDue: true).first)
        #expect(try ring(rung).state == .done)
        #expect(rung.state == .partial)
        #expect(lab.binds("ada"))
    }

    @Test func `the directory does not wait for its time`() throws {
        let id = try put(off: try context())
        try openGate()
        let context = try context()
        for kind in Set(try context.store.existingProcess(id).steps.map(\.kind))
        where kind.isInDirectory {
            try set(kind, of: id, dueIn: -1, context)
        }
        let locked = try #require(try Retry(context).all(onlyDue: true).first)
        #expect(locked.steps.filter { $0.kind.isInDirectory }.allSatisfy { $0.state == .done })
        #expect(try ring(locked).attempts == 1)
        #expect(try ring(locked).state == .pending)
        #expect(bell.rings().isEmpty)
        #expect(!lab.binds("ada"))
    }

    @Test func `a newer decision takes it out of the queue`() throws {
        let context = try context()
        let id = try ProcessRunner(context).carryOut(try begin(context)).id
        let user = try #require(try context.store.find("ada").users.first)
        let wish = UsersProc.Wish(user: user.id, reason: "cleared", note: nil, forced: false)
        let order = Order(.unlock, context)
        guard
            case .carriedOut(let unlock, _) = try order.finish(
                try order.start(wish, .agreed) { _, _ in .given })
        else { throw FixtureError("nobody was unlocked") }
        #expect(unlock.state == .completed)
        try openGate()
        #expect(try ProcessRunner(context).carryOut(id).state == .superseded)
        #expect(try ring(try context.store.existingProcess(id)).state == .superseded)
        #expect(bell.rings().isEmpty)
    }

    @Test func `a program that does not know it concludes nothing`() throws {
        try openGate()
        let id = try begin(try context())
        let older = try context(.standard)
        #expect {
            _ = try ProcessRunner(older).carryOut(id)
        } throws: { error in
            (error as? StoreError)?.kind == .corrupt
        }
        #expect(lab.binds("ada"))
        #expect(bell.rings().isEmpty)
    }

    @Test func `it is shown, printed and told under its own heading`() throws {
        try openGate()
        let context = try context()
        let preview = try preview(context)
        let plan = try printed { PreviewReport(output: $0).write(preview) }
        #expect(plan.contains("At the gate\n  ring bell  north  once, for ada\n"))
        #expect(!preview.ldif.contains("north"))

        let id = try #require(try Journal(context).begin(preview))
        let process = try ProcessRunner(context).carryOut(id)
        let json = ProcessResult(process, user: preview.user).json
        let told: JSONValue = [
            "kind": "ringBell", "target": "north", "state": "done", "error": .null,
        ]
        #expect(json["steps"]?.array?.last == told)
        let evidence = try #require(try context.store.evidence(of: id))
        let document = EvidenceDocument(
            evidence: evidence, user: preview.user, events: [], time: \.rfc3339)
        let section = try #require(document.sections.first { $0.title == "At the gate" })
        #expect(
            section.rows.map { Array($0.prefix(4)) } == [
                ["done", "ring bell", "north", "once, for ada"]
            ])
        #expect(try printed { EvidenceText(output: $0).write(document) }.contains("At the gate"))
    }

    @Test func `every step of the catalogue can be taken`() throws {
        for kind in StepCatalogue.standard.kinds {
            let form = StepCatalogue.standard.form(of: kind)
            #expect((form != nil) == kind.isRemote, "\(kind)")
            guard let form else { continue }
            #expect(
                kind.isInDirectory
                    ? form is any DirectoryAction.Type : form is any OutsideAction.Type, "\(kind)")
        }
    }
}
