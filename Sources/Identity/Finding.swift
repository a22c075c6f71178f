/// Something that a process leaves as it is, or that it does not end, and why.
package struct Finding: Hashable, Sendable {
    /// `user`, `role`, `credential`, `certificate`, `entry`, `group`, `session`, `account`.
    package let kind: String
    /// A DN for entries and groups, a serial for credentials and certificates, a username for users.
    package let target: String
    package let because: String

    package init(kind: String, target: String, because: String) {
        self.kind = kind
        self.target = target
        self.because = because
    }
}
