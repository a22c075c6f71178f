import Authority
import Fixtures
import Foundation
import Synchronization
import Testing

/// Read anew each time: a certificate is not valid before it was made.
private var now: Int64 { Int64(Date().timeIntervalSince1970) }

struct OCSPTests {
    let ca: CertificateAuthority

    init() throws {
        ca = try CertificateAuthority()
        try ca.issue("ada")
        try ca.issue("bo")
        try ca.revoke("ada", "keyCompromise")
    }

    private func standing(
        of name: String, _ door: HTTPDoor, from issuer: CertificateAuthority? = nil
    ) throws -> CertificateStanding {
        let issuer = try IssuingCertificate(pem: (issuer ?? ca).pem("ca"))
        return try OCSPResponder(
            address: #require(AuthorityAddress(door.url)), issuer: issuer, trust: nil, now: now
        ).standing(of: ca.der(name), within: .seconds(10))
    }

    private func failure(_ name: String, _ door: HTTPDoor) throws -> ExchangeFailure? {
        do {
            _ = try standing(of: name, door)
            return nil
        } catch let failure as ExchangeFailure {
            return failure
        }
    }

    @Test(arguments: ["ca", "desk"])
    func `an answer of the CA or its delegate is believed`(signer: String) throws {
        try ca.issue("desk", .responder)
        let door = try ca.responder(signer: signer)
        #expect(try standing(of: "bo", door) == .good)
        guard case .revoked(let reason, let at) = try standing(of: "ada", door) else {
            Issue.record("it is not revoked")
            return
        }
        #expect(reason == 1)
        #expect(abs(at - now) < 300)
    }

    @Test func `who may not answer for the CA is not believed`() throws {
        try ca.issue("clerk", .signer)
        let door = try ca.responder(signer: "clerk")
        let failure = try #require(try failure("ada", door))
        #expect(failure.sentence.hasPrefix("\(door.url): its answer is not the authority's: "))
    }

    @Test func `a delegate whose certificate has ended is not believed`() throws {
        try ca.issue("old", .responder, days: -3)
        let failure = try #require(try failure("ada", ca.responder(signer: "old")))
        #expect(failure.sentence.contains("certificate has expired"))
    }

    @Test func `an answer that was recorded earlier is not believed`() throws {
        let request = Recording()
        _ = try failure(
            "bo",
            HTTPDoor {
                request.take($0.body)
                return nil
            })
        let old = try ca.ocspAnswer(to: request.body, options: ["-nmin", "1"])
        let door = try HTTPDoor { _ in
            HTTPDoor.Response(type: "application/ocsp-response", body: old)
        }
        let failure = try #require(try failure("bo", door))
        #expect(failure.sentence == "\(door.url): its answer is to another question")
    }

    @Test
    func `a certificate that the CA never issued is unknown, and an answer about another is none`()
        throws
    {
        let other = try CertificateAuthority()
        try other.issue("ada", serial: "7777")
        let door = try ca.responder()
        let issuer = try IssuingCertificate(pem: ca.pem("ca"))
        let standing = try OCSPResponder(
            address: #require(AuthorityAddress(door.url)), issuer: issuer, trust: nil, now: now
        ).standing(of: other.der("ada"), within: .seconds(10))
        #expect(standing == .unknown)
    }

    @Test func `garbage is no answer`() throws {
        let door = try HTTPDoor { _ in
            HTTPDoor.Response(type: "application/ocsp-response", body: [0x30, 3, 10, 1, 6])
        }
        #expect(
            try failure("ada", door)
                == .unusable("\(door.url): it does not answer for this authority (unauthorized)"))
    }
}

/// What a door was asked.
private final class Recording: Sendable {
    private let last = Mutex<[UInt8]>([])

    var body: [UInt8] { last.withLock { $0 } }

    func take(_ bytes: [UInt8]) { last.withLock { $0 = bytes } }
}

struct RevocationListTests {
    let ca: CertificateAuthority

    init() throws {
        ca = try CertificateAuthority()
        try ca.issue("ada")
        try ca.issue("bo")
        try ca.issue("cy")
        try ca.revoke("ada", "superseded")
        try ca.revoke("cy", "certificateHold")
    }

