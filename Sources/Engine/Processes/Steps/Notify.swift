internal import Configuration
internal import Ground
package import Identity
internal import LDAP
package import Store

// A receiver is called with what has happened, once at a time, the oldest first.
extension Notify: OutsideAction {
    package static var isQueued: Bool { true }

    package func longest(_ step: Step, in context: EngineContext) -> Int64 {
        // Its end takes a second where it has to be ended.
        (context.settings.receiver(named: step.target)?.timeout ?? 30) + 5
    }

    package func attempt(
        _ step: Step, of process: IdentityProcess, in context: EngineContext
    ) throws -> StepResult {
        guard let receiver = context.settings.receiver(named: step.target) else {
            return StepResult(.failed("receivers has no \(step.target) any more"))
        }
        let event = event(of: process.id)
        let document = try ReceiverDocument(context).json(of: process, step, self, event: event)
        return StepResult(try ReceiverCall(receiver, context).run(document, event: event))
    }

    package func contradiction(
        of step: Step, of process: IdentityProcess, in context: EngineContext
    ) -> String? { nil }

    /// The key by which a receiver knows what it has heard before.
    private func event(of process: ProcessID) -> String {
        after.map { "process:\(process):\($0)" } ?? "process:\(process)"
    }
}

extension Settings {
    func receiver(named name: String) -> ReceiverSettings? {
        receivers.first { $0.name == name }
    }
}

extension StepResult {
    fileprivate init(_ answer: ReceiverCall.Answer) {
        switch answer {
        case .done: self = .done
        case .failed(let words), .later(let words):
            self.init(
                state: answer.isPassing ? .pending : .failed,
                error: StepError(code: ResultCode(rawValue: answer.code), message: words))
        }
    }
}

extension ReceiverCall.Answer {
    fileprivate var isPassing: Bool {
        switch self {
        case .later: true
        case .done, .failed: false
        }
    }
}
