import Fixtures
import LDAP
import Testing

@Suite struct FilterTests {
    @Test(arguments: [
        ("(a=1)", "(a=1)"), ("(b=1)", "(objectClass=*)"), ("(!(b=1))", "(objectClass=*)"),
        ("(&(a=1)(!(b=left)))", "(&(a=1)(objectClass=*))"),
        ("(|(a=1)(b=1))", "(objectClass=*)"), ("(B:dn:=1)", "(objectClass=*)"),
    ])
    func `what a filter says of an attribute can be taken to hold`(text: String, rest: String) {
        #expect(
            Filter(text)?.leavingOut([AttributeName(trusted: "b")]).description == rest)
    }

    @Test(arguments: [
        ("(uid=zoe)", ["uid": ["bob"]], false), ("(uid=zoe)", ["uid": ["bob", "ZOE"]], true),
        ("(|(mail=zoe)(uid=zoe))", ["uid": ["zoe"], "mail": ["z@example.com"]], true),
        ("(|(mail=zoe)(uid=zoe))", ["uid": ["bob"], "mail": ["b@example.com"]], false),
        // An alias or an OID: the answer has the schema's name.
        ("(surname=Sample)", ["sn": ["sample"]], true), ("(surname=Sample)", ["sn": ["x"]], false),
        ("(cn=Jose)", ["cn": ["José"]], true), ("(uid=irem)", ["uid": ["İREM"]], true),
        ("(member=cn=A,dc=x)", ["member": ["CN=a, DC=x"]], true),
        ("(&(uid=a)(cn=b))", ["uid": ["a"], "cn": ["c"]], false),
        ("(uid:caseIgnoreMatch:=zoe)", ["uid": ["bob"]], false), ("(uid=*)", [:], true),
    ])
    func `an entry that carries nothing of what was asked for is known`(
        row: (filter: String, entry: [String: [String]], mayHold: Bool)
    ) throws {
        let entry = Entry(
            dn: .root,
            attributes: row.entry.map { name, values in
                Entry.Attribute(
                    name: AttributeName(trusted: name), values: values.map { AttributeValue($0) })
            })
        #expect(try #require(Filter(row.filter)).mayHold(of: entry) == row.mayHold)
    }

    @Test(arguments: [
        ("uid=ada", "(uid=ada)"),
        (" (uid=ada) ", "(uid=ada)"),
        ("(objectClass=*)", "(objectClass=*)"),
        ("(cn;lang-de=x)", "(cn;lang-de=x)"),
        ("(2.5.4.3=x)", "(2.5.4.3=x)"),
        ("(&(a=1)(|(b=2)(!(c=3))))", "(&(a=1)(|(b=2)(!(c=3))))"),
        ("( & (a=1) ( | (b=2)\n(c=3) ) )", "(&(a=1)(|(b=2)(c=3)))"),
        ("( ! (a=1) )", "(!(a=1))"),
        ("(&)", "(&)"),
        ("(|)", "(|)"),
        ("(a>=1)", "(a>=1)"),
        ("(a<=1)", "(a<=1)"),
        ("(a~=1)", "(a~=1)"),
        ("(a=)", "(a=)"),
        ("(a=b=c)", "(a=b=c)"),
        ("(cn=Ada*)", "(cn=Ada*)"),
        ("(cn=*Ada)", "(cn=*Ada)"),
        ("(cn=*d*)", "(cn=*d*)"),
        ("(cn=a*b*c*d)", "(cn=a*b*c*d)"),
        ("(cn=a**b)", "(cn=a*b)"),
        ("(cn=**)", "(cn=*)"),
        (#"(cn=\2a)"#, #"(cn=\2a)"#),
        (#"(cn=\2A\28\29\5C)"#, #"(cn=\2a\28\29\5c)"#),
        (#"(cn=a\*b)"#, #"(cn=a\2ab)"#),
        (#"(cn=\00\0a\7f)"#, #"(cn=\00\0a\7f)"#),
        (#"(cn=\c3\a9)"#, "(cn=é)"),
        (#"(objectGUID=\ff\41)"#, #"(objectGUID=\ffA)"#),
        ("(cn=é)", "(cn=é)"),
        ("(a>=1*2)", #"(a>=1\2a2)"#),
        ("(cn:=x)", "(cn:=x)"),
        ("(cn:dn:=x)", "(cn:dn:=x)"),
        ("(cn:DN:2.4.6.8.10:=x)", "(cn:dn:2.4.6.8.10:=x)"),
        ("(cn:caseExactMatch:=x)", "(cn:caseExactMatch:=x)"),
        ("(:dn:2.4.6.8.10:=x)", "(:dn:2.4.6.8.10:=x)"),
        ("(:2.4.6.8.10:=x)", "(:2.4.6.8.10:=x)"),
        (
            "(userAccountControl:1.2.840.113556.1.4.803:=2)",
            "(userAccountControl:1.2.840.113556.1.4.803:=2)"
        ),
    ])
    func `a filter has one rendering`(text: String, rendered: String) throws {
        let filter = try #require(Filter(text))
        #expect(filter.description == rendered)
        #expect(Filter(rendered) == filter)
    }

    @Test(arguments: [
        "", " ", "(", ")", "()", "(uid)", "(uid=ada", "uid=ada)", "(uid=ada))", "(uid=a)(uid=b)",
        "(=ada)", "((uid=ada))", "(&(a=1)", "(&a=1)", "(!)", "(!(a=1)(b=2))", "(!a=1)", "&(a=1)",
        #"(a=\)"#, #"(a=\4)"#, #"(a=\zz)"#, "(a=b(c)", "(a=(b))", "(a b=c)", "(a:=", "(:=x)",
        "(:dn:=x)", "(a:dn:b:c:=x)", "(a:dn:b c:=x)", "(a::=x)", "(a!=b)", "(a=\0)", "(é=x)",
        "(&(a=1)x)",
    ])
    func `what is no filter is refused`(text: String) {
        #expect(Filter(text) == nil)
    }

    @Test func `a filter's parts are values`() {
        #expect(Filter("(uid=ada)") == .equal(name("uid"), AttributeValue("ada")))
        #expect(Filter("(uid=*)") == .present(name("uid")))
        #expect(
            Filter(#"(cn=a\2a*b*c)"#)
                == .substrings(
                    name("cn"), initial: AttributeValue("a*"), any: [AttributeValue("b")],
                    final: AttributeValue("c")))
    }

    @Test func `a hostile value stays a value`() {
        let filter = Filter.equal(name("uid"), AttributeValue("*)(uid=*))(|(uid=\u{0}é"))
        #expect(filter.description == #"(uid=\2a\29\28uid=\2a\29\29\28|\28uid=\00é)"#)
        #expect(Filter(filter.description) == filter)
    }

    @Test func `hostile nesting is refused and does not overflow the stack`() {
        let deep = { (depth: Int) in
            String(repeating: "(!", count: depth) + "(a=1)" + String(repeating: ")", count: depth)
        }
        #expect(Filter(deep(99)) != nil)
        #expect(Filter(deep(100)) == nil)
        #expect(Filter(deep(500_000)) == nil)
        #expect(Filter(String(repeating: "(&", count: 500_000)) == nil)
    }

    @Test func `any octets are a filter or none and never crash`() {
        var random = SeededGenerator(seed: 4515)
        let alphabet = Array("aA=()&|!*\\:<>~ 2f\u{0}é".utf8) + [0xFF]
        for _ in 0..<10_000 {
            let length = Int.random(in: 0..<20, using: &random)
            let bytes = (0..<length).compactMap { _ in alphabet.randomElement(using: &random) }
            let text = String(decoding: bytes, as: UTF8.self)
            for candidate in [text, "(\(text))", "(a=\(text))"] {
                guard let filter = Filter(candidate) else { continue }
                #expect(Filter(filter.description) == filter, "\(candidate.debugDescription)")
            }
        }
    }

    private func name(_ text: String) -> AttributeName { AttributeName(trusted: text) }
}
