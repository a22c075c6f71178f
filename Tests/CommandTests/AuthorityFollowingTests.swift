import Fixtures
import Foundation
import Ground
import Testing

/// What a CA does by itself reaches the store with the next sync, and what nobody should believe does not.
struct AuthorityFollowingTests {
    private let lab: CommandLab
    private let ca: CertificateAuthority

    init() throws {
        lab = try CommandLab()
        ca = try CertificateAuthority()
        // 20 octets, and one with its highest bit set.
        for (name, serial) in [
            ("ada", "7f00112233445566778899aabbccddeeff001122"), ("ben", "00f1"), ("cleo", "05"),
        ] {
            try ca.issue(name, serial: serial)
            try lab.server.modify(
                """
                dn: uid=\(name),ou=people,dc=example,dc=com
                changetype: modify
                add: userCertificate;binary
                userCertificate;binary:: \(Data(ca.der(name)).base64EncodedString())
                """)
        }
        try ca.publish()
        try configure("crl: \(ca.file("list", "pem"))")
    }

    private func configure(_ see: String) throws {
        try lab.configure {
            $0 + "authorities: {staff-ca: {certificate: \(ca.certificate), see: {\(see)}}}\n"
        }
    }

    private func sync() throws -> JSONValue? {
        let finished = try lab.run("sync", "--json").succeeded(at: "sync")
        return JSONValue(parsing: finished.output)?["authorities"]?[0]
    }

    /// As if the last reading were two hours ago.
    private func age() throws {
        try sqlite("UPDATE authority_lists SET read_at = read_at - 7200")
    }

    private func sqlite(_ sql: String) throws {
        try ChildProcess.run("sqlite3", [lab.store, sql]).succeeded(at: "sqlite3")
    }

    private func state(_ user: String) throws -> String? {
        try lab.json("certificates", user)[0]?["state"]?.string
    }

    private func needs() throws -> [String] {
        (try lab.json("status")["attention"]?.array ?? [])
            .filter { $0["kind"] == "authority" }.compactMap { $0["message"]?.string }
    }

    /// `openssl ca` can't take back a hold: its index can.
    private func release(_ name: String) throws {
        let index = ca.folder.file("index.txt")
        let text = try String(contentsOfFile: index, encoding: .utf8)
        let lines = text.split(separator: "\n").map { line -> String in
            var cells = line.split(separator: "\t", omittingEmptySubsequences: false)
                .map(String.init)
            guard cells[0] == "R", line.hasSuffix("CN=\(name)") else { return String(line) }
            (cells[0], cells[2]) = ("V", "")
            return cells.joined(separator: "\t")
        }
        try ca.folder.replace("index.txt", with: lines.joined(separator: "\n") + "\n")
    }

