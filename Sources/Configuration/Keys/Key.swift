/// A key that `lockstep.yaml` may have.
struct Key: Hashable, Sendable {
    /// From the root, with dots; `*` is a name that the administrator chose.
    let path: String
    let kind: KeyKind
    let absence: KeyAbsence
    /// One or two sentences, for editors.
    let explanation: String

    init(_ path: String, _ kind: KeyKind, _ absence: KeyAbsence, _ explanation: String) {
        self.path = path
        self.kind = kind
        self.absence = absence
        self.explanation = explanation
    }

    /// The last part of the path.
    var name: String {
        path.lastIndex(of: ".").map { String(path[path.index(after: $0)...]) } ?? path
    }

    /// The path without its last part; empty at the root.
    var section: String { path.lastIndex(of: ".").map { String(path[..<$0]) } ?? "" }
}

/// What it means that a key is not there, or null.
enum KeyAbsence: Hashable, Sendable {
    /// An error that shows how it is written.
    case required(example: String)
    /// There is none.
    case none
    /// Absent or null, this is taken.
    case standard(Node.Content)
    /// Absent, this is taken; null, there is none.
    case standardOrNull(Node.Content)
}

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
    /// `http://` or `https://`.
    case web
    /// A web address, or the path of a file.
    case location
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
