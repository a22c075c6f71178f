/// One change within a modify request (RFC 4511, 4.6).
package struct Modification: Hashable, Sendable {
    package enum Kind: String, Sendable {
        case add
        case delete
        case replace
    }

    package let kind: Kind
    package let attribute: AttributeName
    /// Empty deletes the whole attribute, for `delete` and `replace`.
    package let values: [AttributeValue]

    package init(_ kind: Kind, _ attribute: AttributeName, _ values: [AttributeValue]) {
        self.kind = kind
        self.attribute = attribute
        self.values = values
    }
}
