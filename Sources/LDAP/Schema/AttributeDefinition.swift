/// What a server's schema says of an attribute type (RFC 4512, 4.1.2).
package struct AttributeDefinition: Hashable, Sendable {
    package let names: [String]
    /// Whether it holds a secret, by whichever of its names.
    package let isPassword: Bool
    package let isSingleValued: Bool
    /// False for what the server alone writes.
    package let isUserModifiable: Bool
    /// Of the server and not of the entry's classes: every entry may have it.
    package let isOperational: Bool

    init(_ text: SchemaText) {
        names = text.values("NAME")
        isPassword = (names + [text.oid]).contains { AttributeName(trusted: $0).isPassword }
        isSingleValued = text.has("SINGLE-VALUE")
        isUserModifiable = !text.has("NO-USER-MODIFICATION")
        let usage = text.values("USAGE").first?.asciiLowered ?? "userapplications"
        isOperational = usage != "userapplications"
    }
}
