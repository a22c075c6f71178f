import Authority
import Fixtures
import Foundation
import Testing

struct CMPTests {
    let ca: CertificateAuthority

    init() throws {
        ca = try CertificateAuthority()
        try ca.issue("ada")
        try ca.issue("ra", .signer)
    }

    private func client(
        _ url: String, signer: CMPClient.Signer? = nil, trust: String? = nil
    ) throws -> CMPClient {
        let address = try #require(AuthorityAddress(url))
        let signer = try signer ?? .certificate(pem: ca.pem("ra"), key: key("ra"))
        return CMPClient(
            address: address, signer: signer, trust: trust ?? ca.certificate,
            now: Int64(Date().timeIntervalSince1970))
    }

    private func key(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: ca.file(name, "key"))))
    }

    private func answer(
        _ server: CMPServer, signer: CMPClient.Signer? = nil, trust: String? = nil
    ) throws -> CMPClient.Answer {
        try client(server.url, signer: signer, trust: trust)
            .tell(ca.der("ada"), CMPClient.Reason(rawValue: 3), within: .seconds(60))
    }

    @Test func `a revocation that is signed by an RA is taken`() throws {
        let server = try CMPServer(for: "ada", of: ca)
        #expect(try answer(server) == .done(""))
    }

    @Test func `a revocation under a secret is taken`() throws {
        let server = try CMPServer(
            for: "ada", of: ca, options: ["-srv_ref", "lockstep", "-srv_secret", "pass:swordfish"])
        let right = CMPClient.Signer.secret(Array("swordfish".utf8), reference: "lockstep")
        #expect(try answer(server, signer: right) == .done(""))
        let wrong = CMPClient.Signer.secret(Array("sardine".utf8), reference: "lockstep")
        let refusal = try answer(server, signer: wrong)
        guard case .unknown = refusal else {
            Issue.record("\(refusal)")
            return
        }
    }

    @Test(arguments: 0...26)
    func `every failure that a CA names is told in words`(bit: Int) throws {
        let server = try CMPServer(
            for: "ada", of: ca,
            options: ["-pkistatus", "2", "-failure", "\(bit)", "-statusstring", "so it is"])
        let words = PKIFailure(rawValue: 1 << UInt32(bit)).sentence
        #expect(words.contains("(\(bit)): "))
        let expected: CMPClient.Answer =
            switch bit {
            case 10: .revokedAlready
            case 14, 21, 24, 25: .unknown("\(words); it says: so it is")
            default: .refused("\(words); it says: so it is")
            }
        let answer = try answer(server)
        #expect(answer == expected)
    }

    @Test func `an answer from somebody else is no answer`() throws {
        let server = try CMPServer(for: "ada", of: ca)
        let stranger = try CertificateAuthority("Stranger CA")
        let answer = try answer(server, trust: stranger.certificate)
        guard case .unknown = answer else {
            Issue.record("\(answer)")
            return
        }
    }

    @Test func `a CA greets us without revoking anything`() throws {
        let server = try CMPServer(for: "ada", of: ca)
        #expect(try client(server.url).greet(within: .seconds(60)) == nil)
    }

    @Test func `a refused connection is down at once, and a stalled one at its time`() throws {
        let clock = ContinuousClock()
        let address = try client("http://127.0.0.1:9/pkix/")
        let begun = clock.now
        let down = try address.tell(
            ca.der("ada"), CMPClient.Reason(rawValue: 3), within: .seconds(30))
        #expect(clock.now - begun < .seconds(10))
        #expect(down == .unknown("http://127.0.0.1:9/pkix/: Connection refused"))
        let server = try CMPServer(for: "ada", of: ca)
        server.proxy.set(.stall)
        let stalled = try client(server.url).tell(
            ca.der("ada"), CMPClient.Reason(rawValue: 3), within: .seconds(1))
        #expect(stalled == .unknown("\(server.url): no answer in time"))
    }

    @Test func `garbage is no answer`() throws {
        let door = try HTTPDoor { _ in
            HTTPDoor.Response(type: "application/pkixcmp", body: [0x30, 3, 2, 1, 0])
        }
        let answer = try client(door.url).tell(
            ca.der("ada"), CMPClient.Reason(rawValue: 3), within: .seconds(60))
        #expect(answer == .unknown("\(door.url): its answer is no CMP message"))
        let missing = try HTTPDoor { _ in
            HTTPDoor.Response(status: "404 Not Found", type: "text/plain", body: [65])
        }
        let other = try client(missing.url).tell(
            ca.der("ada"), CMPClient.Reason(rawValue: 3), within: .seconds(60))
        guard case .unknown(let words) = other else {
            Issue.record("\(other)")
            return
        }
        #expect(words.contains("404"), "\(words)")
    }

    @Test func `files that don't fit are told before anybody is asked`() throws {
        let url = "http://127.0.0.1:9/"
        func failure(_ signer: CMPClient.Signer, trust: String? = nil) throws -> String? {
            let client = try client(url, signer: signer, trust: trust)
            do throws(AuthorityFileError) {
                try client.check()
                return nil
            } catch {
                return error.description
            }
        }
        let ra = CMPClient.Signer.certificate(pem: try ca.pem("ra"), key: try key("ra"))
        #expect(try failure(ra) == nil)
        #expect(
            try failure(.certificate(pem: ca.pem("ra"), key: key("ada")))
                == "the signer's key does not belong to its certificate")
        #expect(
            try failure(.certificate(pem: [], key: key("ra")))
                == "the signer's file holds no certificate in PEM")
        #expect(try failure(.secret([], reference: "x")) == "the secret's file is empty")
        let none = ca.folder.file("index.txt")
        #expect(try failure(ra, trust: none) == "\(none) holds no certificate in PEM")
    }
}
