import Ground
import LDAP
import Testing

/// What Active Directory calls things by besides their names.
@Suite struct ActiveDirectoryNameTests {
    private let ada = Entry(
        dn: .root,
        attributes: [
            Entry.Attribute(
                name: .objectSid,
                values: [
                    AttributeValue(bytes: [
                        1, 5, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0, 14, 99, 156, 104, 193, 115, 95, 166,
                        159, 35, 156, 66, 78, 4, 0, 0,
                    ])
                ]),
            Entry.Attribute(name: .primaryGroupID, values: [AttributeValue("513")]),
        ])

    @Test func `a primary group is of the account's own domain`() throws {
        let own = try #require(ada[.objectSid].first.flatMap(SecurityIdentifier.init))
        #expect(own.description == "S-1-5-21-1755079438-2791273409-1117528991-1102")
        let group = try #require(SecurityIdentifier.ofPrimaryGroup(ada))
        #expect(group.description == "S-1-5-21-1755079438-2791273409-1117528991-513")
        #expect(DN.sid(group).text == "<SID=\(group)>")
    }

    @Test(arguments: [[], [1], [1, 1, 0, 0, 0, 0, 0, 5], [2, 0, 0, 0, 0, 0, 0, 5]] as [[UInt8]])
    func `octets of another length or kind are no security identifier`(octets: [UInt8]) {
        #expect(SecurityIdentifier(AttributeValue(bytes: octets)) == nil)
    }

    @Test(
        arguments: [
            (
                "ldap://example.com/CN=Configuration,DC=example,DC=com",
                "CN=Configuration,DC=example,DC=com"
            ),
            ("ldap://example.com/DC=a%20b,DC=example??sub", "DC=a b,DC=example"),
            ("ldap://example.com/", nil), ("ldap://example.com", nil), ("nonsense", nil),
            ("ldap://example.com/%zz", nil),
        ] as [(String, String?)])
    func `a reference names the entry that it leads to`(url: String, name: String?) {
        #expect(LDAPURL.name(inReference: url)?.text == name)
    }

    @Test(
        arguments: [
            ("132223104000000000", Timestamp(seconds: 1_577_836_800)),
            ("0", nil), ("9223372036854775807", nil), ("never", nil),
        ] as [(String, Timestamp?)])
    func `an account expires at its time, or never`(value: String, time: Timestamp?) {
        let entry = Entry(
            dn: .root,
            attributes: [
                Entry.Attribute(
                    name: AttributeName(trusted: "accountExpires"),
                    values: [AttributeValue(value)])
            ])
        #expect(Dialect.activeDirectory.limits(of: entry)?.expiresAt == time)
        #expect(Dialect.openldap.limits(of: entry) == nil)
        #expect(Dialect.activeDirectory.accountState(of: entry, at: Timestamp(seconds: 0)) == nil)
    }
}
