/// What a fact amounts to, and in the same sentence what to do about it.
package struct CheckVerdict: Hashable, Sendable {
    package let state: CheckState
    package let message: String

    private init(_ state: CheckState, _ message: String) {
        self.state = state
        self.message = message
    }

    static func ok(_ message: String) -> CheckVerdict { CheckVerdict(.ok, message) }
    static func warning(_ message: String) -> CheckVerdict { CheckVerdict(.warning, message) }
    static func failed(_ message: String) -> CheckVerdict { CheckVerdict(.failed, message) }
    static func notProven(_ message: String) -> CheckVerdict { CheckVerdict(.notProven, message) }

    /// The same, of less weight: another server does what this one doesn't.
    func mitigated(by why: String) -> CheckVerdict {
        state == .failed ? .warning("\(message) \(why)") : self
    }
}
