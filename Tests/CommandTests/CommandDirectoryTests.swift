import Fixtures
import Ground
import Testing

/// What is said when the directory can't be used: one sentence that says what to do, exit 69.
struct CommandDirectoryTests {
    @Test func `a wrong password`() throws {
        let lab = try CommandLab()
        try lab.folder.write("wrong", to: "password")
        let finished = try lab.run("sync", "--quiet")
        #expect(finished.exitCode == 69)
        #expect(finished.stdout == "")
        #expect(
            finished.stderr == """
                lockstep: warning: there was no store: made a new one, \(lab.store)
                lockstep: error: hq: cannot bind as \(Slapd.serviceDN) at \(lab.server.url): \
                Invalid credentials (49). Check bind.dn and bind.passwordFile.

                """)
    }

    @Test func `a base that is not there`() throws {
        let lab = try CommandLab()
        try lab.configure { $0.replacing("ou=people,", with: "ou=peeple,") }
        let finished = try lab.run("sync", "--dry-run")
        #expect(finished.exitCode == 69)
        #expect(
            finished.stderr == """
                lockstep: error: hq: users.base ou=peeple,dc=example,dc=com does not exist at \
                \(lab.server.url), or the bind DN may not see it; the nearest that exists is \
                dc=example,dc=com.

                """)
    }

    @Test func `a server that is down, for a sync and for a stranger's lock`() throws {
        let lab = try CommandLab()
        lab.server.kill()
        let sentence = """
            hq: no server answers. \(lab.server.url): Can't contact LDAP server (-1). Check uri \
            and tls, and that the server runs.
            """
        let sync = try lab.run("sync", "--json")
        #expect(sync.exitCode == 69)
        let report = try #require(JSONValue(parsing: sync.output))
        #expect(report["outcome"] == "failed")
        #expect(report["directories"]?[0]?["error"]?["message"]?.string == sentence)
        try lab.expect(
            "lock", "ada", "--reason", "misuse", "--yes", exit: 69,
            says: """
                lockstep: error: \(sentence)
                Nobody of that name is in the store, and the directory can't be searched.

                """)
    }

    @Test func `a lock of somebody known is a fact while the server is down`() throws {
        let lab = try CommandLab()
        try lab.run("sync").succeeded(at: "sync")
        lab.server.kill()
        let lock = try lab.run("lock", "ada", "--reason", "misuse", "--yes")
        #expect(lock.exitCode == 75)
        #expect(try lab.json("show", "ada")["state"] == "locked")
        #expect(try lab.json("show", "ada")["pending"]?.array?.isEmpty == false)
        try lab.server.start()
        let retry = try lab.run("retry")
        #expect(retry.exitCode == 0)
        #expect(try lab.json("show", "ada")["pending"] == [])
        #expect(
            !lab.server.binds(
                as: SampleOrganisation.person("ada"),
                password: SampleOrganisation.password(of: "ada")))
    }

    @Test(arguments: ServerCertificate.allCases)
    func `a certificate that can't be trusted is explained`(
        certificate: ServerCertificate
    ) throws {
        let lab = try CommandLab { $0.tls = SlapdOptions.TLS(certificate) }
        let authority = try Certificates.shared.get().ca
        try lab.configure {
            $0.replacing(
                "uri: \(lab.server.url)",
                with: "uri: \(lab.server.tlsURL)\n    tls: {ca: \(authority)}")
        }
        let finished = try lab.run("sync", "--dry-run")
        guard certificate != .good else {
            #expect(finished.exitCode == 0)
            return
        }
        #expect(finished.exitCode == 69)
        let sentences = finished.stderr.split(separator: "\n")
        #expect(sentences.count == 1)
        let reason =
            switch certificate {
            case .good: ""
            case .wrongHost: "its certificate is for ldap.example.test, not for 127.0.0.1. Check"
            case .expired: "the certificate of CN=expired,O=lockstep test has expired, its end was"
            case .notYetValid:
                "the certificate of CN=notYetValid,O=lockstep test is not valid before"
            case .otherCA: "its certificate is not trusted: "
            }
        let head = "lockstep: error: hq: no server can be used. \(lab.server.tlsURL): "
        #expect(finished.stderr.hasPrefix(head + reason), "\(finished.stderr)")
        #expect(finished.stderr.hasSuffix(". Check uri and tls.\n"))
    }

    @Test func `a server without TLS`() throws {
        let lab = try CommandLab()
        try lab.configure {
            $0.replacing(
                "uri: \(lab.server.url)", with: "uri: \(lab.server.url)\n    tls: {starttls: true}")
        }
        let finished = try lab.run("sync", "--dry-run")
        #expect(finished.exitCode == 69)
        #expect(finished.stderr.split(separator: "\n").count == 1, "\(finished.stderr)")
    }
}
