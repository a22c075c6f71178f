import LDAP
import Testing

/// A DN as it is kept: told as it was spelt, compared as a directory compares it.
@Suite struct StoredDNTests {
    /// Every way to one name, and whether it is that of `uid=ada,ou=People,dc=example,dc=com`.
    private static let names: [(String, Bool)] = [
        ("uid=ada,ou=People,dc=example,dc=com", true),
        ("UID=Ada,OU=people,DC=EXAMPLE,DC=com", true),
        ("uid = ada, ou = People, dc = example, dc = com", true),
        ("userid=ada,ou=People,dc=example,dc=com", true),
        ("0.9.2342.19200300.100.1.1=ada,ou=People,dc=example,dc=com", true),
        ("uid=\\61da,ou=People,dc=example,dc=com", true),
        ("uid=ben,ou=People,dc=example,dc=com", false),
        ("ou=People,dc=example,dc=com", false),
        ("uid=ada,ou=People", false),
        ("", false),
        ("ada", false),
    ]

    private static let ada = StoredDN(text: "uid=ada,ou=People,dc=example,dc=com")

    @Test(arguments: names)
    func `two are equal when their names are, however they were made`(
        text: String, isAda: Bool
    ) throws {
        let made =
            [StoredDN(text: text), StoredDN(comparing: text)]
            + [DN(text).map { StoredDN($0) }].compactMap(\.self)
        for one in made {
            #expect((one == Self.ada) == isAda)
            #expect(Set([one, Self.ada]).count == (isAda ? 1 : 2))
            #expect(one == made[0])
            #expect(one.hashValue == made[0].hashValue)
            #expect(one.dn == DN(text))
        }
    }

    @Test(arguments: names)
    func `it is told as it was spelt`(text: String, _: Bool) {
        #expect(StoredDN(text: text).text == text)
        #expect("\(StoredDN(comparing: text))" == text)
        #expect(DN(text).map { StoredDN($0).text == text } ?? true)
        #expect(StoredDN(text: text).isSpelt(as: Self.ada) == (text == Self.ada.text))
    }

    @Test(arguments: [("ada", "ADA", false), ("no dn at all", "no dn at all", true)])
    func `what is no name is equal to the same text alone`(
        one: String, other: String, isSame: Bool
    ) {
        #expect((StoredDN(text: one) == StoredDN(comparing: other)) == isSame)
        #expect(StoredDN(text: one).dn == nil)
    }

    @Test func `one character that is two elsewhere is another spelling`() {
        let (composed, decomposed) = ("cn=Ren\u{e9},dc=example", "cn=Rene\u{301},dc=example")
        #expect(composed == decomposed)
        #expect(!StoredDN(text: composed).isSpelt(as: StoredDN(text: decomposed)))
        #expect(StoredDN(text: composed).isSpelt(as: StoredDN(text: composed)))
    }

    @Test func `they are in the order of their normal forms`() {
        let names = ["uid=Ben,dc=example", "UID=ada,dc=example", "cn=zoe,dc=example"]
        #expect(
            names.map { StoredDN(text: $0) }.sorted().map(\.text)
                == ["cn=zoe,dc=example", "UID=ada,dc=example", "uid=Ben,dc=example"])
    }
}
