/// Something a user may do, held through membership of a role group.
package struct Role: Hashable, Sendable {
    package let name: String
    /// The row id of the group, and its DN.
    package let group: GroupID
    package let groupDN: String
    /// False: held because a group that the user is in is itself a member.
    package let direct: Bool

    package init(name: String, group: GroupID, groupDN: String, direct: Bool) {
        self.name = name
        self.group = group
        self.groupDN = groupDN
        self.direct = direct
    }
}

/// The row of a role group in the store.
package struct GroupID: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: Int64

    package init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    package var description: String { String(rawValue) }
}
