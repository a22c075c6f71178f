import LDAP
import Testing

@Suite struct AttributeSynonymsTests {
    private func name(_ text: String) -> AttributeName { AttributeName(trusted: text) }

    private var learnt: AttributeSynonyms {
        var synonyms = AttributeSynonyms()
        synonyms.learn([
            "( 1.3.6.1.4.1.32473.1.1 NAME ( 'exampleState' 'exampleStanding' ) )",
            "( 1.3.6.1.4.1.32473.1.2 NAME 'exampleSecret' )",
            "( 2.5.4.35 NAME 'exampleWord' )", "no description",
        ])
        return synonyms
    }

    @Test func `every name of an attribute is known by each of them, options and all`() {
        #expect(
            learnt.names(of: name("EXAMPLESTANDING;lang-sv")).map(\.spelling) == [
                "exampleState;lang-sv", "exampleStanding;lang-sv", "1.3.6.1.4.1.32473.1.1;lang-sv",
            ])
        #expect(learnt.areOne(name("exampleStanding"), name("1.3.6.1.4.1.32473.1.1")))
        #expect(!learnt.areOne(name("exampleStanding"), name("exampleSecret")))
    }

    @Test(arguments: [
        ("surname", "sn"), ("2.5.4.12", "title"), ("rfc822Mailbox", "0.9.2342.19200300.100.1.3"),
    ])
    func `what the schema does not tell is known from the standards`(one: String, other: String) {
        #expect(AttributeSynonyms().areOne(name(one), name(other)))
    }

    @Test func `a password is one by each of its names`() {
        #expect(learnt.isPassword(name("exampleWord")))
        #expect(!learnt.isPassword(name("exampleState")))
    }

    @Test func `an entry answers to each name of an attribute, and may be given it by each`() {
        let names = ["mail", "rfc822Mailbox", "sn"].map(name)
        let groups = AttributeSynonyms().groups(among: names)
        #expect(groups.map { $0.map(\.spelling) } == [["mail", "rfc822Mailbox"]])
        let entry = Entry(
            dn: .root,
            attributes: [
                Entry.Attribute(name: name("mail"), values: [AttributeValue("a@example.com")])
            ],
            synonyms: groups)
        #expect(entry.texts(name("rfc822Mailbox")) == ["a@example.com"])
        #expect(entry.has(name("rfc822Mailbox")) && !entry.has(name("sn")))
        let other = entry.setting(name("RFC822Mailbox"), to: [AttributeValue("b@example.com")])
        #expect(other.texts(name("mail")) == ["b@example.com"])
        let empty = Entry(dn: .root, attributes: [], synonyms: groups)
            .setting(name("rfc822Mailbox"), to: [AttributeValue("c@example.com")])
        #expect(empty.texts(name("mail")) == ["c@example.com"])
    }
}
