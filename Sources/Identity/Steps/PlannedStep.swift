package import Ground
package import LDAP

/// One step of a plan: what is to happen, to what, and what the preview says of it.
package struct PlannedStep: Equatable, Sendable {
    package enum Work: Sendable {
        case local(LocalChange)
        case remote(any RemoteStep)
    }

    /// A DN for entries and groups, a serial, a username, or a role's name.
    package let target: String
    package let work: Work
    /// From what to what, in words: `active → locked`.
    package let detail: String

    package init(target: String, work: Work, detail: String) {
        self.target = target
        self.work = work
        self.detail = detail
    }

    package var kind: StepKind {
        switch work {
        case .local(let change): change.kind
        case .remote(let step): step.kind
        }
    }
}

extension PlannedStep {
    /// The entry, or the group, that a step in the directory is about.
    package var place: StoredDN { StoredDN(text: target) }
}

extension PlannedStep {
    /// What it tells a CA; nil: it tells none.
    package var telling: (any TellAuthority)? {
        if case .remote(let step) = work { step as? any TellAuthority } else { nil }
    }
}

extension PlannedStep.Work: Equatable {
    package static func == (one: PlannedStep.Work, other: PlannedStep.Work) -> Bool {
        switch (one, other) {
        case (.local(let change), .local(let otherChange)): change == otherChange
        case (.remote(let step), .remote(let otherStep)): step.isEqual(to: otherStep)
        case (.local, .remote), (.remote, .local): false
        }
    }
}

/// A step of a plan as it was shown: what is kept of a request, and what the audit log says.
package struct ShownStep: Hashable, Sendable {
    package let kind: StepKind
    package let target: String
    package let detail: String

    package init(_ step: PlannedStep) {
        kind = step.kind
        target = step.target
        detail = step.detail
    }

    /// The inverse of ``json``, by the kinds that there are.
    package init(json: JSONValue, among kinds: StepCatalogue) throws(Unreadable) {
        guard let kind = kinds.kind(named: try json.text("kind")) else {
            throw Unreadable("has a step of no known kind")
        }
        self.kind = kind
        target = try json.text("target")
        detail = try json.text("detail")
    }

    package var json: JSONValue {
        ["kind": .string(kind.rawValue), "target": .string(target), "detail": .string(detail)]
    }
}

extension Plan {
    package var shown: [ShownStep] { steps.map(ShownStep.init) }
    /// The same as the store keeps it.
    package var summary: JSONValue { .array(shown.map(\.json)) }
}
