/// An entry that a server sent and that is not one by the rules of LDAP.
package struct UnreadableEntry: Hashable, Sendable {
    /// The name as the server wrote it; octets that are not UTF-8 are replaced.
    package let dn: String
    package let why: String

    package init(dn: String, why: String) {
        self.dn = dn
        self.why = why
    }
}
