import Fixtures
import LDAP
import Testing

@Suite struct DNTests {
    @Test(arguments: [
        ("", ""),
        ("uid=ada,ou=people,dc=example,dc=com", "uid=ada,ou=people,dc=example,dc=com"),
        ("UID=Ada,OU=People,DC=example,DC=com", "uid=ada,ou=people,dc=example,dc=com"),
        ("userid=ada , organizationalUnitName = People;dc=x", "uid=ada,ou=people,dc=x"),
        ("2.5.4.3=Ada,0.9.2342.19200300.100.1.25=com", "cn=ada,dc=com"),
        ("OID.2.5.4.3=Ada,oid.1.2.3=x", "cn=ada,1.2.3=x"),
        ("commonName=Ada,domainComponent=com", "cn=ada,dc=com"),
        ("givenName=Ada+surname=L", "gn=ada+sn=l"),
        ("sn=L+givenName=Ada", "gn=ada+sn=l"),
        ("cn=Ada   King", "cn=ada king"),
        (#"cn=\20Ada\20"#, "cn=ada"),
        (#"cn=Ada\ "#, "cn=ada"),
        (#"cn="Lovelace, Ada""#, #"cn=lovelace\, ada"#),
        (#"cn=Lovelace\, Ada"#, #"cn=lovelace\, ada"#),
        (#"cn=Lovelace\2C Ada"#, #"cn=lovelace\, ada"#),
        (#"cn="a\"b\\c""#, #"cn=a\"b\\c"#),
        ("cn=\\#a#b", "cn=\\#a#b"),
        (#"cn=a=b"#, #"cn=a=b"#),
        (#"cn=a\=b"#, #"cn=a=b"#),
        (#"cn=\00\0A"#, #"cn=\00\0a"#),
        ("cn=", "cn="),
        ("cn=,dc=com", "cn=,dc=com"),
        (#"cn=\20"#, #"cn=\20"#),
        ("cn=#04024869", "cn=hi"),
        ("cn=#0C024869,dc=x", "cn=hi,dc=x"),
        ("cn=#03020101", "cn=#03020101"),
        (#"cn=Andr\C3\89"#, "cn=andré"),
        ("cn=ANDRÉ", "cn=andré"),
        ("cn=ANDRE\u{301}", "cn=andré"),
        (#"cn=\FF\41"#, #"cn=\ffa"#),
        ("cn=ΣΊΣΥΦΟΣ", "cn=σίσυφοσ"),
        ("cn=Σίσυφος", "cn=σίσυφοσ"),
        ("CN=Ada\\0ADEL:12,CN=Deleted Objects", "cn=ada\\0adel:12,cn=deleted objects"),
        ("cn=a,ou=b;c=d", "cn=a,ou=b,c=d"),
        ("x_y=1,dc=com", "x_y=1,dc=com"),
    ])
    func `a DN has one normal form`(text: String, normalized: String) throws {
        let dn = try #require(DN(text))
        #expect(Array(dn.normalized.utf8) == Array(normalized.utf8))
        #expect(dn.text == text)
        #expect(DN(dn.normalized)?.normalized == dn.normalized)
    }

    @Test(arguments: [
        " ", "ada", "=ada", "cn", ",", "cn=a,", ",cn=a", "cn=a,,dc=b", "cn=a+", "cn=a+dc",
        #"cn=a\"#, #"cn=a\4"#, #"cn=a\zz"#, "cn=\"a", "cn=\"a\"b", "cn=a\"b", "cn=a<b", "cn=a>b",
        "cn=#", "cn=#1", "cn=#zz", "cn=#0102x", "cn=a\0", "1.=a", "2.05=a", "c n=a", "cn;x=a",
        "é=a", "-a=b", "1a=b", "a.b=c",
    ])
    func `what is no DN is refused`(text: String) {
        #expect(DN(text) == nil)
    }

    @Test func `straße and strasse are two people`() {
        #expect(DN("cn=straße") != DN("cn=strasse"))
        #expect(DN("cn=STRAẞE") == DN("cn=straße"))
    }

    @Test func `a DN is taken apart and put together`() throws {
        let dn = try #require(DN(#"cn=Lovelace\, Ada + uid=ada , ou="a,b" ;DC=com"#))
        #expect(dn.rdns.map(\.text) == [#"cn=Lovelace\, Ada + uid=ada"#, #"ou="a,b""#, "DC=com"])
        #expect(dn.firstRDN?.normalized == #"cn=lovelace\, ada+uid=ada"#)
        #expect(dn.parent?.text == #"ou="a,b" ;DC=com"#)
        #expect(dn.parent == DN(#"ou=A\,b,dc=com"#))
        #expect(dn.parent?.parent?.parent == .root)
        #expect(DN.root.parent == nil)
        #expect(DN.root.firstRDN == nil)
        #expect(DN.root.rdns.isEmpty)
        let pairs = try #require(dn.firstRDN).pairs
        #expect(pairs.map(\.value.text) == ["Lovelace, Ada", "ada"])
        #expect(pairs.map(\.attribute.spelling) == ["cn", "uid"])
    }

    @Test func `a value keeps the space that was escaped`() throws {
        let rdn = try #require(RDN(#"cn=Ada\ "#))
        #expect(rdn.pairs.first?.value.text == "Ada ")
        #expect(DN(#"cn=Ada\ ,dc=com"#)?.rdns.first?.text == #"cn=Ada\ "#)
    }

    @Test(arguments: [
        ("uid=ada,dc=example,dc=com", "dc=example,dc=com", true),
        ("uid=ada, DC=Example ,dc=com", "dc=example,DC=COM", true),
        ("uid=ada,dc=com", "", true),
        ("uid=ada,dc=com", "uid=ada,dc=com", false),
        ("", "", false),
        ("", "dc=com", false),
        ("dc=com", "uid=ada,dc=com", false),
        (#"cn=a\,dc=com"#, "dc=com", false),
        (#"cn=a\\,dc=com"#, "dc=com", true),
        ("uid=ada,dc=notexample", "dc=example", false),
        ("uid=ada,xdc=com", "dc=com", false),
    ])
    func `below means below`(dn: String, ancestor: String, isBelow: Bool) throws {
        let dn = try #require(DN(dn))
        let ancestor = try #require(DN(ancestor))
        #expect(dn.isDescendant(of: ancestor) == isBelow)
        #expect(dn.isWithin(ancestor) == (isBelow || dn == ancestor))
    }

    @Test(arguments: [
        ("Ada", "uid=Ada"), ("Lovelace, Ada", #"uid=Lovelace\, Ada"#), (" a ", #"uid=\ a\ "#),
        (" ", #"uid=\ "#), ("#1", "uid=\\#1"), ("", "uid="), ("a\0b\n", #"uid=a\00b\0a"#),
        (#"a"+,;<=>\"#, #"uid=a\"\+\,\;\<=\>\\"#), ("é", "uid=é"),
    ])
    func `any value makes a safe RDN`(value: String, text: String) throws {
        let rdn = RDN(attribute: AttributeName(trusted: "uid"), value: AttributeValue(value))
        #expect(rdn.text == text)
        #expect(RDN(text) == rdn)
        #expect(RDN(text)?.pairs.first?.value.text == value)
    }

    @Test func `a child is named by its RDN and its parent`() throws {
        let parent = try #require(DN("OU=People,dc=com"))
        let rdn = RDN(attribute: AttributeName(trusted: "UID"), value: AttributeValue("Ada"))
        #expect(parent.appending(rdn).text == "UID=Ada,OU=People,dc=com")
        #expect(parent.appending(rdn) == DN("uid=ada,ou=people,dc=com"))
        #expect(DN.root.appending(rdn).text == "UID=Ada")
        #expect(RDN("uid=a,dc=b") == nil)
        #expect(RDN("") == nil)
        #expect(RDN("a=1+b=2") == RDN("B=2 + A=1"))
    }

    @Test(arguments: [
        ("uid=ada,dc=com#'0101'B", "uid=ada,dc=com"), ("uid=ada,dc=com", "uid=ada,dc=com"),
        ("cn=x#'01'B,dc=com", "cn=x#'01'B,dc=com"), ("dc=com#''B", "dc=com"),
        ("dc=com#'012'B", "dc=com#'012'B"),
    ])
    func `a unique identifier behind a member's DN is left aside`(text: String, dn: String) throws {
        let expected = try #require(DN(dn))
        #expect(DN(nameAndOptionalUID: text) == expected)
    }

    @Test func `active Directory finds an entry by its GUID`() {
        let id = EntryID("0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0")
        #expect(DN.guid(id).text == "<GUID=0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0>")
    }

    @Test func `any octets are a DN or none and never crash`() throws {
        var random = SeededGenerator(seed: 4514)
        let alphabet = Array("aA=,+;\\\"# \u{0}<>09fé\u{301}ﬀcn".utf8) + [0xFF, 0x80]
        for _ in 0..<10_000 {
            let length = Int.random(in: 0..<24, using: &random)
            let bytes = (0..<length).compactMap { _ in alphabet.randomElement(using: &random) }
            let text = "cn=" + String(decoding: bytes, as: UTF8.self)
            guard let dn = DN(text) else { continue }
            let again = try #require(DN(dn.normalized), "\(text.debugDescription)")
            #expect(Array(again.normalized.utf8) == Array(dn.normalized.utf8))
            #expect(dn.rdns.map(\.normalized) == again.rdns.map(\.normalized))
            #expect(dn.rdns.allSatisfy { RDN($0.text) == $0 })
            #expect(dn.parent.map { $0.rdns.count == dn.rdns.count - 1 } ?? dn.isEmpty)
        }
    }

    @Test func `the short way and the parser make the same normal form`() {
        var random = SeededGenerator(seed: 4512)
        let alphabet = Array("aAzZ09-=,,\\\\\"+ 2C3béÉıİΣςßЖ가語\u{301}ﬀ😀 ;#")
        for _ in 0..<20_000 {
            let length = Int.random(in: 0..<16, using: &random)
            let noise = (0..<length).compactMap { _ in alphabet.randomElement(using: &random) }
            let text = "cn=\(String(noise)),OU=x"
            // Space in front is what only the parser takes.
            let parsed = DN(" \(text)")
            #expect(DN(text) == parsed, "\(text.debugDescription)")
            guard let normalized = DN(text)?.normalized else { continue }
            #expect(normalized.utf8.elementsEqual(parsed?.normalized.utf8 ?? "".utf8))
        }
    }

    @Test func `the table of letters folds as the standard library does`() {
        for code in UInt32(0)..<0x1_0000 {
            guard let scalar = Unicode.Scalar(code) else { continue }
            // The last letter is beyond the table and sends the whole text the long way.
            let long = "a\(scalar)𐀀".directoryFolded
            let short = "a\(scalar)".directoryFolded + "𐀀"
            if scalar == " " || long.utf8.elementsEqual(short.utf8) { continue }
            Issue.record("U+\(String(code, radix: 16))")
        }
    }

    @Test func `any octets as a value survive the way through a DN`() throws {
        var random = SeededGenerator(seed: 2253)
        for _ in 0..<2000 {
            let length = Int.random(in: 0..<20, using: &random)
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            let rdn = RDN(
                attribute: AttributeName(trusted: "cn"), value: AttributeValue(bytes: bytes))
            let read = try #require(DN(rdn.text + ",dc=com"))
            #expect(read.firstRDN == rdn)
            #expect(read.firstRDN?.pairs.first?.value.bytes == bytes)
        }
    }

    @Test func `folding twice is folding once, for every letter there is`() {
        // Beyond are ideographs, private use and what is unassigned.
        for code in UInt32(0)...0x1_FFFF {
            guard let scalar = Unicode.Scalar(code) else { continue }
            let folded = "a\(scalar)b".directoryFolded
            if folded.directoryFolded.utf8.elementsEqual(folded.utf8) { continue }
            Issue.record("U+\(String(code, radix: 16))")
        }
    }
}
