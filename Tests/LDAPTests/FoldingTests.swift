import LDAP
import Testing

@Suite struct FoldingTests {
    @Test func `a dotted capital I is a letter of its own, or an i`() throws {
        let (dotted, plain) = (try #require(DN("uid=İpek,o=x")), try #require(DN("uid=ipek,o=x")))
        #expect(Folding.apart.key(dotted) != Folding.apart.key(plain))
        #expect(Folding.together.key(dotted) == Folding.together.key(plain))
        #expect(Folding.together.key("İPEK") == "ipek")
        #expect(Folding.apart.key("İPEK") == "i\u{307}pek")
    }

    @Test(arguments: ["ipek", "IPEK", "ıpek", "I\u{307}pek", "öäß", ""])
    func `of every other letter both say the same`(_ text: String) {
        #expect(Folding.apart.key(text) == Folding.together.key(text))
        #expect(!text.hasDottedI)
    }
}
