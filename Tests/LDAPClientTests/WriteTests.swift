import Fixtures
import LDAP
import LDAPClient
import Testing

@Suite struct WriteTests {
    private let description = TestConnection.name("description")
    private let uid = TestConnection.name("uid")

    private func read(
        _ connection: borrowing Connection, _ dn: DN, _ attribute: AttributeName
    ) throws -> [AttributeValue] {
        let entries = try connection.search(
            base: dn, scope: .base, filter: .present(TestConnection.name("objectClass")),
            attributes: [attribute])
        return try #require(entries.first)[attribute]
    }

    @Test func `values of every kind come back as they were written`() throws {
        let slapd = try Slapd()
        let connection = try TestConnection.bound(slapd)
        let ada = try TestConnection.person("ada")
        let binary = AttributeValue(bytes: [0, 1, 0xff, 0x0a, 0, 0x80])
        let photo = TestConnection.name("jpegPhoto")
        try connection.modify(
            ada,
            [
                Modification(.replace, photo, [binary]),
                Modification(.add, description, [AttributeValue("one"), AttributeValue("two")]),
                Modification(.delete, TestConnection.name("title"), []),
            ])
        #expect(try read(connection, ada, photo) == [binary])
        #expect(try read(connection, ada, description).map(\.text) == ["one", "two"])
        #expect(try read(connection, ada, TestConnection.name("title")) == [])
    }

    @Test func `a value of five megabytes goes there and back`() throws {
        let slapd = try Slapd()
        let connection = try TestConnection.bound(slapd)
        let ada = try TestConnection.person("ada")
        let photo = TestConnection.name("jpegPhoto")
        let large = AttributeValue(bytes: (0..<5_000_000).map { UInt8(truncatingIfNeeded: $0) })
        try connection.modify(ada, [Modification(.replace, photo, [large])])
        #expect(try read(connection, ada, photo) == [large])
    }

    @Test func `a group of a hundred thousand comes whole`() throws {
        var options = SlapdOptions()
        let members = (0..<100_000).map { "member: uid=u\($0),ou=people,dc=example,dc=com\n" }
        options.data =
            SampleOrganisation(people: 1, groups: 0).ldif
            + "dn: cn=all,ou=groups,dc=example,dc=com\nobjectClass: groupOfNames\ncn: all\n"
            + members.joined()
        let slapd = try Slapd(options)
        let connection = try TestConnection.bound(slapd)
        let group = try TestConnection.dn(SampleOrganisation.group("all"))
        #expect(
            try read(connection, group, TestConnection.name("member")).count == 100_000)
    }

    @Test func `an assertion that holds lets the change through`() throws {
        let slapd = try Slapd()
        let connection = try TestConnection.bound(slapd)
        let ada = try TestConnection.person("ada")
        try connection.modify(
            ada, [Modification(.replace, description, [AttributeValue("seen")])],
            asserting: .equal(uid, AttributeValue("ada")))
        #expect(try read(connection, ada, description).map(\.text) == ["seen"])
    }

    @Test func `an assertion that fails leaves everything as it was`() throws {
        let slapd = try Slapd()
        let connection = try TestConnection.bound(slapd)
        let ada = try TestConnection.person("ada")
        let modification = TestConnection.failure
        let failures = [
            try modification(
                {
                    try connection.modify(
                        ada, [Modification(.replace, description, [AttributeValue("seen")])],
                        asserting: .equal(uid, AttributeValue("ben)(uid=*")))
                }, #_sourceLocation),
            try modification(
                { try connection.delete(ada, asserting: .equal(uid, AttributeValue("ben"))) },
                #_sourceLocation),
        ]
        #expect(failures.map(\.code) == [.assertionFailed, .assertionFailed])
        #expect(failures.map(\.attempted) == [.modify, .delete])
        #expect(try read(connection, ada, description) == [])
    }

    @Test func `an entry is deleted once`() throws {
        let slapd = try Slapd()
        let connection = try TestConnection.bound(slapd)
        let ada = try TestConnection.person("ada")
        try connection.delete(ada, asserting: .equal(uid, AttributeValue("ada")))
        #expect(try slapd.search("(uid=ada)") == [])
        let failure = try TestConnection.failure { try connection.delete(ada) }
        #expect(failure.code == .noSuchObject)
    }

    @Test func `the last member of a group is refused in the server's words`() throws {
        let slapd = try Slapd()
        let connection = try TestConnection.bound(slapd)
        let group = try TestConnection.dn(SampleOrganisation.group("vpn-users"))
        let failure = try TestConnection.failure {
            try connection.modify(
                group,
                [
                    Modification(
                        .delete, TestConnection.name("member"),
                        [AttributeValue(SampleOrganisation.person("ada"))])
                ])
        }
        #expect(failure.code == .objectClassViolation)
        #expect(
            failure.description == """
                cannot modify cn=vpn-users,ou=groups,dc=example,dc=com: Object class violation (65): \
                object class 'groupOfNames' requires attribute 'member'
                """)
    }

    @Test func `changes that are under way together are each answered`() throws {
        let slapd = try Slapd()
        let connection = try TestConnection.bound(slapd)
        let names = (0..<12).map(SampleOrganisation.username)
        let pending = try names.map { name in
            try connection.beginModify(
                try TestConnection.person(name),
                [Modification(.add, description, [AttributeValue(name)])])
        }
        for request in pending.reversed() { try connection.awaitModify(request) }
        for name in names {
            #expect(
                try read(connection, try TestConnection.person(name), description).map(\.text)
                    == [name])
        }
    }
}
