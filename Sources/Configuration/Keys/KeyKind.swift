/// What may stand behind a key.
indirect enum KeyKind: Hashable, Sendable {
    case text
    /// A name of ours: letters, digits, dash, dot, underscore.
    case name
    case path
    case boolean
    case integer(ClosedRange<Int>)
    /// Digits and s, m, h or d; `atLeast` in seconds.
    case duration(atLeast: Int64)
    /// A number or a percentage.
    case limit
    case word([String])
    case uri
    case dn
    case filter
    case attribute
    /// A first RDN or a whole DN.
    case protected
    /// A bare attribute name, or a template when it has braces.
    case source
    case template
    /// The keys of the table that stand below this one.
    case section
    /// Keys that the administrator chooses; what stands below each is the key `*` of the table.
    case named
    case list(KeyKind)
    case oneOrList(KeyKind)
    case either(KeyKind, KeyKind)
}
