internal import Ground

/// What a server's schema says of an object class (RFC 4512, 4.1.1), or adds to one by a content rule
/// (4.1.6); every name in lower case.
struct ClassDefinition: Hashable, Sendable {
    var superiors: [String]
    var attributes: [String]

    init(_ text: SchemaText) {
        // A content rule names its auxiliary classes with AUX.
        superiors = (text.values("SUP") + text.values("AUX")).map(\.asciiLowered)
        attributes = (text.values("MUST") + text.values("MAY")).map(\.asciiLowered)
    }
}
