internal import Ground

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
    /// Its syntax is one of octets: values may be no text.
    package let isBinary: Bool

    /// RFC 4517, 3.3 and RFC 2252, 4.3.2: binary, the certificates, JPEG, octet string.
    private static let binarySyntaxes: Set<String> = Set(
        ["5", "8", "9", "10", "28", "40"].map { "1.3.6.1.4.1.1466.115.121.1." + $0 })

    init(_ text: SchemaText) {
        names = text.values("NAME")
        isPassword = (names + [text.oid]).contains { AttributeName(trusted: $0).isPassword }
        isSingleValued = text.has("SINGLE-VALUE")
        isUserModifiable = !text.has("NO-USER-MODIFICATION")
        let usage = text.values("USAGE").first?.asciiLowered ?? "userapplications"
        isOperational = usage != "userapplications"
        // The length that may follow is no part of it: `…121.1.40{128}`.
        let syntax = text.values("SYNTAX").first?.prefix { $0 != "{" }
        isBinary = syntax.map { Self.binarySyntaxes.contains(String($0)) } ?? false
    }
}
