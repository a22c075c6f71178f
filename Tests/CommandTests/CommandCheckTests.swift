import Fixtures
import Identity
import Testing

/// The mistakes of an administrator's first hour: `check` finds each, and says what to do.
struct CommandCheckTests {
    private let suffix = SampleOrganisation.suffix

    @Test func `where all is well nothing fails`() throws {
        let lab = try CommandLab()
        try lab.run("sync").succeeded(at: "sync")
        let check = try lab.check()
        #expect(check.exitCode == 0)
        #expect(check.checks("failed") == [])
        #expect(check.checks("warning") == [])
        #expect(
            check["users"] == [
                .init(
                    state: "ok",
                    message: "users that (objectClass=inetOrgPerson) finds below "
                        + "ou=people,\(suffix): 12")
            ])
        #expect(
            check["roles"] == [
                .init(
                    state: "ok",
                    message: "groups that (objectClass=groupOfNames) finds below "
                        + "ou=groups,\(suffix): 4")
            ])
        #expect(check["bind"].first?.message == "\(lab.server.url): bound as \(Slapd.serviceDN)")
    }

    @Test func `people get a line each`() throws {
        let lab = try CommandLab()
        let finished = try lab.run("check")
        #expect(finished.exitCode == 0)
        let lines = finished.stdout.split(separator: "\n")
        #expect(
            lines[0]
                == "hq: nobody has seen that the server refuses whoever is locked: a lock may let "
                + "them in all the same")
        #expect(lines[1].hasPrefix("ok              configuration  \(lab.configuration) is right"))
        #expect(
            lines.dropFirst().dropLast().allSatisfy { line in
                ["ok ", "warning ", "not proven "].contains { line.hasPrefix($0) }
            })
        #expect(lines.last?.contains(" ok, 1 warning, ") == true)
    }

    @Test func `an address that says nothing of TLS with a port that speaks nothing else`() throws {
        let lab = try CommandLab { $0.tls = SlapdOptions.TLS() }
        try lab.configure {
            $0.replacing(lab.server.url, with: "ldap://127.0.0.1:\(lab.server.tlsPort)")
        }
        let said = try #require(try lab.check()["server"].first?.message)
        #expect(
            said.contains(
                ": this port speaks TLS from the first octet on: write ldaps:// in the place of "
                    + "ldap://. "), "\(said)")
    }

    @Test func `a broken configuration leaves stdout empty`() throws {
        let lab = try CommandLab()
        try lab.configure { $0.replacing("map:", with: "mapp:") }
        let finished = try lab.run("check", "--json")
        #expect(finished.exitCode == 78)
        #expect(finished.stdout == "")
        #expect(finished.stderr.contains("Did you mean \"map\"?"), "\(finished.stderr)")
    }

    @Test func `a directory that nobody configured`() throws {
        let lab = try CommandLab()
        try lab.expect(
            "check", "--directory", "hr", exit: 65,
            says: "lockstep: error: there is no directory “hr”\nDirectories: hq.\n")
    }

    @Test(arguments: [
        (
            ServerCertificate.wrongHost,
            "its certificate is for ldap.example.test, not for 127.0.0.1",
            "Write one of the certificate's names in uri, or give the server one with that name."
        ),
        (
            .expired, "the certificate of CN=expired,O=lockstep test has expired",
            "Give the server a new certificate."
        ),
        (
            .notYetValid, "the certificate of CN=notYetValid,O=lockstep test is not valid before",
            "Compare this machine's clock, and the certificate's dates."
        ),
        (
            .otherCA, "its certificate is not trusted: ",
            "Let tls.ca name the PEM file of the CA that CN=stranger,O=lockstep test is, or that "
                + "signed it."
        ),
    ])
    func `a certificate that TLS refuses`(
        certificate: ServerCertificate, why: String, remedy: String
    ) throws {
        let lab = try CommandLab { $0.tls = SlapdOptions.TLS(certificate) }
        let authority = try Certificates.shared.get().ca
        try lab.configure {
            $0.replacing(
                "uri: \(lab.server.url)",
                with: "uri: \(lab.server.tlsURL)\n    tls: {ca: \(authority)}")
        }
        let check = try lab.check()
        #expect(check.exitCode == 69)
        #expect(check.checks("failed") == ["tls"])
        let message = try #require(check["tls"].first?.message)
        #expect(message.hasPrefix("\(lab.server.tlsURL): \(why)"), "\(message)")
        #expect(message.hasSuffix(". \(remedy)"), "\(message)")
    }

    @Test func `a server that is down, and another one that answers`() throws {
        let lab = try CommandLab()
        let dead = "ldap://127.0.0.1:\(lab.server.tlsPort)"
        try lab.configure {
            $0.replacing("uri: \(lab.server.url)", with: "uri: [\(dead), \(lab.server.url)]")
        }
        let both = try lab.check()
        #expect(both.exitCode == 0)
        #expect(both["server"].map(\.state) == ["warning"])
        #expect(
            both["server"].first?.message.hasSuffix(
                "that the server runs. Another server of the list answers.") == true)
        #expect(both["bind"].map(\.state) == ["ok"])
        lab.server.kill()
        let none = try lab.check()
        #expect(none.exitCode == 69)
        #expect(none["server"].map(\.state) == ["failed", "failed"])
        #expect(none["users"] == [])
    }

    @Test func `a wrong password`() throws {
        let lab = try CommandLab()
        try lab.folder.write("wrong", to: "password")
        let check = try lab.check()
        #expect(check.exitCode == 69)
        #expect(
            check["bind"] == [
                .init(
                    state: "failed",
                    message: "cannot bind as \(Slapd.serviceDN) at \(lab.server.url): Invalid "
                        + "credentials (49). Check bind.dn and bind.passwordFile.")
            ])
    }

    @Test func `a password that nobody can be asked for`() throws {
        let lab = try CommandLab()
        try lab.configure { $0.replacing("passwordFile: password", with: "password: ask") }
        let check = try lab.check()
        #expect(check.exitCode == 78)
        #expect(
            check["files"] == [
                .init(
                    state: "failed",
                    message: "bind.password is `ask`, and there is no terminal to ask at. Use "
                        + "bind.passwordFile where nobody is there to answer.")
            ])
    }

    @Test func `a password file that everybody can read`() throws {
        let lab = try CommandLab()
        try lab.folder.remove(file: "password")
        let path = try lab.folder.write(Slapd.servicePassword, to: "password", mode: 0o644)
        let check = try lab.check()
        #expect(check.exitCode == 78)
        #expect(
            check["files"] == [
                .init(
                    state: "failed",
                    message:
                        "bind.passwordFile \(path): the password is open to every user of this "
                        + "machine (mode 0644); take that away with chmod o= "
                        + "\(path).")
            ])
        #expect(check["bind"].map(\.state) == ["notProven"])
    }

    @Test func `clocks that differ`() throws {
        let future = "20991231000000.000000Z#000000#000#000000"
        let lab = try CommandLab {
            $0.data = SampleOrganisation().ldif.replacing(
                "ou: left\n", with: "ou: left\nentryCSN: \(future)\n")
        }
        let check = try lab.check()
        #expect(check.exitCode == 69)
        let clock = try #require(check["clock"].first)
        #expect(clock.state == "failed")
        #expect(clock.message.hasPrefix("our clock is at least "), "\(clock.message)")
        #expect(
            clock.message.hasSuffix(
                " behind the server's, whose last write was at 2099-12-31T00:00:00Z. "
                    + "Let an NTP service keep both."))
    }
}
