package import LDAP

package enum ProtectedName: Sendable, Hashable {
    /// `uid=root-operator`: any entry with this first RDN.
    case rdn(RDN)
    case dn(DN)
}
