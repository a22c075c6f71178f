import Ground
import Identity
import Testing

/// What a directory is called: a key of the configuration, and no other kind of text.
@Suite struct DirectoryNameTests {
    @Test(arguments: [
        ("hq", "hq", true), ("hq", "HQ", false), ("hq", "branch", false), ("hq", "hq ", false),
    ])
    func `a name is compared as it is written`(one: String, other: String, isSame: Bool) {
        #expect((DirectoryName(rawValue: one) == DirectoryName(rawValue: other)) == isSame)
    }

    @Test func `names are told as they are, in their order`() {
        let names = ["hq", "branch", "lab.2"].map(DirectoryName.init(rawValue:)).sorted()
        #expect(names.map { "\($0)" } == ["branch", "hq", "lab.2"])
        #expect(names.map(\.json) == ["branch", "hq", "lab.2"])
    }

    @Test(arguments: [("ada", "hq:ada"), ("a:b", "hq:a:b"), ("", "hq:")])
    func `somebody is named with the directory in front`(username: String, text: String) {
        #expect(DirectoryName(rawValue: "hq").naming(username) == text)
    }
}
