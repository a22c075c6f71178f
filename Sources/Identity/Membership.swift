package import LDAP

/// How an entry is a member of a group.
package struct Membership: Hashable, Sendable {
    /// `member`, `uniqueMember` or `memberUid`.
    package let attribute: AttributeName
    /// A DN, or for `memberUid` the value of `uid`.
    package let value: String

    package init(attribute: AttributeName, value: String) {
        self.attribute = attribute
        self.value = value
    }

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
