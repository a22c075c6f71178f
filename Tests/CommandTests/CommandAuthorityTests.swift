import Fixtures
import Foundation
import Ground
import Testing

/// A CA in the configuration: what it signed is told from what only names it.
struct CommandAuthorityTests {
    private let lab: CommandLab
    private let ca: CertificateAuthority

    init() throws {
        lab = try CommandLab()
        ca = try CertificateAuthority()
        try configure()
    }

    private func configure(_ more: String = "") throws {
        try lab.configure {
            $0 + "authorities: {staff-ca: {certificate: \(ca.certificate)\(more)}}\n"
        }
    }

    /// Puts a certificate into somebody's entry.
    private func publish(_ name: String, of authority: CertificateAuthority, for user: String)
        throws
    {
        try lab.server.modify(
            """
            dn: uid=\(user),ou=people,dc=example,dc=com
            changetype: modify
            add: userCertificate;binary
            userCertificate;binary:: \(Data(authority.der(name)).base64EncodedString())
            """)
    }

    private func certificate(of user: String) throws -> JSONValue? {
        try lab.json("certificates", user)[0]
    }

    @Test func `what the CA signed is verified, and what only names it is not`() throws {
        let other = try CertificateAuthority()
        let stranger = try CertificateAuthority("Other CA")
        try ca.issue("ada")
        try other.issue("ben")
        try stranger.issue("cy")
        try publish("ada", of: ca, for: "ada")
        try publish("ben", of: other, for: "ben")
        try publish("cy", of: stranger, for: "cleo")
        try lab.run("sync").succeeded(at: "sync")
        let ada = try certificate(of: "ada")
        #expect(ada?["verified"] == true)
        let authority: JSONValue = [
            "name": "staff-ca", "told": .null, "seen": .null, "by": .null,
        ]
        #expect(ada?["authority"] == authority)
        #expect(try certificate(of: "ben")?["verified"] == false)
        #expect(try certificate(of: "ben")?["authority"] == .null)
        #expect(try certificate(of: "cleo")?["verified"] == .null)
        let needs = (try lab.json("status")["attention"]?.array ?? []).filter {
            $0["kind"] == "certificate"
        }
        #expect(needs.map { $0["target"] } == ["hq:ben"])
        let serial = try certificate(of: "ben")?["serial"]?.string ?? ""
        #expect(
            needs.first?["message"]?.string
                == "ben: a certificate (\(serial)) names staff-ca as the issuer, which did not sign it"
        )
        #expect(try lab.run("certificates", "ben").stdout.contains("valid, unverified"))
        // Each is revoked here; on the list for a CA is what a CA may have issued.
        for user in ["ada", "ben", "cleo"] {
            try lab.run("lock", user, "--reason", "misuse", "--yes").succeeded(at: "lock")
            #expect(try certificate(of: user)?["state"] == "revoked")
        }
        let list = try #require(try lab.json("certificates", "--revoked").array)
        #expect(list.map { $0["user"]?["username"] } == ["ada", "cleo"])
        #expect(try lab.json("certificates", "ben", "--revoked") == [])
    }

    @Test func `a forged claim on a serial disputes nothing and is escalated by nobody`() throws {
        let forger = try CertificateAuthority()
        try ca.issue("ada", serial: "4711")
        try forger.issue("ben", serial: "4711")
        try publish("ada", of: ca, for: "ada")
        try publish("ben", of: forger, for: "ben")
        try lab.run("sync").succeeded(at: "sync")
        for user in ["ada", "ben"] {
            #expect(try certificate(of: user)?["disputed"] == false)
            try lab.run("lock", user, "--reason", "misuse", "--yes").succeeded(at: "lock")
        }
        try lab.run("certificate", "escalate", "4711", "--reason", "keyCompromise")
            .succeeded(at: "escalate")
        #expect(try certificate(of: "ada")?["revocationReason"] == "keyCompromise")
        #expect(try certificate(of: "ben")?["revocationReason"] == "privilegeWithdrawn")
    }

    @Test func `what is in the store is held against authorities that come later`() throws {
        try ca.issue("ada")
        try publish("ada", of: ca, for: "ada")
        try lab.configure()
        try lab.run("sync").succeeded(at: "sync")
        #expect(try certificate(of: "ada")?["verified"] == .null)
        try configure()
        try lab.run("lock", "ada", "--reason", "misuse", "--yes").succeeded(at: "lock")
        #expect(try certificate(of: "ada")?["verified"] == true)
        try lab.configure()
        try lab.run("sync").succeeded(at: "sync")
        #expect(try certificate(of: "ada")?["verified"] == .null)
    }

    @Test func `an import and the entry of a newcomer are verified at once`() throws {
        try ca.issue("ada")
        try lab.run("sync").succeeded(at: "sync")
        try lab.run("credential", "add", "ada", "--kind", "card", "--serial", "BLUE")
            .succeeded(at: "credential add")
        let imported = try lab.json(
            "certificate", "import", ca.file("ada", "pem"), "--credential", "BLUE")
        #expect(imported[0]?["verified"] == true)
        #expect(imported[0]?["authority"]?["name"] == "staff-ca")
        #expect(imported[0]?["told"] == .null)
    }
}

/// What is wrong with the files of an authority is told in one sentence by whoever needs them: 78.
struct CommandAuthorityFileTests {
    private let lab: CommandLab
    private let ca: CertificateAuthority

