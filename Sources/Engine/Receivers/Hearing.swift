internal import Configuration
internal import Ground
internal import Identity
internal import Store

// Which receivers are to hear of a process.
extension UsersProc {
    /// The plan, with a step for each; one without steps stays so.
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

    /// What receivers have not heard of what was done to the user before, and will not hear of by
    /// itself any more: what they take to be so.
    ///
    /// Of what the new process undoes only those hear that ask for it.
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
