import LDAP
import Testing

@Suite struct EntryTests {
    private let entry = makeEntry(
        "uid=ada,dc=example,dc=com",
        [
            "userCertificate": ["DER"], "cACertificate;binary": ["CA"], "cn": ["Ada", "Ada L."],
            "description;lang-de": ["Zahlen"],
        ])

    @Test func `an attribute is found in any case and nothing else is`() {
        #expect(entry[AttributeName(trusted: "CN")] == ["Ada", "Ada L."].map(AttributeValue.init))
        #expect(entry[AttributeName(trusted: "userCertificate;binary")].isEmpty)
        #expect(entry[AttributeName(trusted: "description")].isEmpty)
        #expect(entry.has(AttributeName(trusted: "cn")))
        #expect(!entry.has(AttributeName(trusted: "mail")))
    }

    @Test func `values that are not text are left out of texts`() {
        let name = AttributeName(trusted: "cn")
        let entry = Entry(
            dn: .root,
            attributes: [
                .init(
                    name: name,
                    values: [.init(bytes: [0xFF]), AttributeValue("a"), AttributeValue("b")])
            ])
        #expect(entry.first(name) == "a")
        #expect(entry.texts(name) == ["a", "b"])
        #expect(entry.first(AttributeName(trusted: "mail")) == nil)
    }

    @Test(arguments: [
        ("Left", "left", true), (" left  here ", "LEFT HERE", true), ("ÉCOLE", "école", true),
        ("left", "lefty", false), ("ß", "ss", false),
    ])
    func `values are compared as a directory does`(left: String, right: String, equal: Bool) {
        #expect(AttributeValue(left).equalsIgnoringCase(right) == equal)
    }

    @Test func `attributes come back as they were given, those without values too`() {
        let attributes = [("cn", ["Ada", ""]), ("mail", []), ("uid", ["ada"])].map { name, values in
            Entry.Attribute(
                name: AttributeName(trusted: name), values: values.map { AttributeValue($0) })
        }
        let entry = Entry(dn: .root, attributes: attributes)
        #expect(entry.attributes == attributes)
        #expect(entry[AttributeName(trusted: "uid")] == [AttributeValue("ada")])
        #expect(entry[AttributeName(trusted: "mail")].isEmpty)
        #expect(entry.has(AttributeName(trusted: "mail")))
    }

    @Test func `entries of the same octets differ where these belong to other values`() {
        let one = makeEntry("uid=ada", ["cn": ["ab", "c"]])
        #expect(one == makeEntry("uid=ADA", ["CN": ["ab", "c"]]))
        for values in [["a", "bc"], ["abc"], ["ab", "c", ""]] {
            #expect(one != makeEntry("uid=ada", ["cn": values]))
        }
    }
}

/// An entry made of texts, its attributes in the order given.
func makeEntry(_ dn: String, _ attributes: KeyValuePairs<String, [String]>) -> Entry {
    Entry(
        dn: DN(dn) ?? .root,
        attributes: attributes.map {
            Entry.Attribute(
                name: AttributeName(trusted: $0), values: $1.map { AttributeValue($0) })
        })
}

/// One of which the attributes alone matter.
func makeEntry(_ attributes: [String: [String]]) -> Entry {
    Entry(
        dn: .root,
        attributes: attributes.map {
            Entry.Attribute(
                name: AttributeName(trusted: $0), values: $1.map { AttributeValue($0) })
        })
}