    init() throws {
        lab = try CommandLab()
        ca = try CertificateAuthority()
        try ca.issue("ra", .signer)
        try ca.issue("old", .signer, days: -3)
        try ca.issue("other", .signer)
        for name in ["ra", "old", "other"] { try close(ca.file(name, "key"), 0o600) }
        try lab.folder.write("hunter2\n", to: "secret", mode: 0o644)
        try lab.folder.write("", to: "empty", mode: 0o600)
        try lab.folder.write("#!/bin/sh\n", to: "revoke", mode: 0o644)
        try lab.run("sync").succeeded(at: "sync")
    }

    private func close(_ path: String, _ mode: Int) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    private enum Mistake: String, CaseIterable, CustomTestStringConvertible {
        case missing, noCA, secondCertificate, writable, ended, otherKey, openKey, openSecret
        case emptySecret, noTrust, noProgram, noAddress

        var testDescription: String { rawValue }
    }

    /// The authority's section, and what is said of it behind its name.
    private func example(_ mistake: Mistake) throws -> (section: String, sentence: String) {
        let cmp = { (signer: String) in
            "certificate: \(ca.certificate), tell: {cmp: {uri: http://127.0.0.1:9/, "
                + "trust: \(ca.certificate), \(signer)}}"
        }
        let signed = { (name: String, key: String) in
            cmp("certificate: \(ca.file(name, "pem")), key: \(ca.file(key, "key"))")
        }
        let folder = lab.folder.path
        switch mistake {
        case .missing:
            return (
                "certificate: nowhere.pem",
                "certificate: \(folder)/nowhere.pem: cannot be read: No such file or directory"
            )
        case .noCA:
            let path = ca.file("ra", "pem")
            return (
                "certificate: \(path)",
                "certificate: \(path): its certificate is not a CA's: it may issue none"
            )
        case .secondCertificate:
            try lab.folder.write(
                String(decoding: ca.pem("ca") + ca.pem("ca"), as: UTF8.self), to: "two.pem")
            return (
                "certificate: two.pem",
                "certificate: \(folder)/two.pem: it holds 2 certificates, and the issuing CA's "
                    + "alone is wanted"
            )
        case .writable:
            try close(ca.certificate, 0o666)
            return (
                "certificate: \(ca.certificate)",
                "certificate: \(ca.certificate): may be written by others (mode 0666), who can "
                    + "decide what is trusted; take that away with chmod go-w \(ca.certificate)"
            )
        case .ended:
            let path = ca.file("old", "pem")
            return (signed("old", "old"), "tell.cmp.certificate: \(path): it ended at ")
        case .otherKey:
            return (
                signed("ra", "other"),
                "tell.cmp: the signer's key does not belong to its certificate"
            )
        case .openKey:
            let path = ca.file("ra", "key")
            try close(path, 0o644)
            return (
                signed("ra", "ra"),
                "tell.cmp.key: \(path): is open to others (mode 0644); take that away with "
                    + "chmod g-w,o= \(path)"
            )
        case .openSecret:
            return (
                cmp("reference: us, secretFile: secret"),
                "tell.cmp.secretFile: \(folder)/secret: the password is open to every user of this "
                    + "machine (mode 0644); take that away with chmod o= \(folder)/secret"
            )
        case .emptySecret:
            return (
                cmp("reference: us, secretFile: empty"),
                "tell.cmp.secretFile: \(folder)/empty: is empty; write the password into it, on "
                    + "one line"
            )
        case .noTrust:
            return (
                "certificate: \(ca.certificate), tell: {cmp: {uri: http://127.0.0.1:9/, "
                    + "trust: empty, reference: us, secretFile: password}}",
                "tell.cmp: \(folder)/empty holds no certificate in PEM"
            )
        case .noProgram:
            return (
                "certificate: \(ca.certificate), tell: {run: [\(folder)/revoke]}",
                "tell.run: \(folder)/revoke may not be run: chmod a+x it"
            )
        case .noAddress:
            return (
                "certificate: \(ca.certificate), see: {ocsp: \"http://127.0.0.1:999999/\"}",
                "see.ocsp: “http://127.0.0.1:999999/” is no address that can be asked"
            )
        }
    }

    @Test(arguments: Mistake.allCases)
    private func `a file that is of no use is named`(mistake: Mistake) throws {
        let (section, sentence) = try example(mistake)
        try lab.configure { $0 + "authorities: {staff-ca: {\(section)}}\n" }
        for command in [
            ["sync"], ["lock", "ada", "--reason", "misuse", "--yes"], ["retry"],
            ["lock", "ada", "--reason", "misuse", "--dry-run"],
        ] {
            let refused = try lab.run(command)
            #expect(refused.exitCode == 78, "\(command)")
            #expect(refused.stdout == "")
            #expect(
                refused.stderr.hasPrefix("lockstep: error: authorities.staff-ca.\(sentence)"),
                "\(refused.stderr)")
            #expect(refused.stderr.split(separator: "\n").count == 1)
        }
        let check = try lab.run("check", "--json")
        #expect(check.exitCode == 78)
        let failed = try #require(JSONValue(parsing: check.output)?.array).filter {
            $0["state"] == "failed"
        }
        #expect(failed.count == 1)
        #expect(failed.first?["check"] == "authority")
        #expect(
            failed.first?["message"]?.string?.hasPrefix("authorities.staff-ca.\(sentence)") == true)
        #expect(try lab.json("show", "ada")["state"] == "active")
    }
}
