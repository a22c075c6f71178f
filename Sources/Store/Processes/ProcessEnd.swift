package import Ground
package import Identity
package import LDAP

/// What was read of an account, beside whether it is disabled.
package struct SeenAccount: Sendable {
    /// nil: the entry speaks of none.
    package let limits: AccountLimits?

    package init(limits: AccountLimits?) {
        self.limits = limits
    }
}

/// What one going-over of a process came to.
package struct ProcessEnd: Sendable {
    package let process: ProcessID
    package let at: Timestamp
    package let results: [(step: Step, result: StepResult)]
    /// A step found that the process must not be carried out.
    package let isRefused: Bool
    package let enforced: Enforcement?
    /// As ``IdentityProcess/policy``.
    package let policy: String?
    /// The lock value was read back.
    package let isSeenDisabled: Bool
    /// The account was read back, and is enabled.
    package let isSeenEnabled: Bool
    /// nil: it was not read.
    package let account: SeenAccount?
    /// What still gives access, found on the way, and is not ended by the process.
    package let remaining: [Finding]

    package init(
        process: ProcessID, at: Timestamp, results: [(step: Step, result: StepResult)],
        isRefused: Bool = false, enforced: Enforcement?, policy: String? = nil,
        isSeenDisabled: Bool,
        isSeenEnabled: Bool = false, account: SeenAccount? = nil, remaining: [Finding]
    ) {
        self.process = process
        self.at = at
        self.results = results
        self.isRefused = isRefused
        self.enforced = enforced
        self.policy = policy
        self.isSeenDisabled = isSeenDisabled
        self.isSeenEnabled = isSeenEnabled
        self.account = account
        self.remaining = remaining
    }

    /// Whether anything is different from before: attempts that fail as they did are no news.
    func changes(_ before: IdentityProcess, to state: ProcessState) -> Bool {
        before.state != state
            || results.contains { step, result in
                step.state != result.state || step.error != result.error
            }
    }

    /// The server had said that the entry is disabled, nobody had seen it so, and now it is seen open.
    ///
    /// One that was seen disabled and was opened since was disabled all the same.
    func disproves(_ step: Step, _ result: StepResult, of before: IdentityProcess) -> Bool {
        step.kind == .disableEntry && step.state == .done && result.state != .done
            && before.enforced == nil
    }

    /// `state`: how the process stands by now.
    func event(
        _ before: IdentityProcess, _ state: ProcessState, user: User, by: Operator
    ) -> AuditEvent {
        AuditEvent(
            at: at, by: by.login, host: by.host, terminal: by.terminal,
            event: "\(before.useCase.word) \(state.rawValue)", process: process,
            user: user.subject,
            detail: [
                "reason": .string(before.reason), "outcome": .string(state.rawValue),
                "enforced": JSONValue(enforced?.rawValue),
                "steps": .array(
                    results.map { step, result in
                        [
                            "kind": .string(step.kind.rawValue),
                            "target": .string(result.target ?? step.target),
                            "state": .string(result.state.rawValue),
                            "error": JSONValue(result.error?.message),
                        ]
                    }),
            ])
    }
}
