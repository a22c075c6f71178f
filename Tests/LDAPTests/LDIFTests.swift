import Ground
import LDAP
import Testing

@Suite struct LDIFTests {
    private static let head = "dn: dc=com\nchangetype: modify\nreplace: cn\n"

    private static var com: DN {
        get throws { try #require(DN("dc=com")) }
    }

    @Test func `a modify is a change record`() throws {
        var ldif = LDIF()
        ldif.comment("lock of ada")
        ldif.modify(
            try #require(DN("uid=ada,ou=people,dc=example,dc=com")),
            [
                Modification(
                    .replace, name("pwdAccountLockedTime"), [AttributeValue("000001010000Z")]),
                Modification(.delete, name("mobile"), []),
                Modification(.add, name("description"), ["a", "b"].map(AttributeValue.init)),
            ])
        #expect(
            ldif.text == """
                # lock of ada
                dn: uid=ada,ou=people,dc=example,dc=com
                changetype: modify
                replace: pwdAccountLockedTime
                pwdAccountLockedTime: 000001010000Z
                -
                delete: mobile
                -
                add: description
                description: a
                description: b
                -


                """)
    }

    @Test func `no modifications are no record`() {
        var ldif = LDIF()
        ldif.modify(.root, [])
        #expect(ldif.text == "")
    }

    @Test(arguments: [
        ("", "cn:"), ("a", "cn: a"), (" a", "cn:: IGE="), ("a ", "cn:: YSA="), (":a", "cn:: OmE="),
        ("<a", "cn:: PGE="), ("a:<b", "cn: a:<b"), ("é", "cn:: w6k="), ("a\nb", "cn:: YQpi"),
        ("\u{1B}[2J", "cn:: G1sySg=="), ("a\0", "cn:: YQA="), ("#a", "cn: #a"),
    ])
    func `an unsafe value goes in base64`(value: String, line: String) throws {
        var ldif = LDIF()
        ldif.modify(try Self.com, [Modification(.replace, name("cn"), [AttributeValue(value)])])
        #expect(ldif.text == Self.head + "\(line)\n-\n\n")
    }

    @Test func `long lines are folded at 76 columns`() throws {
        var ldif = LDIF()
        let long = String(repeating: "x", count: 200)
        ldif.modify(try Self.com, [Modification(.replace, name("cn"), [AttributeValue(long)])])
        let lines = ldif.text.split(separator: "\n").dropFirst(3).dropLast()
        #expect(lines.map(\.count) == [76, 76, 54])
        #expect(lines.dropFirst().allSatisfy { $0.hasPrefix(" ") })
        #expect(ldif.text.replacing("\n ", with: "") == Self.head + "cn: \(long)\n-\n\n")
    }

    @Test func `a comment can't forge a line`() {
        var ldif = LDIF()
        ldif.comment("by eve\ndn: dc=com\r\nchangetype: delete\u{2028}x\u{1B}[1m\u{202E}é")
        #expect(
            ldif.text == """
                # by eve
                # dn: dc=com
                # changetype: delete
                # x?[1m?é

                """)
    }

    @Test func `a DN that is not ASCII goes in base64`() throws {
        var ldif = LDIF()
        ldif.delete(try #require(DN("cn=é")))
        #expect(ldif.text == "dn:: Y249w6k=\nchangetype: delete\n\n")
    }

    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy"),
    ])
    func `base64 is that of RFC 4648`(text: String, encoded: String) {
        #expect(Base64.encode(Array(text.utf8)) == encoded)
    }

    private func name(_ text: String) -> AttributeName { AttributeName(trusted: text) }
}
