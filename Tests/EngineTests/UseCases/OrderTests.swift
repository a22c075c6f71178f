import Configuration
import Engine
import Fixtures
import Glibc
import Ground
import Identity
import LDAP
import Store
import Testing

/// Looks, consent and beginning follow one another, whoever consents.
@Suite struct OrderTests {
    private let lab: LockLab
    private let context: EngineContext
    private let wish: UsersProc.Wish

    init() throws {
        lab = try LockLab()
        try lab.sync()
        let settings = try Settings.load(
            path: lab.folder.file("lockstep.yaml"), callerUID: geteuid())
        let store = try Store.open(
            settings.store.path, for: .write(create: false),
            by: RunLock.Holder(pid: getpid(), login: "root", since: LockLab.now(plus: 0)))
        context = EngineContext(
            settings: settings, store: store,
            sessions: DirectorySessions(clock: { LockLab.now(plus: 0) }) { _ in
                Array(Slapd.servicePassword.utf8)
            },
            by: Operator(login: "root", host: "admin.example", terminal: nil),
            clock: { LockLab.now(plus: 0) }, isInterrupted: { false })
        let user = try #require(try store.find("ada").users.first)
        wish = UsersProc.Wish(
            user: user.id, reason: "left-organization", note: nil, forced: false)
    }

    private func lock(
        _ mode: Order.Mode, consent: Order.Question
    ) throws -> Order.End {
        let order = Order(.lock, context)
        return try order.finish(try order.start(wish, mode, consent: consent))
    }

    private var events: [String] {
        get throws { try lab.audit().compactMap { $0["event"]?.string }.filter { $0 != "sync" } }
    }

    @Test func `what was agreed to is carried out`() throws {
        let end = try lock(.asked) { _, isAnother in
            #expect(!isAnother)
            return .given
        }
        guard case .carriedOut(let process, let user) = end else {
            Issue.record("it ended otherwise: \(end)")
            return
        }
        #expect(process.state == .completed)
        #expect(user.record.username == "ada")
        #expect(!lab.binds("ada"))
    }

    @Test func `a plan that is another by Next is shown again`() throws {
        var shown: [(steps: Int, isAnother: Bool)] = []
        let end = try lock(.asked) { preview, isAnother in
            shown.append((preview.plan.steps.count, isAnother))
            if shown.count == 1 {
                try lab.addGroup("late", "groupOfNames", "member: \(LockLab.person("ada"))")
            }
            return .given
        }
        guard case .carriedOut(let process, _) = end else {
            Issue.record("it ended otherwise: \(end)")
            return
        }
        #expect(shown.map(\.isAnother) == [false, true])
        #expect(shown[1].steps > shown[0].steps)
        #expect(process.steps.count == shown[1].steps)
    }

    @Test func `what is outdated is looked at again, and what is refused begins nothing`() throws {
        var asked = 0
        let end = try lock(.asked) { _, _ in
            asked += 1
            return asked == 1 ? .outdated : .refused
        }
        guard case .cancelled = end else {
            Issue.record("it ended otherwise: \(end)")
            return
        }
        #expect(asked == 2)
        #expect(try context.store.processes.newest(of: wish.user) == nil)
        #expect(try events == ["lock cancelled"])
        #expect(lab.binds("ada"))
    }

    @Test(arguments: [Order.Mode.asked, .agreed])
    func `somebody whom others change all the time is left alone`(mode: Order.Mode) throws {
        var asked = 0
        #expect {
            _ = try lock(mode) { _, _ in
                asked += 1
                try context.store.write { try context.store.raiseRevision(of: wish.user, in: $0) }
                return .outdated
            }
        } throws: { error in
            (error as? Refusal)?.message == "ada is changed by somebody else all the time"
        }
        #expect(asked == 5)
        #expect(try context.store.processes.newest(of: wish.user) == nil)
        #expect(try events.isEmpty)
    }

    @Test func `a user who was changed since the look is looked at again`() throws {
        var looks = 0
        let end = try lock(.agreed) { _, _ in
            looks += 1
            if looks == 1 {
                try context.store.write { try context.store.raiseRevision(of: wish.user, in: $0) }
            }
            return .given
        }
        guard case .carriedOut(let process, _) = end else {
            Issue.record("it ended otherwise: \(end)")
            return
        }
        #expect(looks == 2)
        #expect(process.state == .completed)
    }

    @Test func `a dry run asks nobody and begins nothing`() throws {
        let end = try lock(.rehearsal) { _, _ in
            Issue.record("somebody was asked")
            return .given
        }
        guard case .planned(let preview) = end else {
            Issue.record("it ended otherwise: \(end)")
            return
        }
        #expect(preview.plan.steps.contains { $0.kind == .disableEntry })
        #expect(try context.store.processes.newest(of: wish.user) == nil)
        #expect(try events.isEmpty)
    }
}
