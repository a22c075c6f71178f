import Ground
import Identity
import LDAP
import Store
import Testing

@testable import Store

struct CertificateTableTests {
    let folder: ScratchFolder
    let store: Store
    let table: CertificateTable
    let card: Credential

    init() throws {
        folder = try ScratchFolder()
        store = try Store.withUser(in: folder)
        table = try CertificateTable(store)
        let credentials = try CredentialTable(store)
        card = try store.write { transaction in
            try credentials.insert(
                user: 1, kind: .card, serial: "1", state: .active, in: transaction)
        }
    }

    private func content(_ number: UInt8, issuer: String = "CN=CA,O=Example") -> Certificate.Content
    {
        Certificate.Content(
            serial: "0\(number)", issuer: issuer, subject: "CN=Ada,O=Example",
            notBefore: Timestamp(seconds: 1_000), notAfter: Timestamp(seconds: 2_000),
            fingerprint: [UInt8](repeating: number, count: 32))
    }

    private func insert(
        _ number: UInt8, _ standing: Certificate.Standing = .valid
    ) throws -> Certificate {
        try #require(
            try store.write {
                try table.insert(user: 1, credential: card.id, content(number), standing, in: $0)
            })
    }

    private static let held = Certificate.Held(at: Timestamp(seconds: 1_100), by: 7)
    private static let revocation = Certificate.Revocation(
        reason: .superseded, at: Timestamp(seconds: 1_200), by: 7)
    static let standings: [Certificate.Standing] = [
        .valid, .onHold(held), .onHold(Certificate.Held(at: Timestamp(seconds: -1), by: nil)),
        .revoked(revocation, held: nil), .revoked(revocation, held: held),
    ]

    @Test(arguments: standings)
    func `a certificate comes back as it was stored`(standing: Certificate.Standing) throws {
        let stored = try insert(1, standing)
        #expect(try table.certificate(stored.id) == stored)
        #expect(try table.certificates(of: 1) == [stored])
        #expect(try table.certificates(ofCredential: card.id) == [stored])
        #expect(try table.certificates(withSerial: "01") == [stored])
        #expect(
            try table.certificate(of: 1, fingerprint: stored.content.fingerprint) == stored)
        #expect(try table.certificates(of: 2) == [])
    }

    @Test func `a certificate that the user has already changes nothing`() throws {
        let stored = try insert(1, .revoked(Self.revocation, held: nil))
        #expect(
            try store.write { try table.insert(user: 1, credential: nil, content(1), in: $0) }
                == nil)
        #expect(try table.certificates(of: 1) == [stored])
        #expect(
            try store.write { try table.insert(user: 2, credential: nil, content(1), in: $0) }
                != nil)
    }

    @Test func `a serial that two issuers share finds both`() throws {
        _ = try insert(1)
        var other = content(1, issuer: "CN=Other CA")
        other = Certificate.Content(
            serial: other.serial, issuer: other.issuer, subject: other.subject,
            notBefore: other.notBefore, notAfter: other.notAfter, fingerprint: [9])
        _ = try store.write { try table.insert(user: 1, credential: nil, other, in: $0) }
        let issuers = try table.certificates(withSerial: "01").map(\.content.issuer)
        #expect(issuers == ["CN=CA,O=Example", "CN=Other CA"])
    }

    @Test func `the first revocation wins`() throws {
        let id = try insert(1).id
        #expect(try store.write { try table.revoke(id, Self.revocation, in: $0) })
        let later = Certificate.Revocation(
            reason: .keyCompromise, at: Timestamp(seconds: 1_300), by: nil)
        #expect(try !store.write { try table.revoke(id, later, in: $0) })
        #expect(try !store.write { try table.hold(id, Self.held, in: $0) })
        #expect(try !store.write { try table.release(id, in: $0) })
        #expect(try table.certificate(id)?.standing == .revoked(Self.revocation, held: nil))
    }

    @Test func `what was on hold keeps both times when it is revoked`() throws {
        let id = try insert(1).id
        #expect(try store.write { try table.hold(id, Self.held, in: $0) })
        #expect(
            try !store.write {
                try table.hold(id, Certificate.Held(at: Timestamp(seconds: 1_150), by: nil), in: $0)
            })
        #expect(try store.write { try table.revoke(id, Self.revocation, in: $0) })
        #expect(try table.certificate(id)?.standing == .revoked(Self.revocation, held: Self.held))
    }

    @Test func `what was on hold is valid after its release`() throws {
        let id = try insert(1, .onHold(Self.held)).id
        #expect(try store.write { try table.release(id, in: $0) })
        #expect(try table.certificate(id)?.standing == .valid)
    }

    @Test func `an escalation changes the reason alone, once, and only of what is revoked`() throws
    {
        let (revoked, valid) = try (
            insert(1, .revoked(Self.revocation, held: nil)).id, insert(2).id
        )
        let now = Timestamp(seconds: 1_900)
        #expect(try store.write { try table.escalate(revoked, at: now, in: $0) })
        #expect(try !store.write { try table.escalate(revoked, at: now.advanced(by: 9), in: $0) })
        #expect(try !store.write { try table.escalate(valid, at: now, in: $0) })
        #expect(
            try table.certificate(revoked)?.revocation
                == Certificate.Revocation(
                    reason: .keyCompromise, at: Self.revocation.at, by: Self.revocation.by,
                    escalatedAt: now))
    }

    @Test func `a certificate of the entry is related to its credential once`() throws {
        let found = try #require(
            try store.write { try table.insert(user: 1, credential: nil, content(1), in: $0) })
        #expect(try store.write { try table.relate(found.id, to: card.id, in: $0) })
        #expect(try !store.write { try table.relate(found.id, to: card.id, in: $0) })
        #expect(try table.certificates(ofCredential: card.id).map(\.id) == [found.id])
    }

    @Test func `the revoked ones since a time come in the order of their revocation`() throws {
        for (number, at) in [(1, 1_500), (2, 1_300), (3, 1_400)] {
            let revocation = Certificate.Revocation(
                reason: .superseded, at: Timestamp(seconds: Int64(at)), by: nil)
            _ = try insert(UInt8(number), .revoked(revocation, held: nil))
        }
        _ = try insert(4)
        func serials(since: Int64?) throws -> [String] {
            var found: [String] = []
            try table.readRevoked(since: since.map(Timestamp.init(seconds:))) {
                found.append($0.content.serial)
            }
            return found
        }
        #expect(try serials(since: nil) == ["02", "03", "01"])
        #expect(try serials(since: 1_400) == ["03", "01"])
        #expect(try serials(since: 1_501) == [])
        var all = 0
        try table.read { _ in all += 1 }
        #expect(all == 4)
    }

    @Test(arguments: standings)
    func `what is past its end reads expired, unless it was revoked`(
        standing: Certificate.Standing
    ) throws {
        let certificate = try insert(1, standing)
        #expect(certificate.state(at: Timestamp(seconds: 2_000)) != .expired)
        let isRevoked = certificate.revocation != nil
        #expect(
            certificate.state(at: Timestamp(seconds: 2_001)) == (isRevoked ? .revoked : .expired))
        #expect(certificate.standing == standing)
    }
}
