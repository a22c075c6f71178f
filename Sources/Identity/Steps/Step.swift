package import Ground
package import LDAP

/// A journalled step.
package struct Step: Equatable, Sendable {
    package let process: ProcessID
    package let ordinal: Int
    package let target: String
    package let work: Work
    package let state: StepState
    package let attempts: Int
    /// When a sync tries it again; nil: with the next one.
    package let due: Timestamp?
    package let error: StepError?

    /// Where a step is done, and what is to be done there.
    package enum Work: Sendable {
        /// In the transaction that began the process: it is done.
        case local(StepKind)
        case remote(any RemoteStep)
    }

    package init(
        process: ProcessID, ordinal: Int, target: String, work: Work, state: StepState,
        attempts: Int = 0, due: Timestamp? = nil, error: StepError? = nil
    ) {
        self.process = process
        self.ordinal = ordinal
        self.target = target
        self.work = work
        self.state = state
        self.attempts = attempts
        self.due = due
        self.error = error
    }

    package var kind: StepKind {
        switch work {
        case .local(let kind): kind
        case .remote(let step): step.kind
        }
    }

    /// Where the plan saw the entry, or the group, that a step in the directory is about.
    package var place: StoredDN { StoredDN(text: target) }

    /// Whether a retry takes it.
    package var isUnfinished: Bool { state == .pending || state == .failed }

    /// Whether both are one step of a process: its place there may have changed.
    package func isSame(as other: Step) -> Bool {
        process == other.process && target == other.target && work == other.work
    }

    /// The step as one of this type; nil where it is another.
    package func work<Kind: RemoteStep>(as type: Kind.Type) -> Kind? {
        if case .remote(let step) = work { step as? Kind } else { nil }
    }
}

extension Step {
    /// What it tells a CA; nil: it tells none.
    package var telling: (any TellAuthority)? {
        if case .remote(let step) = work { step as? any TellAuthority } else { nil }
    }
}

extension Step.Work: Equatable {
    package static func == (one: Step.Work, other: Step.Work) -> Bool {
        switch (one, other) {
        case (.local(let kind), .local(let otherKind)): kind == otherKind
        case (.remote(let step), .remote(let otherStep)): step.isEqual(to: otherStep)
        case (.local, .remote), (.remote, .local): false
        }
    }
}

/// How far a step is.
package enum StepState: String, Sendable, CaseIterable {
    /// In a plan that nobody carries out.
    case planned
    /// To be taken, or taken and failed for a passing cause.
    case pending
    case done
    /// Failed for a lasting cause; a retry takes it again.
    case failed
    /// A newer process of the same user decided otherwise: never to be taken.
    case superseded
}

/// Why a step is not done: the directory's result code and its own words.
package struct StepError: Hashable, Sendable {
    /// `success` where the server has taken the step, and something else was seen.
    package let code: ResultCode
    package let message: String

    package init(code: ResultCode, message: String) {
        self.code = code
        self.message = message
    }
}
