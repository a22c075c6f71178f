import Configuration
import Identity
import LDAP
import Store
import Testing

@testable import Engine

/// What the configuration makes of one entry, with no server and no store.
@Suite struct EntryMapperTests {
    private let id = EntryID("00000000-0000-0000-0000-000000000001")

    private func mapper(
        username: String = "uid", map: [String] = [], users: [String] = [],
        dialect: Dialect = .openldap, keepsUids: Bool = false
    ) throws -> EntryMapper {
        EntryMapper(
            try RuleExamples.directory(users: users, username: username, map: map),
            dialect: dialect, account: [AttributeName(trusted: "pwdEndTime")],
            keepsUids: keepsUids)
    }

    private func record(
        _ attributes: KeyValuePairs<String, [String]>,
        dn: String = "uid=ada,ou=people,dc=example,dc=com", username: String = "uid",
        map: [String] = [], users: [String] = []
    ) throws -> UserRecord {
        try mapper(username: username, map: map, users: users).map(
            RuleExamples.entry(attributes, dn: dn), id: id, disabled: false, digest: [1]
        ).record
    }

    // MARK: What is asked for

    @Test func `a server is asked for what is mapped, kept, recognised and nothing else`() throws {
        let mapper = try mapper(
            map: ["displayName: [displayName, \"{givenName} {sn}\"]"],
            users: ["attributes: [title]", "certificates: userCertificate;binary"])
        #expect(
            mapper.requested.map(\.spelling) == [
                "displayName", "employeeNumber", "employeeType", "givenName", "mail", "pwdEndTime",
                "sn", "title", "uid",
                "userCertificate", "userCertificate;binary",
            ])
    }

    @Test func `of a domain its login names are asked for`() throws {
        let requested = try mapper(username: "cn", dialect: .activeDirectory).requested
        #expect(Set(requested).isSuperset(of: [.userPrincipalName, .sAMAccountName]))
    }

    // MARK: The username

    @Test(
        arguments: [
            (["ada"], "uid=ada,dc=example,dc=com", "ada"),
            (["Ada"], "uid=ada,dc=example,dc=com", "Ada"),
            (["zoe", "ada"], "uid=zoe,dc=example,dc=com", "zoe"),
            (["ada", "zoe"], "uid=ZOE,dc=example,dc=com", "zoe"),
            (["ada", "zoe"], "userid=zoe,dc=example,dc=com", "zoe"),
            (["zoe", "ada"], "cn=x+uid=zoe,dc=example,dc=com", "zoe"),
            // The first in octet order, whatever order the server has them in.
            (["zoe", "ada", "Ada"], "cn=x,dc=example,dc=com", "Ada"),
            (["", " ", "ada"], "cn=x,dc=example,dc=com", "ada"),
        ])
    func `of several usernames the RDN's is taken, else the first in octet order`(
        values: [String], dn: String, username: String
    ) throws {
        #expect(try record(["uid": values], dn: dn).username == username)
    }

    @Test(
        arguments: [
            ([], "no username: uid has no value"), ([" "], "no username: uid has no value"),
            ([String(repeating: "a", count: 257)], "username has 257 octets, more than 256"),
            (["a\u{0}b"], "uid contains a NUL"),
        ] as [([String], String)])
    func `an entry without a username that can be kept is refused with why`(
        values: [String], why: String
    ) throws {
        #expect(throws: MappingRejection(why: why)) {
            _ = try record(["uid": values], dn: "cn=x,dc=example,dc=com")
        }
    }

    @Test func `who has no username goes by the name that they had, else by the DN`() throws {
        let mapper = try mapper()
        let entry = try RuleExamples.entry(["sn": ["Keeper"]])
        let new = mapper.mapWithoutUsername(entry, id: id, disabled: true, keeping: nil).record
        #expect(new.username == entry.dn.text && new.goesByDN)
        #expect(new.disabled == true && new.digest == [])
        let old = try record(["uid": ["ada"]])
        let kept = mapper.mapWithoutUsername(entry, id: id, disabled: nil, keeping: old).record
        #expect(kept.username == "ada" && !kept.goesByDN)
    }

    // MARK: Properties

    @Test(
        arguments: [
            ("[displayName, cn]", "Ada L.", "Ada Ljósberg"), ("[displayName, cn]", nil, "ada"),
            ("\"{givenName} {sn}\"", nil, "Ada Ljósberg"), ("\"{sn|uppercase}\"", nil, "LJÓSBERG"),
            ("[\"{title} {sn}\", cn]", nil, "ada"),
        ] as [(String, String?, String)])
    func `a property is the first that has a value, and a template needs all of its parts`(
        source: String, display: String?, expected: String
    ) throws {
        let found = try record(
            [
                "uid": ["ada"], "cn": ["ada"], "givenName": ["Ada"], "sn": ["Ljósberg"],
                "displayName": [display ?? ""],
            ], map: ["displayName: \(source)"])
        #expect(found.displayName == (display ?? expected))
    }

    @Test(
        arguments: [
            ("mail", "mail", 320), ("employeeNumber", "employeeNumber", 256),
            ("givenName", "gn", 4096), ("familyName", "sn", 4096),
        ])
    func `a property that is too long is left out, and said, and the next value is taken`(
        property: String, attribute: String, limit: Int
    ) throws {
        let long = String(repeating: "a", count: limit + 1)
        let fits = String(repeating: "b", count: limit)
        let found = try record(
            ["uid": ["ada"], attribute: [long, fits]], map: ["\(property): \(attribute)"])
        let values = [
            "mail": found.mail, "employeeNumber": found.employeeNumber,
            "givenName": found.givenName, "familyName": found.familyName,
        ]
        #expect(values[property] == fits)
        #expect(found.leftOut == ["\(property) has \(limit + 1) octets, more than \(limit)"])
    }

    @Test func `octets that are no text are left out of a user who is kept`() throws {
        let entry = Entry(
            dn: try #require(DN("uid=ada,dc=example,dc=com")),
            attributes: [
                .init(name: AttributeName(trusted: "uid"), values: [AttributeValue("ada")]),
                .init(
                    name: AttributeName(trusted: "title"),
                    values: [AttributeValue(bytes: [0xff]), AttributeValue("Keeper")]),
            ])
        let found = try mapper(users: ["attributes: [title]"])
            .map(entry, id: id, disabled: nil, digest: []).record
        #expect(found.attributes == [UserRecord.Kept(name: "title", values: ["Keeper"])])
        #expect(found.leftOut == ["title is not UTF-8 text"])
    }

    @Test func `every other value of username and mail is a name of the user`() throws {
        let found = try record(
            [
                "uid": ["ada", "Lovely"], "mail": ["A@example.com", "b@example.com"],
            ], map: ["mail: \"{mail|lowercase}\""])
        #expect((found.username, found.mail) == ("ada", "a@example.com"))
        #expect(found.otherNames.map(\.text) == ["b@example.com", "Lovely"])
    }

    /// The username is one of the 256.
    @Test func `of somebody with very many names the first 256 are kept`() throws {
        let names = (0..<400).map { "name\($0)" }
        #expect(try record(["uid": ["ada"] + names]).otherNames.count == 255)
    }

    // MARK: Reasons

    @Test(
        arguments: [
            (["left"], [], "left-organization"), (["LEFT"], [], "left-organization"),
            (["staff", "left"], [], "left-organization"), (["staff"], [], nil), ([], [], nil),
            (["leftover"], [], nil),
            // All of the attributes must match, each with one of its values.
            (["misuse"], [], nil), (["abuse"], ["none"], "misuse"),
            (["misuse"], ["None"], "misuse"),
            (["misuse"], ["other"], nil),
            (["left", "misuse"], ["none"], "left-organization"),
        ] as [([String], [String], String?)])
    func `a reason is recognised by all of its attributes, in any case`(
        types: [String], titles: [String], code: String?
    ) throws {
        #expect(
            try record(["uid": ["ada"], "employeeType": types, "title": titles]).recognised
                == code)
    }

    // MARK: Certificates

    @Test func `what is no certificate is noted by its place, and read again`() throws {
        let mapped = try mapper(users: ["certificates: userCertificate;binary"]).map(
            RuleExamples.entry(
                ["uid": ["ada"], "userCertificate": ["x", "y"], "userCertificate;binary": ["x"]]),
            id: id, disabled: false, digest: [1])
        #expect(mapped.certificates == [])
        #expect(mapped.record.digest == [])
        #expect(
            mapped.note?.why
                == "userCertificate;binary is no X.509 certificate: value 1, 2 of 2")
        #expect(mapped.note?.isUser == true)
    }

    // MARK: Who can't be a user

    @Test func `a rejected entry keeps what people may ask for it by`() throws {
        let mapper = try mapper(map: ["mail: mail", "employeeNumber: employeeNumber"])
        let entry = try RuleExamples.entry([
            "uid": ["ada", "countess"], "mail": ["ada@example.com"], "employeeNumber": ["7"],
        ])
        let rejection = mapper.rejection(of: entry, why: "example")
        #expect(rejection.names == ["ada", "countess"])
        #expect(rejection.contacts == ["ada@example.com", "7"])
        #expect(!rejection.isUser && !rejection.isUnidentified)
        let mailless = try RuleExamples.entry(["uid": ["ada"], "mail": ["ben"]])
        #expect(mapper.rejection(of: mailless, why: "example").contacts == [])
    }

    @Test func `the same entry makes the same user`() throws {
        let entry = try RuleExamples.entry(["uid": ["ada"], "sn": ["Ljósberg"]])
        let mapper = try mapper(map: ["familyName: sn"])
        let (one, other) = try (
            mapper.map(entry, id: id, disabled: false, digest: [1]),
            mapper.map(entry, id: id, disabled: false, digest: [1])
        )
        #expect(one == other)
        #expect(one.record.differences(from: other.record).isEmpty)
    }
}
