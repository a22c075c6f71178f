package import LDAP

/// A write that was sent and not answered yet.
package struct PendingRequest: Hashable, Sendable {
    let id: Int32
    let attempted: LDAPFailure.Attempt
    package let dn: DN
}
