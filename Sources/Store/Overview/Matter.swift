/// Something that a person should know, as an unattended run tells of it.
package struct Matter: Hashable, Sendable {
    /// A word: what sort of thing it concerns.
    package let kind: String
    /// Which of them; empty where there is only one.
    package let target: String
    /// Equal for as long as it is the same matter, though counts in its message move on.
    package let identity: String
    package let message: String

    package init(kind: String, target: String, identity: String, message: String) {
        self.kind = kind
        self.target = target
        self.identity = identity
        self.message = message
    }
}
