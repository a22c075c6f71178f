/// What a run tells while it goes on; a terminal shows it, a dry run prints the changes.
package struct SyncObserver {
    package enum Phase: String, Sendable {
        case connecting
        case users
        case missing
        case groups
    }

    package struct Progress: Sendable {
        package let directory: String
        package let phase: Phase
        /// Entries of this phase so far.
        package let entries: Int
    }

    package var progress: (Progress) -> Void
    /// Each user whose stored properties change, as it happens; nil: nobody wants to know, which
    /// saves comparing them one by one.
    package var change: ((UserChange) -> Void)?

    /// Each direct membership of a known user that changes; nil: nobody wants to know, which saves
    /// looking every member up.
    package var role: ((RoleChange) -> Void)?

    /// Each process that a dry run would begin.
    package var preview: ((ProcessPreview) -> Void)?

    package init(
        progress: @escaping (Progress) -> Void = { _ in },
        change: ((UserChange) -> Void)? = nil,
        role: ((RoleChange) -> Void)? = nil
    ) {
        self.progress = progress
        self.change = change
        self.role = role
    }
}
