internal import LDAP

/// What stood in an entry before a step's first attempt: each attribute that it writes, with all values.
package struct PriorValues: Hashable, Sendable {
    package let attributes: [AttributeWrite]

    package init(attributes: [AttributeWrite]) {
        self.attributes = attributes
    }
}
