import LDAP
import Testing

/// What a subschema entry says, in the spellings of several servers.
@Suite struct DirectorySchemaTests {
    @Test(arguments: ["\u{1}", "\u{0}", "\u{b}", "\u{1f}"])
    func `a control character in a description ends a word and nothing else`(control: String) {
        let text =
            "( 1.2.3 \(control)NAME\(control)'one'\(control) SINGLE-VALUE\(control))\(control)"
        let schema = DirectorySchema(
            Entry(
                dn: .root,
                attributes: [
                    Entry.Attribute(
                        name: AttributeName(trusted: "attributeTypes"),
                        values: [AttributeValue(text)])
                ]))
        let found = schema.definition(of: AttributeName(trusted: "one"))
        #expect(found?.names == ["one"])
        #expect(found?.isSingleValued == true)
    }

    private let schema = DirectorySchema(
        makeEntry(
            "cn=Subschema",
            [
                "attributeTypes": [
                    "( 2.5.4.3 NAME ( 'cn' 'commonName' ) DESC 'it\\27s a (name)' SUP name )",
                    "( 2.16.840.1.113730.3.1.4 NAME 'employeeType' )",
                    "( 1.3.6.1.1.16.4 NAME 'entryUUID' SINGLE-VALUE NO-USER-MODIFICATION USAGE "
                        + "directoryOperation )",
                    "(1.2.840.113556.1.4.8 NAME 'userAccountControl' SINGLE-VALUE)",
                    "no description at all",
                ],
                "objectClasses": [
                    "( 2.5.6.6 NAME 'person' SUP top STRUCTURAL MUST ( sn $ commonName ) )",
                    "( 2.16.840.1.113730.3.2.2 NAME 'inetOrgPerson' SUP person STRUCTURAL MAY "
                        + "(employeeType$mail) )",
                    "( 1.2.840.113556.1.5.9 NAME 'user' SUP person STRUCTURAL )",
                    "( 1.2.840.113556.1.5.6 NAME 'securityPrincipal' AUXILIARY MAY "
                        + "userAccountControl )",
                ],
                "dITContentRules": [
                    "( 1.2.840.113556.1.5.9 NAME 'user' AUX ( securityPrincipal ) )"
                ],
            ]))

    @Test(
        arguments: [
            ("cn", ["person"], true), ("CommonName", ["inetOrgPerson"], true),
            ("employeeType", ["inetOrgPerson", "top"], true), ("employeeType", ["person"], false),
            ("employeeType", ["person", "extensibleObject"], true),
            ("entryUUID", ["person"], true), ("userAccountControl", ["user"], true),
            ("userAccountControl", ["person"], false), ("shoeSize", ["extensibleObject"], false),
            ("cn;lang-de", ["person"], true),
        ] as [(String, [String], Bool)])
    func `classes allow attributes`(name: String, classes: [String], isAllowed: Bool) {
        #expect(schema.allows(AttributeName(trusted: name), on: classes) == isAllowed)
    }

    @Test func `an attribute's own rules`() {
        let id = schema.definition(of: AttributeName(trusted: "entryuuid"))
        #expect(id?.isSingleValued == true)
        #expect(id?.isUserModifiable == false)
        #expect(schema.definition(of: AttributeName(trusted: "shoeSize")) == nil)
        #expect(schema.isReadable)
        #expect(!DirectorySchema(makeEntry("cn=Subschema", [:])).isReadable)
    }
}
