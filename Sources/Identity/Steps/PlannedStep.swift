/// One step of a plan: what is to happen, to what, and what the preview says of it.
package struct PlannedStep: Equatable, Sendable {
    package enum Action: Sendable {
        case local(LocalChange)
        case remote(any RemoteStep)
    }

    /// A DN for entries and groups, a serial, a username, or a role's name.
    package let target: String
    package let action: Action
    /// From what to what, in words: `active → locked`.
    package let detail: String

    package init(target: String, action: Action, detail: String) {
        self.target = target
        self.action = action
        self.detail = detail
    }

    package var kind: StepKind {
        switch action {
        case .local(let change): change.kind
        case .remote(let step): step.kind
        }
    }
}

extension PlannedStep.Action: Equatable {
    package static func == (one: PlannedStep.Action, other: PlannedStep.Action) -> Bool {
        switch (one, other) {
        case (.local(let change), .local(let otherChange)): change == otherChange
        case (.remote(let step), .remote(let otherStep)): step.isEqual(to: otherStep)
        case (.local, .remote), (.remote, .local): false
        }
    }
}
