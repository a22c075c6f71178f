import Fixtures
import Glibc
import LDAP
import LDAPClient
import Testing

/// A process whose environment asks libldap to accept every certificate.
enum Weakened {
    static func connect() throws {
        unsafe setenv("LDAPTLS_REQCERT", "never", 1)
        unsafe setenv("LDAPTLS_CACERT", try Certificates.shared.get().otherCA, 1)
        unsafe unsetenv("LDAPNOINIT")
        let slapd = try Slapd { $0.tls = .init(.otherCA) }
        var options = try TestConnection.options(slapd.tlsURL)
        options.caFile = try Certificates.shared.get().ca
        do throws(LDAPFailure) {
            _ = try Connection(options)
        } catch {
            return
        }
        throw FixtureError("a certificate of a stranger was accepted")
    }
}
