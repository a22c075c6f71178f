package import LDAP

/// One step of a plan: what is to happen, to what, and what the preview says of it.
package struct PlannedStep: Hashable, Sendable {
    package enum Action: Hashable, Sendable {
        case local(LocalChange)
        /// `entry`: the immutable id of the entry or group that is to be written.
        case remote(DirectoryChange, entry: EntryID)
    }

    package let kind: StepKind
    /// A DN for entries and groups, a serial, a username, or a role's name.
    package let target: String
    package let action: Action
    /// From what to what, in words: `active → locked`.
    package let detail: String

    package init(kind: StepKind, target: String, action: Action, detail: String) {
        self.kind = kind
        self.target = target
        self.action = action
        self.detail = detail
    }
}
