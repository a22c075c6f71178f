package import LDAP

/// Something a user may do, held through membership of a role group.
package struct Role: Hashable, Sendable {
    package let name: String
    /// The row id of the group, and its DN.
    package let group: GroupID
    package let groupDN: StoredDN
    /// False: held because a group that the user is in is itself a member.
    package let direct: Bool

    package init(name: String, group: GroupID, groupDN: StoredDN, direct: Bool) {
        self.name = name
        self.group = group
        self.groupDN = groupDN
        self.direct = direct
    }
}

/// How an entry is a member of a group, or has a managed role of 389.
package struct Membership: Hashable, Sendable {
    /// `member`, `uniqueMember` or `memberUid` of the group; `nsRoleDN` of the entry itself.
    package let attribute: AttributeName
    /// The entry's DN, for `memberUid` the value of `uid`, for `nsRoleDN` the DN of the role.
    package let value: String

    package init(attribute: AttributeName, value: String) {
        self.attribute = attribute
        self.value = value
    }

    /// Whether it stands in the entry of whoever has it, and not in the group's.
    package var isOfEntry: Bool { attribute == .nsRoleDN }

    /// What puts the member in.
    package var addition: Modification {
        Modification(.add, attribute, [AttributeValue(value)])
    }

    /// What takes the member out; `placeholder` takes the last one's place.
    package func removal(placeholder: DN?) -> [Modification] {
        let removal = Modification(.delete, attribute, [AttributeValue(value)])
        guard let placeholder else { return [removal] }
        return [removal, Modification(.add, attribute, [AttributeValue(placeholder.text)])]
    }
}

/// What a sync found of a role group that takes roles away, or keeps them from being seen.
package struct GroupChange: Hashable, Sendable {
    package enum Kind: String, Sendable {
        /// It is there no more: everybody's role of it is withdrawn.
        case gone
        /// It shows no member, and must have some: what is stored of it stays.
        case unreadable
    }

    /// The row id.
    package let group: GroupID
    package let dn: String
    package let kind: Kind

    package init(group: GroupID, dn: String, kind: Kind) {
        self.group = group
        self.dn = dn
        self.kind = kind
    }
}
