import Ground
import Identity
import Testing

@testable import Store

/// A certificate is one thing, whoever has it.
struct SharedCertificateTests {
    let folder: ScratchFolder
    let store: Store
    let table: CertificateTable

    init() throws {
        folder = try ScratchFolder()
        store = try Store.withUser(in: folder)
        table = try CertificateTable(store)
    }

    private func content(
        _ number: UInt8, serial: String = "01", issuer: String = "CN=CA,O=Example"
    ) -> Certificate.Content {
        Certificate.Content(
            serial: serial, issuer: issuer, subject: "CN=Ada", notBefore: Timestamp(seconds: 1_000),
            notAfter: Timestamp(seconds: 2_000),
            fingerprint: [UInt8](repeating: number, count: 32))
    }

    private static let revocation = Certificate.Revocation(
        reason: .superseded, at: Timestamp(seconds: 1_200), by: 7)
    private static let held = Certificate.Held(at: Timestamp(seconds: 1_100), by: 7)

    private func standings() throws -> [Certificate.Standing?] {
        try [1, 2].map { try table.certificates(of: $0).first?.standing }
    }

    @Test func `whatever becomes of it becomes of it for everybody`() throws {
        let ada = try #require(
            try store.write { try table.insert(user: 1, credential: nil, content(1), in: $0) })
        let ben = try #require(
            try store.write { try table.insert(user: 2, credential: nil, content(1), in: $0) })
        #expect(try store.write { try table.hold(ben.id, Self.held, in: $0) })
        #expect(try standings() == [.onHold(Self.held), .onHold(Self.held)])
        #expect(try store.write { try table.release(ada.id, in: $0) })
        #expect(try standings() == [.valid, .valid])
        #expect(try store.write { try table.revoke(ben.id, Self.revocation, in: $0) })
        let revoked = Certificate.Standing.revoked(Self.revocation, held: nil)
        #expect(try standings() == [revoked, revoked])
        #expect(
            try store.write { try table.escalate(ada.id, at: Timestamp(seconds: 1_300), in: $0) })
        #expect(
            try table.certificates(of: 2).first?.revocation?.reason == .keyCompromise)
    }

    @Test func `a new row never takes a revocation back`() throws {
        _ = try store.write {
            try table.insert(
                user: 1, credential: nil, content(1), .revoked(Self.revocation, held: Self.held),
                in: $0)
        }
        let ben = try #require(
            try store.write {
                try table.insert(user: 2, credential: nil, content(1), .valid, in: $0)
            })
        #expect(ben.standing == .revoked(Self.revocation, held: Self.held))
        #expect(try !store.write { try table.set(.valid, of: ben.content.fingerprint, in: $0) })
        #expect(try standings() == [ben.standing, ben.standing])
    }

    @Test func `a list has it once, on the credential that carries it`() throws {
        let credentials = try CredentialTable(store)
        let card = try store.write {
            try credentials.insert(user: 2, kind: .card, serial: "1", state: .active, in: $0)
        }
        _ = try store.write { try table.insert(user: 1, credential: nil, content(1), in: $0) }
        _ = try store.write { try table.insert(user: 2, credential: card.id, content(1), in: $0) }
        _ = try store.write {
            try table.insert(user: 1, credential: nil, content(2, serial: "02"), in: $0)
        }
        #expect(
            try store.certificates(of: nil, revoked: false, since: nil).map(\.user) == [2, 1])
        #expect(try store.certificates(of: 1, revoked: false, since: nil).count == 2)
        for row in try table.certificates(of: 1) {
            _ = try store.write { try table.revoke(row.id, Self.revocation, in: $0) }
        }
        #expect(try store.certificates(of: nil, revoked: true, since: nil).count == 2)
        #expect(try store.certificates(of: 1, revoked: true, since: nil).map(\.user) == [1, 1])
    }

    @Test func `what was escalated is on the list of that day, too`() throws {
        let row = try #require(
            try store.write {
                try table.insert(
                    user: 1, credential: nil, content(1), .revoked(Self.revocation, held: nil),
                    in: $0)
            })
        let later = Timestamp(seconds: 1_900)
        #expect(try store.certificates(of: nil, revoked: true, since: later).isEmpty)
        #expect(try store.write { try table.escalate(row.id, at: later, in: $0) })
        #expect(try store.certificates(of: nil, revoked: true, since: later).count == 1)
        #expect(try store.certificates(of: 1, revoked: true, since: later).count == 1)
        #expect(
            try store.certificates(of: nil, revoked: true, since: later.advanced(by: 1)).isEmpty)
    }

    @Test func `a CA's that was somebody's is nobody's once it is known for one`() throws {
        let ada = try #require(
            try store.write { try table.insert(user: 1, credential: nil, content(1), in: $0) })
        _ = try store.write { try table.insert(user: 2, credential: nil, content(1), in: $0) }
        _ = try store.write { try table.revoke(ada.id, Self.revocation, in: $0) }
        let entries = try EntryCertificates(store)
        #expect(try entries.isOwned(ada.content.fingerprint))
        try store.write { try entries.disown(ada.content.fingerprint, in: $0) }
        #expect(try !entries.isOwned(ada.content.fingerprint))
        for user in [1, 2] as [UserID] { #expect(try table.certificates(of: user) == []) }
        #expect(try store.certificates(of: nil, revoked: true, since: nil) == [])
        #expect(try store.database.integer("SELECT count(*) FROM certificates") == 2)
        #expect(try store.database.integer("SELECT count(*) FROM readable_certificates") == 0)
    }

    @Test func `different certificates of two people that claim one name are disputed`() throws {
        _ = try store.write { try table.insert(user: 1, credential: nil, content(1), in: $0) }
        func isDisputed(_ content: Certificate.Content) throws -> Bool {
            try CertificateClaims(store).isDisputed(content)
        }
        #expect(try !isDisputed(content(1)))
        // The same one of two people, and two of one person: nobody else has a part in it.
        _ = try store.write { try table.insert(user: 1, credential: nil, content(2), in: $0) }
        #expect(try !isDisputed(content(1)))
        _ = try store.write {
            try table.insert(user: 2, credential: nil, content(3, serial: "02"), in: $0)
        }
        _ = try store.write {
            try table.insert(
                user: 2, credential: nil, content(4, issuer: "CN=Other,O=Example"), in: $0)
        }
        #expect(try !isDisputed(content(1)))
        // An issuer is a name: a CA finds it in any case.
        _ = try store.write {
            try table.insert(
                user: 2, credential: nil, content(5, issuer: "cn=ca, o=example"), in: $0)
        }
        #expect(try isDisputed(content(1)))
        #expect(try isDisputed(content(5, issuer: "cn=ca, o=example")))
        #expect(try !isDisputed(content(4, issuer: "CN=Other,O=Example")))
        let ties = try CertificateClaims(store).ties(of: try table.certificates(of: 2))
        #expect(ties.values.filter(\.isDisputed).count == 1)
    }

    @Test(.timeLimit(.minutes(1)))
    func `twenty thousand claims on one serial are read once`() throws {
        try store.write { (transaction: borrowing Transaction) throws(StoreError) in
            for number in 0..<20_000 {
                var content = content(1)
                content = Certificate.Content(
                    serial: content.serial, issuer: content.issuer, subject: content.subject,
                    notBefore: content.notBefore, notAfter: content.notAfter,
                    fingerprint: Array("\(number)".utf8))
                _ = try table.insert(user: 1, credential: nil, content, in: transaction)
            }
        }
        let ties = try CertificateClaims(store).ties(of: try table.certificates(of: 1))
        #expect(ties.isEmpty)
    }

    @Test func `an entry's certificate is known once its octets are kept`() throws {
        let entries = try EntryCertificates(store)
        let now = Timestamp(seconds: 1_500)
        _ = try store.write { try table.insert(user: 1, credential: nil, content(1), in: $0) }
        let found = Certificate.Encoded(content: content(1), der: [0x30])
        #expect(try !entries.isKnown(found.content.fingerprint, user: 1))
        try store.write { try entries.insert(found, user: 1, at: now, in: $0) }
        #expect(try entries.isKnown(found.content.fingerprint, user: 1))
        #expect(try table.certificates(of: 1).count == 1)
        #expect(
            try store.database.integer(
                "SELECT count(*) FROM certificate_encodings WHERE der = x'30'")
                == 1)
    }

    @Test func `what is found on a locked user is revoked for everybody who has it`() throws {
        let entries = try EntryCertificates(store)
        let now = Timestamp(seconds: 1_500)
        try store.database.execute(
            "UPDATE users SET state = 'locked', state_process = 7 WHERE id = 2")
        let (live, past) = (content(1), content(2, serial: "02"))
        for content in [live, past] {
            _ = try store.write { try table.insert(user: 1, credential: nil, content, in: $0) }
        }
        try store.write {
            try entries.insert(
                Certificate.Encoded(content: live, der: [1]), user: 2, at: now, in: $0)
        }
        #expect(
            try table.certificates(of: 1).first?.revocation
                == Certificate.Revocation(reason: .unspecified, at: now, by: 7))
        // One that is past its end stays what it was, and is on no list.
        try store.write {
            try entries.insert(
                Certificate.Encoded(content: past, der: [2]), user: 2,
                at: Timestamp(seconds: 2_001), in: $0)
        }
        #expect(try table.certificates(of: 2).map { $0.revocation == nil } == [false, true])
        #expect(try store.certificates(of: nil, revoked: true, since: nil).count == 1)
    }
}
