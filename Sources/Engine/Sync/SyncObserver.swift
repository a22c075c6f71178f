package import Identity

/// What a run tells while it goes on; a terminal shows it, a dry run prints the changes.
package struct SyncObserver {
    package enum Phase: String, Sendable {
        case connecting
        case users
        case missing
        case groups
    }

    package struct Progress: Sendable {
        package let directory: DirectoryName
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

/// What a run changes of one user, or would: old → new.
package struct UserChange: Equatable, Sendable {
    package enum Kind: String, Sendable {
        case created
        case updated
        case renamed
        case missing
        case returned
        case rejected
    }

    /// A property by its key in `show --json`, or a kept attribute by its name.
    package struct Property: Equatable, Sendable {
        package let name: String
        /// nil: none.
        package let old: String?
        package let new: String?

        package init(_ name: String, _ old: String?, _ new: String?) {
            self.name = name
            self.old = old
            self.new = new
        }
    }

    package let kind: Kind
    package let username: String
    package let dn: String
    package let properties: [Property]
    /// Why a rejected entry was rejected, or where a missing one is.
    package let why: String?

    init(
        kind: Kind, username: String, dn: String, properties: [Property] = [], why: String? = nil
    ) {
        self.kind = kind
        self.username = username
        self.dn = dn
        self.properties = properties
        self.why = why
    }
}

/// A user whom a role group has as a member from now on, or no longer.
package struct RoleChange: Equatable, Sendable {
    package let directory: DirectoryName
    package let username: String
    package let dn: String
    package let role: String
    /// The DN of the group.
    package let group: String
    package let isGranted: Bool
}