    private func failure(
        _ path: String, issuer: CertificateAuthority? = nil, at time: Int64? = nil
    ) throws -> String? {
        let issuer = try IssuingCertificate(pem: (issuer ?? ca).pem("ca"))
        do throws(ExchangeFailure) {
            _ = try RevocationList.fetch(
                .file(path), issuer: issuer, trust: nil, now: time ?? now, within: .seconds(10))
            return nil
        } catch {
            return error.sentence
        }
    }

    @Test func `a list says who is revoked, why and when`() throws {
        let issuer = try IssuingCertificate(pem: ca.pem("ca"))
        let list = try RevocationList.fetch(
            .file(ca.publish()), issuer: issuer, trust: nil, now: now, within: .seconds(10))
        #expect(list.number == "01")
        #expect(abs(list.thisUpdate - now) < 300)
        let (begin, end) = (list.thisUpdate, list.nextUpdate)
        #expect(end == begin + 7 * 86_400)
        #expect(try list.standing(of: ca.der("bo")) == .good)
        guard case .revoked(4, let at) = try list.standing(of: ca.der("ada")) else {
            Issue.record("not revoked")
            return
        }
        #expect(abs(at - now) < 300)
        guard case .revoked(CertificateStanding.hold, _) = try list.standing(of: ca.der("cy"))
        else {
            Issue.record("not held")
            return
        }
    }

    @Test func `a list comes over http as well`() throws {
        let der = ca.folder.file("list.der")
        try ChildProcess.run(
            "openssl", ["crl", "-in", ca.publish(), "-outform", "DER", "-out", der]
        )
        .succeeded(at: "openssl crl")
        let body = Array(try Data(contentsOf: URL(filePath: der)))
        let door = try HTTPDoor { _ in
            HTTPDoor.Response(type: "application/pkix-crl", body: body)
        }
        let list = try RevocationList.fetch(
            .web(#require(AuthorityAddress(door.url + "/staff.crl"))),
            issuer: IssuingCertificate(pem: ca.pem("ca")), trust: nil, now: now,
            within: .seconds(10))
        #expect(try list.standing(of: ca.der("bo")) == .good)
    }

    @Test func `a list that is forged, expired, of tomorrow, partial or none is not taken`() throws
    {
        let path = try ca.publish()
        let stranger = try CertificateAuthority("Stranger CA")
        let namesake = try CertificateAuthority()
        let forged = "\(path): the list is not signed by the authority"
        #expect(try failure(path, issuer: stranger) == forged)
        #expect(try failure(path, issuer: namesake) == forged)
        #expect(try failure(path, at: now + 8 * 86_400) == "\(path): the list has expired")
        #expect(try failure(path, at: now - 86_400) == "\(path): the list is of a time to come")
        let text = ca.folder.file("index.txt")
        #expect(try failure(text) == "\(text): it is no list of revoked certificates (CRL)")
        let none = ca.folder.file("none")
        #expect(try failure(none) == "\(none): it can't be read as a file")
        try ca.folder.append(
            "\n[delta]\n2.5.29.27=critical,DER:020101\n"
                + "[indirect]\nissuingDistributionPoint=critical,@point\n[point]\nindirectCRL=TRUE\n",
            to: "ca.cnf")
        let delta = try ca.publish("delta", options: ["-crlexts", "delta"])
        #expect(
            try failure(delta)
                == "\(delta): it is a delta list: give the address of the complete one")
        let indirect = try ca.publish("indirect", options: ["-crlexts", "indirect"])
        #expect(
            try failure(indirect)
                == "\(indirect): it is an indirect list, which also speaks for other CAs: "
                + "it is not taken")
    }

    @Test func `a certificate is told from one that only names its issuer`() throws {
        let issuer = try IssuingCertificate(pem: ca.pem("ca"))
        #expect(try issuer.verdict(on: ca.der("ada")) == .issued)
        let namesake = try CertificateAuthority()
        try namesake.issue("ada")
        #expect(try issuer.verdict(on: namesake.der("ada")) == .forged)
        let stranger = try CertificateAuthority("Stranger CA")
        try stranger.issue("ada")
        #expect(try issuer.verdict(on: stranger.der("ada")) == .otherIssuer)
    }
}
