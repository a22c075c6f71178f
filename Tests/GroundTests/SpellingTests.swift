import Ground
import Testing

@Suite struct SpellingTests {
    @Test(
        arguments: [
            ("", "", 0), ("lock", "lock", 0), ("lock", "", 4), ("lok", "lock", 1),
            ("lcok", "lock", 1), ("lokc", "lock", 1), ("locks", "lock", 1), ("look", "lock", 1),
            ("unlock", "lock", 2), ("ca", "abc", 3),
        ])
    func `slips are counted, and two neighbours that changed places are one`(
        left: String, right: String, slips: Int
    ) {
        #expect(Spelling.distance(Array(left), Array(right)) == slips)
        #expect(Spelling.distance(Array(right), Array(left)) == slips)
    }

    @Test(
        arguments: [
            ("pasword", "password"), ("PASSWORD", "password"), ("psaswordFile", "passwordFile"),
            ("uir", "uri"), ("filter", nil), ("12", nil), ("u", nil), ("", nil),
        ] as [(String, String?)])
    func `the nearest word is found where one is near`(word: String, nearest: String?) {
        #expect(Spelling.nearest(to: word, in: ["uri", "password", "passwordFile"]) == nearest)
    }

    @Test func `a very long word costs nothing`() {
        let word = String(repeating: "a", count: 1_000_000)
        #expect(Spelling.nearest(to: word, in: ["password"]) == nil)
    }
}
