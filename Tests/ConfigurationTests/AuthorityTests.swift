import Testing

@testable import Configuration

@Suite struct AuthorityTests {
    private func authorities(_ text: String) throws -> [AuthoritySettings] {
        try Example.load(Example.minimal(top: "authorities: \(text)")).authorities
    }

    @Test func `without the section there is no authority`() throws {
        #expect(try Example.load(Example.minimal()).authorities.isEmpty)
    }

    @Test func `an authority is read whole, its paths relative to the file`() throws {
        let read = try authorities(
            """
            {staff-ca: {certificate: ca.pem, tell: {cmp: {uri: "https://ca.example.com/pkix",
              certificate: ra.pem, key: keys/ra.key, trust: /etc/ssl/cmp.pem}},
              see: {crl: [http://ca.example.com/a.crl, b.crl], ocsp: "http://ocsp.example.com/"}}}
            """)
        let authority = try #require(read.first)
        #expect(authority.name == "staff-ca")
        #expect(authority.certificate == "/etc/lockstep/ca.pem")
        #expect(authority.within == 86_400)
        #expect(authority.tell?.holds == true)
        #expect(
            authority.see?.lists == ["http://ca.example.com/a.crl", "/etc/lockstep/b.crl"])
        #expect(authority.see?.responder == "http://ocsp.example.com/")
        guard case .cmp(let cmp)? = authority.tell?.way,
            case .signature(let certificate, let key) = cmp.protection
        else {
            Issue.record("it is not told by a signed CMP")
            return
        }
        #expect(cmp.uri == "https://ca.example.com/pkix")
        #expect(certificate == "/etc/lockstep/ra.pem")
        #expect(key == "/etc/lockstep/keys/ra.key")
        #expect(cmp.trust == "/etc/ssl/cmp.pem")
    }

    @Test func `a secret or a program takes the signer's place`() throws {
        let read = try authorities(
            """
            {a: {certificate: a.pem, tell: {holds: false, cmp: {uri: http://ca/, trust: t.pem,
              reference: 007, secretFile: s}}, within: 90m},
             b: {certificate: b.pem, tell: {run: [/opt/revoke, --site, north]}}}
            """)
        #expect(read.map(\.name) == ["a", "b"])
        #expect(read[0].within == 5_400)
        #expect(read[0].tell?.holds == false)
        guard case .cmp(let cmp)? = read[0].tell?.way,
            case .secret("/etc/lockstep/s", reference: "007") = cmp.protection,
            case .program(["/opt/revoke", "--site", "north"])? = read[1].tell?.way
        else {
            Issue.record("the ways are not those that were written")
            return
        }
    }

    @Test(arguments: [
        (
            "{certificate: null}",
            "certificate: is missing and required; write, for example, certificate: staff-ca.pem"
        ),
        (
            "{certificate: c, tell: {holds: true}}",
            "tell: says neither cmp nor run; write one of them, or leave tell out"
        ),
        (
            "{certificate: c, see: {}}",
            "see: says neither crl nor ocsp; write one of them, or leave see out"
        ),
        (
            "{certificate: c, tell: {run: [/r], cmp: {uri: http://c/, trust: t, reference: r, secretFile: s}}}",
            "tell.run: does not go with cmp; leave one of the two out"
        ),
        (
            "{certificate: c, tell: {cmp: {uri: http://c/, trust: t}}}",
            "tell.cmp: says neither certificate and key nor reference and secretFile; write one pair of them"
        ),
        (
            "{certificate: c, tell: {cmp: {uri: http://c/, trust: t, certificate: r}}}",
            "tell.cmp.certificate: stands here without key; write both"
        ),
        (
            "{certificate: c, tell: {cmp: {uri: http://c/, trust: t, secretFile: s}}}",
            "tell.cmp.secretFile: stands here without reference; write both"
        ),
        (
            "{certificate: c, tell: {cmp: {uri: http://c/, trust: t, certificate: r, key: k, secretFile: s}}}",
            "tell.cmp.secretFile: does not go with a certificate and key: requests are signed, or protected by a secret; leave one of the two out"
        ),
        (
            "{certificate: c, tell: {cmp: {uri: http://c/, certificate: r, key: k}}}",
            "tell.cmp.trust: is missing and required; write, for example, trust: cmp-server.pem"
        ),
        (
            "{certificate: c, tell: {cmp: {uri: ftp://c/, trust: t, certificate: r, key: k}}}",
            "tell.cmp.uri: \"ftp://c/\" is no address here; write http://host/path or https://host/path, without a name or password in it"
        ),
        (
            "{certificate: c, tell: {cmp: {uri: http://me:word@c/, trust: t, certificate: r, key: k}}}",
            "tell.cmp.uri: this value is no address here; write http://host/path or https://host/path, without a name or password in it"
        ),
        (
            "{certificate: c, tell: {cmp: {uri: http://c/, trust: t, certificate: r, key: k, proxy: http://p/}}}",
            "tell.cmp.proxy: proxies are not supported: the CA must be reached without one"
        ),
        (
            "{certificate: c, tell: {cmp: {uri: http://c/, trust: t, reference: r, secret:hunter2}}}",
            "tell.cmp: holds an unknown key; here may stand: uri, certificate, key, trust, reference, secretFile"
        ),
        (
            "{certificate: c, tell: {run: [revoke]}}",
            "tell.run: \"revoke\" is not absolute; write the program's path from / on"
        ),
        (
            "{certificate: c, tell: {run: []}}",
            "tell.run: the list is empty; write the program's absolute path, and its arguments"
        ),
        (
            "{certificate: c, see: {crl: ldap://c/cn=list}}",
            "see.crl: \"ldap://c/cn=list\" is no address here; write http://host/path or https://host/path, without a name or password in it"
        ),
        (
            "{certificate: c, see: {ocsp: ocsp.example.com}}",
            "see.ocsp: \"ocsp.example.com\" is no address here; write http://host/path or https://host/path, without a name or password in it"
        ),
        ("{certificate: c, within: 0s}", "within: \"0s\" is no time at all; write at least 1s"),
        (
            "{certificate: c, sees: {}}",
            "sees: unknown key; here may stand: certificate, tell, see, within. Did you mean \"see\"?"
        ),
    ])
    func `what is wrong is said in one sentence`(written: String, complaint: String) {
        let complaints = Example.complaints(
            Example.minimal(top: "authorities: {staff-ca: \(written)}"))
        #expect(
            complaints.map { String($0.split(separator: " ", maxSplits: 1)[1]) }
                .contains("authorities.staff-ca.\(complaint)"), "\(complaints)")
    }
}
