internal import Configuration
internal import Ground
internal import Identity
internal import Store

/// Which receivers are to hear of a process.
struct Hearing {
    let useCase: UseCase
    let context: EngineContext
    /// Each is one of a list that somebody gave.
    var isOfList = false

    private var store: Store { context.store }

    private var settings: Settings { context.settings }

    /// The plan, with a step for each receiver that is to hear of it; a plan without steps stays without.
    func telling(_ plan: Plan, of user: User, at: Timestamp) throws -> Plan {
        guard !plan.steps.isEmpty, !settings.receivers.isEmpty else { return plan }
        let owed = try owed(of: user)
        let hearing = settings.receivers.filter {
            $0.useCases.contains(useCase) || owed[$0.name] != nil
        }
        guard !hearing.isEmpty else { return plan }
        let before = try store.subject(user).asHeard(at: at)
        let steps = hearing.map { receiver in
            PlannedStep(
                target: receiver.name,
                work: .remote(
                    Notify(before: owed[receiver.name] ?? before, isOfList: isOfList)),
                detail: receiver.program)
        }
        return Plan(
            steps: plan.steps + steps, unchanged: plan.unchanged, remaining: plan.remaining)
    }

    /// What receivers have missed: they have not heard of what was done to the user before, will not hear
    /// of it any more, and still take the state before that for the present one.
    ///
    /// What the new process undoes is told only to receivers that ask for its use case.
    private func owed(of user: User) throws -> [String: Notify.Before] {
        var owed: [String: Notify.Before] = [:]
        for step in try store.processes.unfinishedSteps(of: user.id) {
            guard let notify = step.work(as: Notify.self), owed[step.target] == nil,
                let older = try store.processes.process(step.process)
            else { continue }
            let asksForThis = settings.receiver(named: step.target)?.useCases.contains(useCase)
            guard older.useCase.isRestoring == useCase.isRestoring || asksForThis == true else {
                continue
            }
            owed[step.target] = notify.before
        }
        return owed
    }
}
