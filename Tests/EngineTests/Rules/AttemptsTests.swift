import Ground
import Identity
import LDAP
import Testing

@testable import Engine
@testable import Store

/// How a process is settled by what its attempts came to.
@Suite struct AttemptsTests {
    private static let at = Timestamp(seconds: 1_800_000_000)
    private static let boats = "cn=boats,ou=groups,dc=example,dc=com"
    private static let ada = "uid=ada,ou=people,dc=example,dc=com"

    /// A lock of one group; `states`: of the disabling, of the removal and of the look back.
    private func process(
        _ states: [StepState] = [.pending, .pending, .pending], enforced: Enforcement? = nil
    ) -> IdentityProcess {
        let membership = Membership(
            attribute: AttributeName(trusted: "member"), value: Self.ada)
        let works: [(String, any RemoteStep)] = [
            (Self.ada, DisableEntry(EntryID("ada"))),
            (Self.boats, RemoveFromGroup(membership, EntryID("boats"))),
            (Self.ada, Verify(EntryID("ada"))),
        ]
        let id = ProcessID(rawValue: 1)
        let local = Step(
            process: id, ordinal: 0, target: "ada", work: .local(.lockUser), state: .done)
        let remote = zip(works, states).enumerated().map { index, step in
            Step(
                process: id, ordinal: index + 1, target: step.0.0, work: .remote(step.0.1),
                state: step.1)
        }
        return IdentityProcess(
            id: id, useCase: .lock, user: UserID(rawValue: 1), reason: "misuse",
            reasonText: "Misuse", revocation: .privilegeWithdrawn, note: nil, at: Self.at,
            by: Operator(login: "alice", host: "admin.example", terminal: nil), forced: false,
            state: .open, enforced: enforced, policy: "cn=policy", unchanged: [], remaining: [],
            steps: [local] + remote)
    }

    /// How the store settles the process: by its steps, as the end leaves them.
    private func settled(_ process: IdentityProcess, by end: ProcessEnd) -> ProcessState {
        if end.isRefused { return .refused }
        let states = process.steps.map { step in
            end.results.last { $0.step.ordinal == step.ordinal }?.result.state ?? step.state
        }
        return states.allSatisfy { $0 == .done } ? .completed : .partial
    }

    private static let down = StepError(code: ResultCode(rawValue: 81), message: "can't connect")
    private static let later = StepResult(state: .pending, error: down)
    private static let never = StepResult(
        state: .failed, error: StepError(code: ResultCode(rawValue: 50), message: "no access"))

    @Test(
        arguments: [
            (.done, .done, .done, .completed), (.done, later, .done, .partial),
            (.done, never, .done, .partial), (.done, .done, later, .partial),
            (.done, .done, nil, .partial), (.done, nil, .done, .partial),
            (nil, nil, nil, .partial),
        ] as [(StepResult?, StepResult?, StepResult?, ProcessState)])
    func `a process is completed when every step and the look back are, else partial`(
        disabling: StepResult?, removal: StepResult?, verification: StepResult?,
        state: ProcessState
    ) {
        let process = process()
        var attempts = Attempts(process: process)
        attempts[process.steps[1]] = disabling
        attempts[process.steps[2]] = removal
        attempts.verification = verification
        let end = attempts.end(at: Self.at)
        #expect(settled(process, by: end) == state)
        let given = [disabling, removal, verification].compactMap(\.self)
        #expect(end.results.map(\.result) == given)
    }

    @Test func `what was done before counts, what is pending from before does not`() {
        for (removal, state) in [(StepState.done, ProcessState.completed), (.pending, .partial)] {
            let process = process([.done, removal, .pending])
            var attempts = Attempts(process: process)
            attempts.verification = .done
            #expect(settled(process, by: attempts.end(at: Self.at)) == state)
        }
    }

    @Test func `a process that must not be carried out is refused, whatever was done`() {
        var attempts = Attempts(process: process([.done, .done, .done]))
        attempts.isRefused = true
        #expect(attempts.end(at: Self.at).isRefused)
    }

    @Test func `where the way is gone every step without an answer waits, and says why`() {
        let process = process([.pending, .failed, .pending])
        var attempts = Attempts(process: process)
        attempts[process.steps[1]] = .done
        attempts.postponeAll(Self.down)
        let results = attempts.end(at: Self.at).results
        #expect(
            results.map { "\($0.step.kind.rawValue): \($0.result.state.rawValue)" } == [
                "disableEntry: done", "removeFromGroup: pending", "verify: pending",
            ])
        #expect(results.map(\.result.error) == [nil, Self.down, Self.down])
    }

    @Test func `a group that is hidden keeps the look back from being done, and remains, once`()
        throws
    {
        let process = process([.done, .done, .pending])
        var attempts = Attempts(process: process)
        attempts.verification = .done
        attempts.noteHidden([])
        #expect(settled(process, by: attempts.end(at: Self.at)) == .completed)
        let hidden = [try #require(DN(Self.boats))]
        attempts.noteHidden(hidden)
        attempts.noteHidden(hidden)
        let end = attempts.end(at: Self.at)
        #expect(settled(process, by: end) == .partial)
        #expect(
            end.results.map(\.result.error?.message) == [
                "the entry names role groups that are hidden from the bind DN: \(Self.boats)"
            ])
        #expect(end.remaining.map(\.target) == [Self.boats])
    }

    @Test(arguments: [nil, Enforcement.written, .proven])
    func `what was seen of the account stands until it is looked at again`(
        enforced: Enforcement?
    ) {
        let end = Attempts(process: process(enforced: enforced)).end(at: Self.at)
        #expect((end.enforced, end.policy) == (enforced, "cn=policy"))
        #expect(!end.isSeenDisabled && !end.isSeenEnabled && end.account == nil)
    }

    @Test func `attempts that fail as they did before are no news`() {
        let process = process([.done, .pending, .done])
        func changes(_ result: StepResult, from error: StepError?) -> Bool {
            let old = process.steps[2]
            let before = Step(
                process: old.process, ordinal: old.ordinal, target: old.target, work: old.work,
                state: .pending, attempts: 3, error: error)
            return ProcessEnd(
                process: process.id, at: Self.at, results: [(before, result)],
                enforced: nil, isSeenDisabled: false, remaining: []
            ).changes(process, to: .open)
        }
        #expect(!changes(Self.later, from: Self.down))
        #expect(changes(Self.later, from: nil))
        #expect(changes(Self.never, from: Self.down))
        #expect(changes(.done, from: nil))
    }
}
