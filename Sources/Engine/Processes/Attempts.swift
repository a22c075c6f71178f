internal import Ground
internal import Identity
internal import LDAP
internal import Store

/// What one going-over of a process came to, until it is written down in one transaction.
struct Attempts {
    let process: IdentityProcess
    private(set) var results: [Int: StepResult] = [:]
    /// nil: nothing was read back.
    var verification: StepResult?
    private(set) var isDisabled = false
    private(set) var isAbsent = false
    private var closures: [String] = []
    private var isEnabled = false
    private var account: SeenAccount?
    private var isReadBack = false
    private var seenPolicy: String?
    private var remaining: [Finding] = []
    /// The canary was refused while it was locked as this entry is now.
    var isProven = false
    /// A step found that the process must not be carried out.
    var isRefused = false

    init(process: IdentityProcess) {
        self.process = process
    }

    subscript(step: Step) -> StepResult? {
        get { results[step.ordinal] }
        set { results[step.ordinal] = newValue }
    }

    /// Gives every step of the directory that has no answer yet the same error: the directory can't be
    /// reached any more.
    mutating func postponeAll(_ why: StepError?) {
        for step in process.steps
        where step.isUnfinished && step.kind.isInDirectory && results[step.ordinal] == nil {
            results[step.ordinal] = StepResult(state: .pending, error: why)
        }
    }

    /// Takes over what was seen: a step that the server took and that can't be seen is not done.
    mutating func note(_ seen: ReadBack) {
        for step in process.steps where step.kind != .verify {
            guard let because = seen.contradicted[step.ordinal] else { continue }
            let isTried = results[step.ordinal] ?? (step.state == .done ? .done : nil)
            guard isTried?.state == .done else { continue }
            results[step.ordinal] = StepResult(
                state: .pending,
                error: StepError(code: .success, message: because))
        }
        isReadBack = true
        isDisabled = seen.isDisabled
        isAbsent = seen.isAbsent
        closures = seen.closures
        isEnabled = seen.isEnabled
        account = seen.account
        seenPolicy = seen.policy
        let open = process.steps.filter {
            $0.kind.isInDirectory && $0.kind != .verify && !isDone($0)
        }
        verification =
            open.isEmpty
            ? seen.entry.map { .done.at($0.dn.text) } ?? .done
            : StepResult(
                state: .pending,
                error: StepError(
                    code: .success,
                    message: open.count == 1
                        ? "a step above was not seen done"
                        : "\(open.count) of the steps above were not seen done"))
    }

    /// Role groups that the entry names and that can't be seen: whether the user is out of them is not
    /// known.
    mutating func noteHidden(_ groups: [DN]) {
        guard !groups.isEmpty else { return }
        noteRemaining(groups.map(RemainingAccess.hidden))
        verification = StepResult(
            state: .failed,
            error: StepError(
                code: .insufficientAccessRights,
                message: "the entry names role groups that are hidden from the bind DN: "
                    + groups.prefix(5).map(\.text).joined(separator: " and ")))
    }

    mutating func noteRemaining(_ findings: [Finding]) {
        remaining += findings.filter { !remaining.contains($0) }
    }

    func isDone(_ step: Step) -> Bool {
        (results[step.ordinal]?.state ?? step.state) == .done
    }

    /// How the process stands after this, to be written down.
    func end(at clock: Timestamp) -> ProcessEnd {
        var written = process.steps.compactMap { step in
            results[step.ordinal].map { (step: step, result: $0) }
        }
        for step in process.steps where step.kind == .verify {
            if let verification { written.append((step, verification)) }
        }
        return ProcessEnd(
            process: process.id, at: clock, results: written, isRefused: isRefused,
            enforced: enforced, policy: isReadBack ? seenPolicy : process.policy,
            isSeenDisabled: isDisabled, isSeenEnabled: isEnabled, account: account,
            remaining: remaining + (isAbsent ? [absence] : []) + closures.map(closed))
    }

    /// The last look counts, not an earlier one.
    private var enforced: Enforcement? {
        guard isReadBack else { return process.enforced }
        guard isDisabled else { return nil }
        return isProven ? .proven : process.enforced ?? .written
    }

    private func closed(_ because: String) -> Finding {
        Finding(
            kind: .entry, target: process.steps.first { $0.kind.isOfEntry }?.target ?? "",
            because: because)
    }

    private var absence: Finding {
        Finding(
            kind: .entry, target: process.steps.first { $0.kind == .disableEntry }?.target ?? "",
            because: "deleted or hidden: it could not be seen disabled")
    }
}
