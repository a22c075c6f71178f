import Engine
import Fixtures
import Foundation
import Ground
import Identity
import LDAP
import Testing

@testable import Store

@Suite struct EntryCertificateTests {
    @Test func `an entry's certificates are taken in once, and one that is none is told`() throws {
        let lab = try SyncLab()
        let certificate = try self.certificate()
        try lab.addPerson("card", "userCertificate;binary:: \(certificate)")
        let hq = try lab.hq()
        #expect((hq.created, hq.rejected.count) == (13, 0))
        #expect(
            try lab.count(
                "SELECT count(*) FROM certificates WHERE state = 'valid' AND credential IS NULL")
                == 1)
        try lab.server.modify(
            """
            dn: \(SampleOrganisation.person("card"))
            changetype: modify
            replace: title
            title: Card Holder
            """)
        #expect(try lab.hq().updated == 1)
        #expect(try lab.count("SELECT count(*) FROM certificates") == 1)
    }

    @Test func `a certificate found on a locked user is born revoked for the lock's reason`() throws
    {
        let lab = try SyncLab()
        try lab.sync()
        let ada = try lab.user("ada")
        try lab.store.database.prepare(
            """
            INSERT INTO processes (id, use_case, user, reason, reason_text, revocation, at, by, host, \
            forced, state) VALUES (7, 'UsersProcLock', ?, 'left-organization', 'x', \
            'affiliationChanged', 5, 'alice', 'test', 0, 'completed')
            """
        ).run(ada.id)
        try lab.store.database.prepare(
            "UPDATE users SET state = 'locked', state_process = 7 WHERE id = ?"
        ).run(ada.id)
        try lab.server.modify(
            """
            dn: \(SampleOrganisation.person("ada"))
            changetype: modify
            add: userCertificate;binary
            userCertificate;binary:: \(try certificate())
            """)
        try lab.sync()
        #expect(try lab.user("ada").state == .locked)
        let row = try lab.store.database.prepare(
            "SELECT state, revocation_reason, revoked_at, revoked_by FROM certificates")
        let found = try row.first { row throws(StoreError) in
            try [
                row.text("state"), row.text("revocation_reason"), String(row.int("revoked_at")),
                String(row.int("revoked_by")),
            ]
        }
        #expect(found == ["revoked", "affiliationChanged", String(lab.now.seconds), "7"])
    }

    @Test func `a CA's certificate in an entry is nobody's, and is told`() throws {
        let lab = try SyncLab()
        try lab.addPerson(
            "card",
            "userCertificate;binary:: \(try certificate("ca"))\n"
                + "userCertificate;binary:: \(try certificate())")
        let hq = try lab.hq()
        #expect(hq.created == 13)
        #expect(
            hq.rejected.map(\.why).allSatisfy {
                $0.hasPrefix("userCertificate;binary is a CA's certificate, nobody's: value ")
            })
        #expect(hq.rejected.count == 1)
        #expect(try lab.count("SELECT count(*) FROM certificates") == 1)
        #expect(
            try lab.count(
                "SELECT count(*) FROM certificate_encodings JOIN certificates USING (fingerprint)")
                == 1)
    }

    @Test func `a certificate found on an inactive user is born on hold`() throws {
        let lab = try SyncLab()
        try lab.addPerson(
            "card",
            "userCertificate;binary:: \(try certificate())\npwdAccountLockedTime: 000001010000Z")
        try lab.sync()
        #expect(try lab.user("card").state == .inactive)
        #expect(try lab.count("SELECT count(*) FROM certificates WHERE state = 'onHold'") == 1)
        #expect(try lab.count("SELECT count(*) FROM waiting_for_user") == 1)
    }

    /// The base64 of a certificate's DER encoding, on one line.
    private func certificate(_ name: String = "good") throws -> String {
        let pem = try Certificates.shared.get().certificate(name)
        let text = try String(contentsOfFile: pem, encoding: .utf8)
        return text.split(separator: "\n").filter { !$0.hasPrefix("-----") }.joined()
    }
}
