/// An entry as one search result told it: the attributes that were asked for, readable and present.
package struct Entry: Hashable, Sendable {
    package struct Attribute: Hashable, Sendable {
        package let name: AttributeName
        package let values: [AttributeValue]

        package init(name: AttributeName, values: [AttributeValue]) {
            self.name = name
            self.values = values
        }
    }

    package let dn: DN
    package let attributes: [Attribute]

    package init(dn: DN, attributes: [Attribute]) {
        self.dn = dn
        self.attributes = attributes
    }

    /// The values of an attribute; empty where the entry has none or none that could be read.
    package subscript(name: AttributeName) -> [AttributeValue] {
        attributes.first { $0.name == name }?.values ?? []
    }
}
