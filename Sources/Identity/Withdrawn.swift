package import Ground
package import LDAP

/// What the lock or deactivation that holds a user has taken, as the journal tells it.
package struct Withdrawn: Hashable, Sendable {
    /// A role group that was to be stripped.
    package struct Group: Hashable, Sendable {
        package let entryID: EntryID
        package let dn: StoredDN
        /// One for each attribute of the group that named the user.
        package let memberships: [Membership]
        /// The directory has confirmed that the user is out of it.
        package let isStripped: Bool
        /// The role, and the group's row, where the store knows it.
        package let role: String
        package let row: GroupID?

        package init(
            entryID: EntryID, dn: StoredDN, memberships: [Membership], isStripped: Bool,
            role: String, row: GroupID?
        ) {
            self.entryID = entryID
            self.dn = dn
            self.memberships = memberships
            self.isStripped = isStripped
            self.role = role
            self.row = row
        }
    }

    /// The process that holds the user; nil: only the directory made the user inactive.
    package let process: ProcessID?
    /// That one, and a deactivation of the directory's that an operator took over.
    package let processes: Set<ProcessID>
    /// When the entry was disabled, and what its account attributes were; nil: it never was, by us.
    package let disabledAt: Timestamp?
    package let account: PriorValues?
    package let attributes: [AttributeRestoration]
    package let groups: [Group]

    package init(
        process: ProcessID?, processes: Set<ProcessID>, disabledAt: Timestamp?,
        account: PriorValues?,
        attributes: [AttributeRestoration], groups: [Group]
    ) {
        self.process = process
        self.processes = processes
        self.disabledAt = disabledAt
        self.account = account
        self.attributes = attributes
        self.groups = groups
    }

    /// Whether what holds the user is what has changed something.
    func isOurs(_ changedBy: ProcessID?) -> Bool { changedBy.map(processes.contains) ?? false }
}
