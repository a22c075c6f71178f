import Fixtures
import Foundation
import Ground
import Testing

/// What nobody should believe of a CA changes nothing, and what a CA leaves unsaid needs a person.
struct AuthorityBeliefTests {
    private let lab: AuthorityLab

    init() throws { lab = try AuthorityLab() }

    @Test(arguments: ["went back", "forged", "of tomorrow", "delta"])
    func `a list that nobody should believe changes nothing and needs a person`(how: String) throws
    {
        let list = lab.ca.file("list", "pem")
        let old = try Data(contentsOf: URL(filePath: list))
        try lab.ca.publish()
        _ = try lab.sync()
        try lab.ca.revoke("ada")
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
            try lab.ca.publish(
                options: [
                    "-crl_lastupdate", "20300101000000Z", "-crl_nextupdate", "20300102000000Z",
                ])
            sentence = "the list is of a time to come"
        default:
            try lab.ca.folder.append("\n[delta]\n2.5.29.27=critical,DER:020101\n", to: "ca.cnf")
            try lab.ca.publish(options: ["-crlexts", "delta"])
            sentence = "it is a delta list: give the address of the complete one"
        }
        try lab.age()
        let report = try lab.sync()
        #expect(
            report?["error"]?.string?.hasPrefix("\(list): \(sentence)") == true,
            "\(report?.text ?? "")")
        #expect(try lab.state("ada") == "valid")
        let needs = try lab.needs()
        #expect(needs.count == 1)
        #expect(needs.first?.hasPrefix("staff-ca: \(list): \(sentence)") == true)
        let authority = try lab.json("authorities")[0]
        #expect(authority?["error"]?["message"]?.string?.hasPrefix("\(list): ") == true)
        #expect(authority?["crl"]?["number"] == "02")
        // A good one ends it.
        try lab.ca.publish()
        try lab.age()
        #expect(try lab.sync()?["revoked"] == 1)
        #expect(try lab.needs() == [])
        #expect(try lab.json("authorities")[0]?["error"] == .null)
    }

    @Test func `a list that has ended needs a person, an outage only when it lasts`() throws {
        _ = try lab.sync()
        try FileManager.default.removeItem(atPath: lab.ca.file("list", "pem"))
        try lab.age()
        #expect(try lab.sync()?["error"]?.string?.hasSuffix("it can't be read as a file") == true)
        #expect(try lab.needs() == [])
        try lab.sqlite("UPDATE authority_lists SET next_update = unixepoch() - 60")
        #expect(
            try lab.needs().first?.hasPrefix(
                "staff-ca: the list \(lab.ca.file("list", "pem")) ended at ")
                == true)
        try lab.sqlite(
            "UPDATE authority_lists SET next_update = NULL; "
                + "UPDATE authorities SET error_since = error_since - 90000")
        #expect(try lab.needs().first?.contains("it can't be read as a file, since ") == true)
    }

    @Test func `a responder that does not know what the CA signed needs a person`() throws {
        let responder = try lab.ca.responder()
        try lab.configure("ocsp: \"\(responder.url)\"")
        try lab.ca.folder.replace("index.txt", with: "")
        #expect(
            try lab.sync()?["error"]?.string
                == "\(responder.url): it does not know a certificate that it signed")
        #expect(try lab.state("ada") == "valid")
        #expect(try lab.needs().count == 1)
    }

    @Test func `told is not seen, until the CA says so itself`() throws {
        _ = try lab.sync()
        try lab.run("lock", "ada", "--reason", "misuse", "--yes").succeeded(at: "lock")
        let hours = { (count: Int) in
            "UPDATE certificate_bindings SET told = 'revoked', seen = NULL, seen_at = NULL, "
                + "seen_by = NULL, told_at = unixepoch() - \(count * 3_600) "
                + "WHERE fingerprint IN (SELECT fingerprint FROM certificates WHERE state = 'revoked')"
        }
        try lab.sqlite(hours(23))
        #expect(try lab.json("authorities")[0]?["toldUnseen"] == 1)
        #expect(try lab.needs() == [])
        try lab.sqlite(hours(25))
        #expect(
            try lab.needs().first?.hasPrefix("staff-ca: a certificate of which it was told") == true
        )
        let shown = try lab.run("certificates", "ada").stdout
        #expect(shown.contains(", told"))
        try lab.ca.revoke("ada")
        try lab.ca.publish()
        try lab.age()
        _ = try lab.sync()
        #expect(try lab.needs() == [])
        #expect(try lab.json("authorities")[0]?["toldUnseen"] == 0)
        let ada = try lab.json("certificates", "ada")[0]
        #expect(ada?["authority"]?["seen"]?.string != nil)
        #expect(ada?["revocationReason"] == "privilegeWithdrawn")
    }
}
