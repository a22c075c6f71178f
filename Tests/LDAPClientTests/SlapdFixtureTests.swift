import Testing

@testable import Fixtures

@Suite struct SlapdFixtureTests {
    @Test func `a server of the test's own answers binds and searches`() throws {
        let slapd = try Slapd { $0.tls = .init() }
        #expect(
            slapd.binds(
                as: SampleOrganisation.person("ada"),
                password: SampleOrganisation.password(of: "ada")))
        #expect(slapd.bindResult(as: SampleOrganisation.person("ada"), password: "wrong") == 49)
        #expect(
            try slapd.values("mail", of: SampleOrganisation.person("ada")) == ["ada@example.com"])
        #expect(try slapd.search("(objectClass=groupOfNames)").count == 4)
    }

    @Test func `a locked account does not bind where the policy is in effect`() throws {
        let slapd = try Slapd()
        let ada = SampleOrganisation.person("ada")
        try slapd.modify(
            "dn: \(ada)\nchangetype: modify\nreplace: pwdAccountLockedTime\n"
                + "pwdAccountLockedTime: 000001010000Z\n")
        #expect(!slapd.binds(as: ada, password: SampleOrganisation.password(of: "ada")))
    }

    @Test func `data survive a kill`() throws {
        let slapd = try Slapd {
            $0.syncProvider = .accessLog
            $0.memberOf = true
            $0.refint = true
        }
        slapd.kill()
        try slapd.start()
        #expect(try slapd.values("memberOf", of: SampleOrganisation.person("ada")).count == 3)
        try slapd.restart()
        #expect(try slapd.search("(uid=ada)") == [SampleOrganisation.person("ada")])
    }
}

/// What fixtures make of octets that came from outside.
@Suite struct WireTests {
    /// A TLS client's first words; lengths with more digits than any; one that has none yet.
    private static let noise: [[UInt8]] = [
        [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03],
        [0x30, 0xFF] + [UInt8](repeating: 0xFF, count: 127), [0x30, 0x88, 0x80], [0x30, 0x80],
        [0x30], [0x30, 0x02, 0x02, 0x7F], [0x30, 0x00], [],
    ]

    @Test func `whatever comes ends no test process`() throws {
        for octets in Self.noise {
            var rest = octets
            while case .whole(let message) = Wire.takeMessage(from: &rest) {
                #expect(Wire.request(message) == nil)
            }
        }
        var random = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            let count = Int.random(in: 0...300, using: &random)
            var rest = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            if Bool.random(using: &random), !rest.isEmpty { rest[0] = 0x30 }
            while case .whole(let message) = Wire.takeMessage(from: &rest) {
                _ = Wire.request(message)
            }
        }
    }

    @Test func `messages are taken one after the other, and what is no LDAP is known at once`() {
        let first = Wire.message([1], Wire.element(0x60, [0x02, 0x01, 0x03]))
        let second = Wire.message([0, 0x80], Wire.element(0x63, [UInt8](repeating: 0, count: 300)))
        var bytes = first + second.dropLast()
        guard case .whole(let message) = Wire.takeMessage(from: &bytes) else {
            Issue.record("the first one is whole")
            return
        }
        #expect(message == first)
        #expect(Wire.request(message)?.id == [1])
        #expect(Wire.request(message)?.tag == 0x60)
        guard case .incomplete = Wire.takeMessage(from: &bytes) else {
            Issue.record("an octet is missing")
            return
        }
        bytes.append(0)
        guard case .whole(let message) = Wire.takeMessage(from: &bytes) else {
            Issue.record("the second one is whole")
            return
        }
        #expect(Wire.request(message)?.tag == 0x63)
        #expect(bytes.isEmpty)
        bytes = [0x16, 0x03, 0x01]
        guard case .other = Wire.takeMessage(from: &bytes) else {
            Issue.record("TLS is no LDAP")
            return
        }
    }
}