    @Test func `what the CA revoked or held by itself becomes so here, once`() throws {
        try ca.revoke("ada", "CACompromise")
        try ca.revoke("ben", "certificateHold")
        try ca.revoke("cleo", "superseded")
        try ca.publish()
        let report = try sync()
        #expect(report?["revoked"] == 2)
        #expect(report?["held"] == 1)
        #expect(
            try [state("ada"), state("ben"), state("cleo")] == ["revoked", "onHold", "revoked"])
        let ada = try lab.json("certificates", "ada")[0]
        #expect(ada?["serial"] == "7F00112233445566778899AABBCCDDEEFF001122")
        #expect(ada?["revocationReason"] == "cACompromise")
        #expect(ada?["authority"]?["by"] == "crl")
        #expect(ada?["seen"]?.string != nil)
        #expect(ada?["told"] == .null)
        let event = try lab.json("audit", "--user", "ada").array?.last
        #expect(event?["event"] == "certificate revoked")
        #expect(event?["by"] == "authority:staff-ca")
        #expect(event?["detail"]?["reason"] == "cACompromise")
        let events = try lab.json("audit").array?.count
        try age()
        let again = try sync()
        #expect(again?["revoked"] == 0)
        #expect(again?["error"] == .null)
        #expect(try lab.json("audit").array?.count == events)
        // What it takes back is valid again; a list that was read within the hour is not read again.
        try release("ben")
        try ca.publish()
        #expect(try sync()?["released"] == 0)
        try age()
        #expect(try sync()?["released"] == 1)
        #expect(try state("ben") == "valid")
        #expect(try needs() == [])
    }

    @Test func `a list that was published before a release puts nothing back on hold`() throws {
        func tell(_ program: String) throws {
            try lab.configure { text in
                text.replacing(
                    "\nreasons:\n",
                    with: "\nreasons:\n  leave: {for: [deactivate]}\n  back: {for: [reactivate]}\n")
                    + "authorities: {staff-ca: {certificate: \(ca.certificate), "
                    + "tell: {run: \(program)}, see: {crl: \(ca.file("list", "pem"))}}}\n"
            }
        }
        try tell("[/bin/true]")
        try lab.run("sync").succeeded(at: "sync")
        try ca.revoke("ben", "certificateHold")
        try ca.publish()
        try lab.run("deactivate", "ben", "--reason", "leave", "--yes")
            .succeeded(at: "deactivate")
        #expect(try state("ben") == "onHold")
        // The CA is down while ben comes back.
        try tell("[/bin/sh, -c, exit 75]")
        #expect(try lab.run("reactivate", "ben", "--reason", "back", "--yes").exitCode == 75)
        try age()
        try lab.run("sync")
        #expect(try state("ben") == "valid")
        try tell("[/bin/true]")
        try lab.run("retry").succeeded(at: "retry")
        let told = try lab.json("report", "2")["steps"]?.array?
            .first { $0["kind"] == "tellRelease" }
        #expect(told?["state"] == "done")
        // The list of before is read once more.
        try age()
        try lab.run("sync").succeeded(at: "sync")
        #expect(try state("ben") == "valid")
    }

    @Test func `a negative serial is found on the list as well`() throws {
        // RFC 5280 forbids it, and `openssl ca` gives none itself.
        try ChildProcess.run(
            "openssl",
            ["x509", "-req", "-in", ca.file("cleo", "csr"), "-CA", ca.certificate]
                + ["-CAkey", ca.key, "-set_serial", "-5", "-days", "30", "-outform", "DER"]
                + ["-out", ca.file("cleo", "der")]
        ).succeeded(at: "openssl x509")
        try lab.server.modify(
            """
            dn: uid=cleo,ou=people,dc=example,dc=com
            changetype: modify
            replace: userCertificate;binary
            userCertificate;binary:: \(Data(ca.der("cleo")).base64EncodedString())
            """)
        try ca.folder.append(
            "R\t351231000000Z\t260101000000Z,superseded\t-05\tunknown\t/O=Lighthouse/CN=cleo\n",
            to: "index.txt")
        try ca.publish()
        #expect(try sync()?["revoked"] == 1)
        let cleo = try lab.json("certificates", "cleo")[0]
        #expect(cleo?["serial"] == "-05")
        #expect(cleo?["verified"] == true)
        #expect(cleo?["revokedAt"] == "2026-01-01T00:00:00Z")
        #expect(cleo?["revocationReason"] == "superseded")
    }

    @Test func `what a process of ours holds stays on hold`() throws {
        #expect(try sync()?["error"] == .null)
        try lab.configure {
            $0 + "  away: {for: [deactivate]}\n"
                + "authorities: {staff-ca: {certificate: \(ca.certificate), "
                + "see: {crl: \(ca.file("list", "pem"))}}}\n"
        }
        try lab.run("deactivate", "ben", "--reason", "away", "--yes").succeeded(at: "deactivate")
        try age()
        #expect(try sync()?["released"] == 0)
        #expect(try state("ben") == "onHold")
        // Hers alone is set free by the CA, and then held because she is away.
        try ca.revoke("ada", "certificateHold")
        try ca.publish()
        try age()
        #expect(try sync()?["held"] == 1)
        try lab.run("deactivate", "ada", "--reason", "away", "--yes").succeeded(at: "deactivate")
        try release("ada")
        try ca.publish()
        try age()
        _ = try sync()
        #expect(try state("ada") == "onHold")
        try lab.run("reactivate", "ada", "--yes").succeeded(at: "reactivate")
        #expect(try state("ada") == "valid")
    }

    @Test(arguments: ["went back", "forged", "of tomorrow", "delta"])
    func `a list that nobody should believe changes nothing and needs a person`(how: String) throws
    {
        let list = ca.file("list", "pem")
        let old = try Data(contentsOf: URL(filePath: list))
        try ca.publish()
        _ = try sync()
        try ca.revoke("ada")
        let sentence: String
        switch how {
        case "went back":
            try old.write(to: URL(filePath: list))
            sentence = "the list went back: "
        case "forged":
            let forger = try CertificateAuthority()
            try Data(contentsOf: URL(filePath: forger.publish())).write(to: URL(filePath: list))
            sentence = "the list is not signed by the authority"
        case "of tomorrow":
            try ca.publish(
                options: [
                    "-crl_lastupdate", "20300101000000Z", "-crl_nextupdate", "20300102000000Z",
                ])
            sentence = "the list is of a time to come"
        default:
            try ca.folder.append("\n[delta]\n2.5.29.27=critical,DER:020101\n", to: "ca.cnf")
            try ca.publish(options: ["-crlexts", "delta"])
            sentence = "it is a delta list: give the address of the complete one"
        }
        try age()
        let report = try sync()
        #expect(
            report?["error"]?.string?.hasPrefix("\(list): \(sentence)") == true,
            "\(report?.text ?? "")")
        #expect(try state("ada") == "valid")
        let needs = try needs()
        #expect(needs.count == 1)
        #expect(needs.first?.hasPrefix("staff-ca: \(list): \(sentence)") == true)
        let authority = try lab.json("authorities")[0]
        #expect(authority?["error"]?["message"]?.string?.hasPrefix("\(list): ") == true)
        #expect(authority?["crl"]?["number"] == "02")
        // A good one ends it.
        try ca.publish()
        #expect(try sync()?["revoked"] == 1)
        #expect(try self.needs() == [])
        #expect(try lab.json("authorities")[0]?["error"] == .null)
    }

    @Test func `a list that has ended needs a person, an outage only when it lasts`() throws {
        _ = try sync()
        try FileManager.default.removeItem(atPath: ca.file("list", "pem"))
        try age()
        #expect(try sync()?["error"]?.string?.hasSuffix("it can't be read as a file") == true)
        #expect(try needs() == [])
        try sqlite("UPDATE authority_lists SET next_update = unixepoch() - 60")
        #expect(
            try needs().first?.hasPrefix("staff-ca: the list \(ca.file("list", "pem")) ended at ")
                == true)
        try sqlite(
            "UPDATE authority_lists SET next_update = NULL; "
                + "UPDATE authorities SET error_since = error_since - 90000")
        #expect(try needs().first?.contains("it can't be read as a file, since ") == true)
    }

    @Test func `without a list the responder is asked about live certificates`() throws {
        let responder = try ca.responder()
        try configure("ocsp: \"\(responder.url)\"")
        try ca.revoke("ada", "keyCompromise")
        let report = try sync()
        #expect(report?["revoked"] == 1)
        #expect(report?["error"] == .null)
        let ada = try lab.json("certificates", "ada")[0]
        #expect(ada?["revocationReason"] == "keyCompromise")
        #expect(ada?["authority"]?["by"] == "ocsp")
        #expect(try state("ben") == "valid")
        let shown = try lab.json("authorities")[0]
        #expect(shown?["ocsp"]?["uri"]?.string == responder.url)
        #expect(shown?["ocsp"]?["askedAt"]?.string != nil)
        #expect(shown?["crl"] == .null)
        #expect(shown?["certificates"] == 3)
    }

    @Test func `a list comes over HTTP as well`() throws {
        try ca.revoke("ben")
        let der = ca.file("list", "der")
        try ChildProcess.run(
            "openssl", ["crl", "-in", ca.publish(), "-outform", "DER", "-out", der]
        ).succeeded(at: "openssl crl")
        let body = Array(try Data(contentsOf: URL(filePath: der)))
        let door = try HTTPDoor { _ in
            HTTPDoor.Response(type: "application/pkix-crl", body: body)
        }
        try configure("crl: \"\(door.url)/staff.crl\"")
        #expect(try sync()?["revoked"] == 1)
        #expect(try state("ben") == "revoked")
    }

    @Test func `a responder that does not know what the CA signed needs a person`() throws {
        let responder = try ca.responder()
        try configure("ocsp: \"\(responder.url)\"")
        try ca.folder.replace("index.txt", with: "")
        #expect(
            try sync()?["error"]?.string
                == "\(responder.url): it does not know a certificate that it signed")
        #expect(try state("ada") == "valid")
        #expect(try needs().count == 1)
    }

    @Test func `told is not seen, until the CA says so itself`() throws {
        _ = try sync()
        try lab.run("lock", "ada", "--reason", "misuse", "--yes").succeeded(at: "lock")
        let hours = { (count: Int) in
            "UPDATE certificate_bindings SET told = 'revoked', seen = NULL, seen_at = NULL, "
                + "seen_by = NULL, told_at = unixepoch() - \(count * 3_600) "
                + "WHERE fingerprint IN (SELECT fingerprint FROM certificates WHERE state = 'revoked')"
        }
        try sqlite(hours(23))
        #expect(try lab.json("authorities")[0]?["toldUnseen"] == 1)
        #expect(try needs() == [])
        try sqlite(hours(25))
        #expect(
            try needs().first?.hasPrefix("staff-ca: a certificate of which it was told") == true)
        let shown = try lab.run("certificates", "ada").stdout
        #expect(shown.contains(", told"))
        try ca.revoke("ada")
        try ca.publish()
        try age()
        _ = try sync()
        #expect(try needs() == [])
        #expect(try lab.json("authorities")[0]?["toldUnseen"] == 0)
        let ada = try lab.json("certificates", "ada")[0]
        #expect(ada?["authority"]?["seen"]?.string != nil)
        #expect(ada?["revocationReason"] == "privilegeWithdrawn")
    }

    @Test func `check proves what it can without revoking anything`() throws {
        _ = try sync()
        let lines = try #require(try lab.json("check").array).filter {
            ["authority", "revocation"].contains($0["check"]?.string)
        }
        #expect(lines.map { $0["state"] } == ["ok", "ok", "ok", "ok"])
        let text = lines.compactMap { $0["message"]?.string }
        #expect(
            text[0].hasPrefix(
                "staff-ca: the certificate of “CN=Lighthouse CA,O=Lighthouse” is good until "))
        #expect(text[1] == "staff-ca is not told; lockstep certificates --revoked is its list")
        #expect(text[2].hasPrefix("staff-ca: list 01 of "))
        #expect(text[3] == "all 3 live certificates are vouched for")
    }

    @Test func `check tries CMP without revoking anything`() throws {
        try ca.issue("ra", .signer)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: ca.file("ra", "key"))
        let server = try CMPServer(for: "ada", of: ca)
        let told = { (anchors: String) in
            "authorities: {staff-ca: {certificate: \(ca.certificate), tell: {cmp: {"
                + "uri: \"\(server.url)\", certificate: \(ca.file("ra", "pem")), "
                + "key: \(ca.file("ra", "key")), trust: \(anchors)}}}}\n"
        }
        try lab.configure { $0 + told(ca.certificate) }
        let line = { (lab: CommandLab) in
            try lab.json("check").array?.filter { $0["check"] == "revocation" }.first
        }
        #expect(
            try line(lab)?["message"]?.string
                == "staff-ca answers at \(server.url), and takes our protection")
        let stranger = try CertificateAuthority("Stranger CA")
        try lab.configure { $0 + told(stranger.certificate) }
        #expect(try line(lab)?["state"] == "failed")
        #expect(!server.log.contains("revocation request"))
    }
}
