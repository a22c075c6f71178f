import LDAP
import Testing

@testable import Engine

/// Which of several values an entry is called by.
@Suite struct NamingValueTests {
    @Test(arguments: [
        ("uid=bert,o=x", ["alias", "bert"], ["bert", "alias"]),
        ("uid=Bert,o=x", ["alias", "bert"], ["bert", "alias"]),
        ("userid=bert,o=x", ["alias", "bert"], ["bert", "alias"]),
        ("cn=Bert+uid=b2,o=x", ["a1", "b2"], ["b2", "a1"]),
        ("uid=a\\,b,o=x", ["a", "a,b"], ["a,b", "a"]),
        ("cn=bert,o=x", ["b", "a", "C"], ["C", "a", "b"]),
        ("cn=bert,o=x", ["bert"], ["bert"]), ("uid=bert,o=x", [], []),
        ("uid=bert,o=x", ["alias"], ["alias"]),
    ])
    func `the value of the RDN goes first, the others in octet order`(
        _ dn: String, _ values: [String], _ wanted: [String]
    ) throws {
        let uid = AttributeName(trusted: "uid")
        let entry = Entry(
            dn: try #require(DN(dn)),
            attributes: [.init(name: uid, values: values.map { AttributeValue($0) })])
        #expect(entry.namingValues(of: uid).compactMap(\.text) == wanted)
    }
}
