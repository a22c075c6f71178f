import Fixtures
import LDAP
import LDAPClient
import Testing

@Suite struct ConnectionTests {
    @Test func `a simple bind says who we are`() throws {
        let slapd = try Slapd()
        let connection = try TestConnection.bound(slapd)
        #expect(try connection.whoAmI() == "dn:\(Slapd.serviceDN)")
        let isUsable = connection.isUsable
        #expect(isUsable)
        let version = connection.tlsVersion
        #expect(version == nil)
    }

    @Test func `the server's words are one line, however many it sent`() {
        let failure = LDAPFailure(
            attempted: .modify, target: "cn=ada", code: .unwillingToPerform,
            diagnostic: "00002077: \r\n  not allowed\nat all\n\0")
        #expect(failure.diagnostic == "00002077: not allowed at all")
        let silent = LDAPFailure(
            attempted: .modify, target: "cn=ada", code: .unwillingToPerform, diagnostic: "\n")
        #expect(silent.diagnostic == silent.meaning)
    }

    @Test func `a wrong password is told in the server's words`() throws {
        let slapd = try Slapd()
        let connection = try Connection(try TestConnection.options(slapd.url))
        let failure = try TestConnection.failure {
            try connection.bind(
                dn: try TestConnection.person("ada"), password: Array("wrong".utf8))
        }
        #expect(failure.code == .invalidCredentials)
        #expect(
            failure.description
                == "cannot bind as uid=ada,ou=people,dc=example,dc=com: Invalid credentials (49)")
        let isUsable = connection.isUsable
        #expect(isUsable)
    }

    @Test func `an empty password is refused before it is sent`() throws {
        let slapd = try Slapd()
        let connection = try Connection(try TestConnection.options(slapd.url))
        let failure = try TestConnection.failure {
            try connection.bind(dn: try TestConnection.person("ada"), password: [])
        }
        #expect(failure.code == .paramError)
        #expect(failure.diagnostic == "the password is empty")
        #expect(try connection.whoAmI() == "")
    }

    @Test func `the socket's peer is who it is by SASL EXTERNAL`() throws {
        let slapd = try Slapd()
        let connection = try Connection(try TestConnection.options(slapd.socketURL))
        try connection.bindExternal()
        #expect(try connection.whoAmI() == "dn:\(Slapd.rootDN)")
    }

    @Test func `a server that is down is an error that names it`() throws {
        let slapd = try Slapd()
        slapd.kill()
        let failure = try TestConnection.failure {
            _ = try Connection(try TestConnection.options(slapd.url))
        }
        #expect(failure.code == .serverDown)
        #expect(failure.target == slapd.url)
        #expect(failure.attempted == .connect)
    }

    @Test func `GSSAPI without a ticket or a mechanism is an error`() throws {
        let slapd = try Slapd()
        let connection = try Connection(try TestConnection.options(slapd.url))
        let failure = try TestConnection.failure { try connection.bindGSSAPI() }
        #expect(failure.attempted == .bind)
    }

    @Test func `a server that stops answering costs the operation's timeout, no more`() throws {
        let slapd = try Slapd()
        let proxy = try TCPProxy(to: slapd.port)
        let connection = try TestConnection.bound(slapd, via: proxy.url, operationTimeout: 1)
        proxy.set(.stall)
        let failure = try TestConnection.failure { _ = try connection.rootDSE() }
        #expect(failure.code == .timeout)
        #expect(failure.diagnostic == "no answer within 1 s")
        let isUsable = connection.isUsable
        #expect(!isUsable)
    }

    @Test func `a server that stops in the middle of a message costs no more either`() throws {
        let slapd = try Slapd()
        let proxy = try TCPProxy(to: slapd.port)
        let connection = try TestConnection.bound(slapd, via: proxy.url, operationTimeout: 1)
        proxy.set(.stall, afterBytes: 1)
        let failure = try TestConnection.failure { _ = try connection.rootDSE() }
        #expect(failure.code == .timeout)
    }

    @Test func `a server that reads nothing more ends a large write`() throws {
        let slapd = try Slapd()
        let proxy = try TCPProxy(to: slapd.port)
        let connection = try TestConnection.bound(slapd, via: proxy.url, operationTimeout: 1)
        proxy.set(.stall)
        let large = AttributeValue(bytes: [UInt8](repeating: 0x41, count: 30_000_000))
        let failure = try TestConnection.failure {
            try connection.modify(
                try TestConnection.person("ada"),
                [Modification(.replace, TestConnection.name("description"), [large])])
        }
        #expect([.timeout, .serverDown].contains(failure.code))
        let isUsable = connection.isUsable
        #expect(!isUsable)
    }

    @Test func `a connection that is cut is not usable any more`() throws {
        let slapd = try Slapd()
        let proxy = try TCPProxy(to: slapd.port)
        let connection = try TestConnection.bound(slapd, via: proxy.url)
        proxy.set(.cut)
        let failure = try TestConnection.failure { _ = try connection.rootDSE() }
        #expect(failure.code == .serverDown)
        let isUsable = connection.isUsable
        #expect(!isUsable)
    }

    @Test func `a lost connection is never opened again by itself`() throws {
        let slapd = try Slapd()
        let proxy = try TCPProxy(to: slapd.port)
        let connection = try TestConnection.bound(slapd, via: proxy.url)
        proxy.set(.cut)
        #expect(throws: LDAPFailure.self) { _ = try connection.rootDSE() }
        proxy.set(.none)
        let failure = try TestConnection.failure {
            try connection.bind(
                dn: try TestConnection.dn(Slapd.serviceDN),
                password: Array(Slapd.servicePassword.utf8))
        }
        #expect(failure.code == .serverDown)
    }

    @Test func `the root DSE tells dialect, controls and contexts`() throws {
        let slapd = try Slapd()
        let root = try Connection(try TestConnection.options(slapd.url)).rootDSE()
        #expect(Dialect.of(rootDSE: root.entry)?.name == .openldap)
        #expect(root.namingContexts == [try TestConnection.dn(TestConnection.suffix)])
        #expect(root.supports(control: "1.3.6.1.1.12"))
        #expect(root.supports(extension: "1.3.6.1.4.1.1466.20037") == false)
        #expect(root.vendorName == nil)
    }

    @Test(arguments: [true, false])
    func `the schema tells which attributes there are`(hasPolicy: Bool) throws {
        let slapd = try Slapd { if !hasPolicy { $0.policy = .notLoaded } }
        let connection = try TestConnection.bound(slapd)
        let subschema = try #require(try connection.rootDSE().subschema)
        let knows = { name in
            try connection.schemaKnows(TestConnection.name(name), subschema: subschema)
        }
        #expect(try knows("pwdEndTime") == hasPolicy)
        for name in ["cn", "commonName", "MEMBER", "userCertificate;binary"] {
            #expect(try knows(name))
        }
        #expect(try !knows("noSuchAttribute"))
    }
}
