package import Configuration
internal import Ground
internal import Identity
package import Store

/// One call of a receiver, by whoever has its `QueueLock`.
package struct ReceiverCall {
    package enum Answer: Hashable, Sendable {
        case done
        /// To be called again.
        case later(String)
        case failed(String)

        /// What is kept beside the words: EX_TEMPFAIL of sysexits.h where it is to be called again.
        package var code: Int32 {
            switch self {
            case .done: 0
            case .later: 75
            case .failed: 1
            }
        }
    }

    private let receiver: ReceiverSettings
    private let context: EngineContext

    package init(_ receiver: ReceiverSettings, _ context: EngineContext) {
        self.receiver = receiver
        self.context = context
    }

    /// Calls it with a test, once nobody else is at it: a lock that never was, of a user, or of nobody.
    package func test(_ user: User?) throws -> Answer {
        let document = try ReceiverDocument(context).test(of: user, by: context.by)
        let lock = try context.queueLock(
            .notify, receiver.name, waiting: receiver.timeout + 5)
        guard let lock else { return .later("another program is calling it") }
        let answer = try run(document, event: "test")
        _ = consume lock
        return answer
    }

    /// Throws what concerns the store.
    func run(_ document: JSONValue, event: String) throws -> Answer {
        do {
            let program = try ProgramFile(receiver.program, owner: context.store.owner)
            let queue = CallNote.Queue(
                store: context.store.path, kind: .notify, target: receiver.name)
            let answer = try context.sessions.watch.during("the receiver \(receiver.name)") {
                try call(event).run(
                    program, document: Array((document.text + "\n").utf8), as: event, in: queue)
            }
            return told(answer)
        } catch let refusal as ProgramRefusal {
            return .failed(refusal.description)
        }
    }

    private func call(_ event: String) -> ProgramCall {
        ProgramCall(
            launcher: context.launcher, arguments: receiver.arguments,
            environment: ProgramCall.environment + [
                "\(LeftCall.variable)=\(event)",
                "LOCKSTEP_RECEIVER=\(receiver.name)",
            ], timeout: .seconds(receiver.timeout))
    }

    private func told(_ answer: ProgramCall.Answer) -> Answer {
        switch answer {
        case .done: .done
        case .later(let words): .later(words)
        case .failed(let words): .failed(words)
        case .timedOut:
            .later("it did not end within \(receiver.timeout) s, and was ended")
        }
    }
}
