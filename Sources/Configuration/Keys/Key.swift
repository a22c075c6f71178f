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
