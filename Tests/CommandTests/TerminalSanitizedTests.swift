import Testing

@testable import lockstep

struct TerminalSanitizedTests {
    @Test(arguments: [
        ("Ada Lovelace", "Ada Lovelace"), ("Zoë 李 😀", "Zoë 李 😀"), ("", ""),
        ("\u{1B}[2Jx", "\\u{1b}[2Jx"), ("a\nb\r\n\tc", "a\\u{a}b\\u{d}\\u{a}\\u{9}c"),
        ("\u{9B}31m", "\\u{9b}31m"), ("\u{7F}\u{0}", "\\u{7f}\\u{0}"),
        ("a\u{202E}b\u{2066}c", "a\\u{202e}b\\u{2066}c"),
        ("a\u{2028}b\u{2029}c\u{85}d", "a\\u{2028}b\\u{2029}c\\u{85}d"),
        ("a\u{200B}d\u{200D}a\u{FEFF}", "a\\u{200b}d\\u{200d}a\\u{feff}"),
        ("a\u{E0041}\u{FE0F}\u{3164}", "a\\u{e0041}\\u{fe0f}\\u{3164}"),
        ("e\u{301}", "e\u{301}"), ("a\\u{1b}", "a\\u{1b}"),
    ])
    func `what a terminal would act on is made visible`(raw: String, shown: String) {
        #expect(Sanitized(raw).text == shown)
        #expect(Sanitized(shown).text == shown)
    }

    @Test(
        arguments: [
            ([0x61, 0xFF, 0x62], "a\\xffb"), ([0xC3, 0xA9], "é"), ([0xC3], "\\xc3"),
            ([0xED, 0xA0, 0x80], "\\xed\\xa0\\x80"), ([0xC0, 0xAF], "\\xc0\\xaf"),
            ([0xF0, 0x9F, 0x98], "\\xf0\\x9f\\x98"), ([0x1B, 0x80], "\\u{1b}\\x80"), ([], ""),
        ] as [([UInt8], String)])
    func `octets that are not UTF-8 are shown`(octets: [UInt8], shown: String) {
        #expect(Sanitized(octets: octets).text == shown)
    }

    @Test func `a value inside a sentence is made harmless`() {
        let value = "\u{1B}]0;x\u{7}"
        #expect(("locked \(value)" as Sanitized).text == "locked \\u{1b}]0;x\\u{7}")
    }
}
