/// Every kind of step that there is, by its name: what the journal is read by.
package struct StepCatalogue: Sendable {
    package static let standard = StepCatalogue(
        LocalChange.kinds,
        [
            DisableEntry.self, EnableEntry.self, WriteReason.self, RestoreAttributes.self,
            RemoveFromGroup.self, AddToGroup.self, Verify.self, TellRevocation.self,
            TellHold.self, TellRelease.self, Notify.self,
        ])

    /// Of all steps, those of the store first.
    package let kinds: [StepKind]
    private let byName: [String: StepKind]
    private let forms: [StepKind: any RemoteStep.Type]

    private init(_ local: [StepKind], _ remote: [any RemoteStep.Type]) {
        kinds = local + remote.map { $0.kind }
        byName = Dictionary(uniqueKeysWithValues: kinds.map { ($0.rawValue, $0) })
        forms = Dictionary(uniqueKeysWithValues: remote.map { ($0.kind, $0) })
    }

    /// The same with more kinds.
    package func with(_ more: any RemoteStep.Type...) -> StepCatalogue {
        StepCatalogue(kinds.filter { !$0.isRemote }, Array(forms.values) + more)
    }

    /// nil: no step has that name.
    package func kind(named name: String) -> StepKind? { byName[name] }

    /// What reads the journal of a kind; nil for a step of the store, of which it keeps nothing.
    package func form(of kind: StepKind) -> (any RemoteStep.Type)? { forms[kind] }
}
