import Fixtures
import LDAP
import LDAPClient
import Testing

@Suite struct TLSTests {
    enum Way: CaseIterable { case ldaps, startTLS }

    private func options(
        _ slapd: Slapd, _ way: Way, minimum: TLSVersion = .v1_2, ca: String? = nil
    ) throws -> ConnectionOptions {
        let url = way == .ldaps ? slapd.tlsURL : slapd.url
        var options = try TestConnection.options(url)
        options.caFile = try ca ?? Certificates.shared.get().ca
        options.startTLS = way == .startTLS
        options.minimumTLS = minimum
        return options
    }

    @Test(arguments: Way.allCases)
    func `a good certificate is accepted`(way: Way) throws {
        let slapd = try Slapd { $0.tls = .init(.good) }
        let connection = try Connection(try options(slapd, way, minimum: .v1_3))
        try connection.bind(
            dn: try TestConnection.dn(Slapd.serviceDN),
            password: Array(Slapd.servicePassword.utf8))
        let version = connection.tlsVersion
        #expect(version == "TLS1.3")
        #expect(try connection.whoAmI() == "dn:\(Slapd.serviceDN)")
    }

    @Test(arguments: [ServerCertificate.wrongHost, .expired, .notYetValid, .otherCA], Way.allCases)
    func `a bad certificate is never accepted`(certificate: ServerCertificate, way: Way) throws {
        let slapd = try Slapd { $0.tls = .init(certificate) }
        let failure = try TestConnection.failure {
            _ = try Connection(try options(slapd, way))
        }
        #expect(failure.attempted == (way == .ldaps ? .connect : .startTLS))
        #expect(failure.code == .connectError)
    }

    @Test(arguments: Way.allCases)
    func `the system's CAs do not vouch for a stranger`(way: Way) throws {
        let slapd = try Slapd { $0.tls = .init(.good) }
        var options = try options(slapd, way)
        options.caFile = nil
        #expect(throws: LDAPFailure.self) { _ = try Connection(options) }
    }

    @Test(arguments: Way.allCases, [(TLSVersion.v1_2, true), (.v1_3, false)])
    func `a server of TLS 1.2 alone is accepted only where that is enough`(
        way: Way, row: (minimum: TLSVersion, isEnough: Bool)
    ) throws {
        let slapd = try Slapd { $0.tls = .init(.good, isOnly12: true) }
        let options = try options(slapd, way, minimum: row.minimum)
        if row.isEnough {
            let version = try Connection(options).tlsVersion
            #expect(version == "TLS1.2")
        } else {
            #expect(throws: LDAPFailure.self) { _ = try Connection(options) }
        }
    }

    @Test func `a CA file that is not there is an error that names it`() throws {
        let slapd = try Slapd { $0.tls = .init(.good) }
        let failure = try TestConnection.failure {
            _ = try Connection(try options(slapd, .ldaps, ca: "/nowhere/ca.pem"))
        }
        #expect(failure.diagnostic == "TLS files can't be used: /nowhere/ca.pem")
    }

    @Test func `StartTLS where the server has none is an error`() throws {
        let slapd = try Slapd()
        let failure = try TestConnection.failure {
            _ = try Connection(try options(slapd, .startTLS))
        }
        #expect(failure.attempted == .startTLS)
        #expect(failure.code == .protocolError)
    }

    @Test(arguments: Way.allCases)
    func `a client certificate says who we are`(way: Way) throws {
        let slapd = try Slapd { $0.tls = .init(.good, verifyClient: "demand") }
        let certificates = try Certificates.shared.get()
        var options = try options(slapd, way)
        options.certificate = certificates.client
        options.key = certificates.clientKey
        let connection = try Connection(options)
        try connection.bindExternal()
        #expect(try connection.whoAmI() == "dn:\(Slapd.serviceDN)")
    }

    @Test(arguments: Way.allCases)
    func `a server that never speaks costs the timeouts, no more`(way: Way) throws {
        let slapd = try Slapd { $0.tls = .init(.good) }
        let proxy = try TCPProxy(to: way == .ldaps ? slapd.tlsPort : slapd.port)
        proxy.set(.stall)
        let scheme = way == .ldaps ? "ldaps" : "ldap"
        var options = try TestConnection.options(
            "\(scheme)://127.0.0.1:\(proxy.port)", connectTimeout: 1, operationTimeout: 1)
        options.startTLS = way == .startTLS
        options.caFile = try Certificates.shared.get().ca
        #expect(throws: LDAPFailure.self) { _ = try Connection(options) }
    }

    /// libldap reads them once for a process, so this one runs in a process of its own.
    @Test func `variables of the environment do not weaken TLS`() async throws {
        await #expect(processExitsWith: .success) {
            try Weakened.connect()
        }
    }
}
