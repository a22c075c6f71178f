import LDAP

/// A group that a user's processes have taken the user out of, or were to.
struct WithdrawnGroup {
    let id: EntryID
    let dn: StoredDN
    var memberships: [Membership] = []
    var isStripped = false
    /// Nothing was seen of the group yet: the membership is as the plan supposed.
    private var isSupposed = true

    init(id: EntryID, dn: StoredDN) {
        self.id = id
        self.dn = dn
    }

    /// `prior`: what the step found in the group; nil where it took what was planned, or nothing yet.
    mutating func note(_ planned: Membership, prior: PriorValues?, isStripped: Bool) {
        let found = prior?.attributes.flatMap { write in
            write.values.compactMap(\.text).map {
                Membership(attribute: write.attribute, value: $0)
            }
        }
        if isSupposed, found != nil || isStripped {
            memberships = []
            isSupposed = false
        }
        for membership in found ?? (isStripped || memberships.isEmpty ? [planned] : [])
        where !memberships.contains(where: { $0.attribute == membership.attribute }) {
            memberships.append(membership)
        }
        self.isStripped = self.isStripped || isStripped
    }

    /// As others see it; `role` names a group's role and row.
    func withdrawn(
        role: (EntryID) throws -> (name: String, row: GroupID)?
    ) rethrows -> Withdrawn.Group {
        let known = try role(id)
        return Withdrawn.Group(
            entryID: id, dn: dn, memberships: memberships, isStripped: isStripped,
            role: known?.name ?? dn.text, row: known?.row)
    }
}
