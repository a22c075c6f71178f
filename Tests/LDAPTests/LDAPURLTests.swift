import LDAP
import Testing

@Suite struct LDAPURLTests {
    @Test(
        arguments: [
            ("ldap://ldap1.example.com", "ldap1.example.com", 389, "ldap://ldap1.example.com:389"),
            (
                "LDAPS://Ldap1.example.com/", "Ldap1.example.com", 636,
                "ldaps://Ldap1.example.com:636"
            ),
            ("ldap://127.0.0.1:3890", "127.0.0.1", 3890, "ldap://127.0.0.1:3890"),
            ("ldap://[::1]", "::1", 389, "ldap://[::1]:389"),
            ("ldaps://[2001:db8::7]:1636/", "2001:db8::7", 1636, "ldaps://[2001:db8::7]:1636"),
            (
                "ldapi://%2Frun%2Fslapd%2Fldapi", "/run/slapd/ldapi", 0,
                "ldapi://%2frun%2fslapd%2fldapi/"
            ),
            ("ldapi://%2frun%2fa%20b/", "/run/a b", 0, "ldapi://%2frun%2fa%20b/"),
            ("ldapi:///run/slapd/ldapi", "/run/slapd/ldapi", 0, "ldapi://%2frun%2fslapd%2fldapi/"),
            ("ldapi:///", "", 0, "ldapi:///"),
            ("ldapi://", "", 0, "ldapi:///"),
        ] as [(String, String, Int, String)])
    func `an address is read and given to libldap`(
        text: String, host: String, port: Int, uri: String
    ) throws {
        let url = try #require(LDAPURL(text))
        #expect(url.host == host)
        #expect(url.port == port)
        #expect(url.uri == uri)
        #expect(url.description == text)
        #expect(LDAPURL(uri) == url)
    }

    @Test(arguments: [
        "", "ldap:", "ldap://", "ldap:///", "http://example.com", "example.com",
        "ldap://example.com/dc=example", "ldap://example.com?uid", "ldap://example.com:0",
        "ldap://example.com:65536", "ldap://example.com:", "ldap://example.com:12a",
        "ldap://example.com:+1", "ldap://user@example.com", "ldap://exa mple.com", "ldap://::1",
        "ldap://[::1", "ldap://[example.com]", "ldap://[::1]x", "ldap://[127.0.0.1]",
        "ldap://-a.example.com", "ldap://a\0b", "ldap://é.example.com",
        "ldapi://run/ldapi", "ldapi://%2Frun%2", "ldapi://%2Frun%zz", "ldapi://%2Frun%00x",
        "ldapi://%2Frun/dc=x", "ldapi:///run/ldapi?x", "ldapi:///run/",
    ])
    func `what is no server's address is refused`(text: String) {
        #expect(LDAPURL(text) == nil)
    }

    @Test(arguments: [
        ("ldap://localhost", true), ("ldap://LocalHost:3890", true), ("ldap://127.0.0.1", true),
        ("ldap://127.9.9.9", true), ("ldap://[::1]", true), ("ldap://[0:0:0:0:0:0:0:1]", true),
        ("ldap://[::ffff:127.0.0.1]", true), ("ldapi:///run/ldapi", true),
        ("ldap://127.0.0.1.example.com", false), ("ldap://128.0.0.1", false),
        ("ldap://localhost.example.com", false), ("ldap://[::2]", false),
        ("ldap://[::ffff:10.0.0.1]", false), ("ldap://127.1", false),
    ])
    func `only this machine is loopback`(text: String, isLoopback: Bool) throws {
        #expect(try #require(LDAPURL(text)).isLoopback == isLoopback)
    }

    @Test func `two spellings of one place are equal`() {
        #expect(LDAPURL("ldap://Example.com") == LDAPURL("LDAP://example.com:389/"))
        #expect(LDAPURL("ldap://example.com") != LDAPURL("ldaps://example.com:389"))
        #expect(LDAPURL("ldapi:///run/a") != LDAPURL("ldapi:///run/A"))
    }
}
