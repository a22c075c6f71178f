import Fixtures
import Glibc
import LDAP
import LDAPClient
import Synchronization
import Testing

/// Short ways to a connection, for tests.
enum TestConnection {
    static func options(
        _ url: String, connectTimeout: Int64 = 5, operationTimeout: Int64 = 10
    ) throws -> ConnectionOptions {
        // As `main` does: libldap may write to a server that a test has ended.
        _ = signal(SIGPIPE, SIG_IGN)
        return ConnectionOptions(
            url: try #require(LDAPURL(url)), connectTimeout: connectTimeout,
            operationTimeout: operationTimeout)
    }

    /// Bound as the service account.
    static func bound(
        _ slapd: Slapd, via url: String? = nil, operationTimeout: Int64 = 10
    ) throws -> Connection {
        let connection = try Connection(
            try options(url ?? slapd.url, operationTimeout: operationTimeout))
        try connection.bind(
            dn: try dn(Slapd.serviceDN), password: Array(Slapd.servicePassword.utf8))
        return connection
    }

    static func dn(_ text: String) throws -> DN {
        try #require(DN(text))
    }

    static func person(_ username: String) throws -> DN {
        try dn(SampleOrganisation.person(username))
    }

    static let suffix = SampleOrganisation.suffix

    static func name(_ text: String) -> AttributeName { AttributeName(trusted: text) }

    static let people = Filter.equal(name("objectClass"), AttributeValue("inetOrgPerson"))

    /// The failure of a body that must fail.
    static func failure(
        _ body: () throws -> Void, _ location: SourceLocation = #_sourceLocation
    ) throws -> LDAPFailure {
        try #require(
            #expect(throws: LDAPFailure.self, sourceLocation: location, performing: body))
    }
}

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

/// Counts from any thread.
final class Counter: Sendable {
    private let value = Mutex(0)

    var count: Int { value.withLock { $0 } }

    func increment() {
        value.withLock { $0 += 1 }
    }
}
