package import LDAP

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
