package import LDAP

/// The values that an attribute is to have.
package struct AttributeWrite: Hashable, Sendable {
    package let attribute: AttributeName
    /// Empty: the attribute is to be deleted.
    package let values: [AttributeValue]

    package init(attribute: AttributeName, values: [AttributeValue]) {
        self.attribute = attribute
        self.values = values
    }
}
