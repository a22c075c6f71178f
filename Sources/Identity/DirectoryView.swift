package import Ground
package import LDAP

/// What a plan knows of the directory.
package struct DirectoryView: Sendable {
    package enum Origin: Hashable, Sendable {
        /// Read just now. nil: the entry could not be seen (deleted or hidden).
        case fresh(Entry?)
        /// The directory could not be asked; `why` in its own words.
        case lastSync(why: String)
    }

    package let origin: Origin
    package let dialect: Dialect
    /// What `dialect.disable` would send, shown by the preview.
    package let disabling: [Modification]
    /// What the entry says of its account; nil where it can't be read.
    package let account: AccountState?
    package let groups: [RoleGroupView]
    /// Groups that hold the user and are no role groups, or none that is configured.
    package let outsideGroups: [DN]
    /// Roles that the server gives by a rule of its own, or that can't be read.
    package let computedRoles: [DN]
    /// The placeholder that takes the last member's place; nil: the policy is another.
    package let placeholder: DN?
    /// Access of the user's that no step ends.
    package let remaining: [Finding]
    /// The rows of the groups that contain a group which the configuration keeps, and so contain the
    /// user.
    package let heldThroughKept: Set<GroupID>

    /// Whether role groups are configured; without any, no lock strips a group.
    package var hasRoleGroups = true

    /// Where no placeholder does, the group is deleted with its last member; else nothing is done.
    package var deletesEmptyGroups = false

    /// What the reason writes to entries of other classes alone.
    package var ofOtherClasses: [AttributeWrite] = []
    /// What it writes to entries of a class that this one may have: that is hidden.
    package var ofHiddenClasses: [AttributeWrite] = []

    /// The account as the server counts it and as the entry has it; nil: it was not read.
    package var values: Account?

    package init(
        origin: Origin, dialect: Dialect, disabling: [Modification], account: AccountState?,
        groups: [RoleGroupView], outsideGroups: [DN], computedRoles: [DN] = [],
        placeholder: DN?, remaining: [Finding] = [], heldThroughKept: Set<GroupID> = []
    ) {
        self.origin = origin
        self.dialect = dialect
        self.disabling = disabling
        self.account = account
        self.groups = groups
        self.outsideGroups = outsideGroups
        self.computedRoles = computedRoles
        self.placeholder = placeholder
        self.remaining = remaining
        self.heldThroughKept = heldThroughKept
    }

    /// The entry as it was read just now.
    package var entry: Entry? {
        switch origin {
        case .fresh(let entry): entry
        case .lastSync: nil
        }
    }

    /// Why the account lets nobody in, though it is not disabled.
    package func hindrances(at now: Timestamp) -> [String] {
        values.flatMap { dialect.limits(of: $0.shown) }?.hindrances(at: now) ?? []
    }
}
