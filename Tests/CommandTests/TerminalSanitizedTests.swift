import Testing

@testable import lockstep

struct TerminalSanitizedTests {
    @Test(arguments: [
        ("Ada Lovelace", "Ada Lovelace"), ("Zoë 李 😀", "Zoë 李 😀"), ("", ""),
        ("\u{1B}[2Jx", "␛[2Jx"), ("a\nb\r\n\tc", "a␊b␍␊␉c"),
        ("\u{9B}31m", "<U+009B>31m"), ("\u{7F}\u{0}", "␡␀"),
        ("a\u{202E}b\u{2066}c", "a<U+202E>b<U+2066>c"),
        ("a\u{2028}b\u{2029}c\u{85}d", "a<U+2028>b<U+2029>c<U+0085>d"),
        ("a\u{200B}d\u{200D}a\u{FEFF}", "a<U+200B>d<U+200D>a<U+FEFF>"),
        ("a\u{E0041}\u{FE0F}\u{3164}", "a<U+E0041><U+FE0F><U+3164>"),
        ("e\u{301}", "e\u{301}"), ("a␛", "a␛"),
    ])
    func `what a terminal would act on is made visible`(raw: String, shown: String) {
        #expect(Sanitized(raw).text == shown)
        #expect(Sanitized(shown).text == shown)
    }

    @Test(
        arguments: [
            ([0x61, 0xFF, 0x62], "a�b"), ([0xC3, 0xA9], "é"), ([0xC3], "�"),
            ([0xED, 0xA0, 0x80], "���"), ([0xC0, 0xAF], "��"),
            ([0xF0, 0x9F, 0x98], "�"), ([0x1B, 0x80], "␛�"), ([], ""),
        ] as [([UInt8], String)])
    func `octets that are not UTF-8 are shown`(octets: [UInt8], shown: String) {
        #expect(Sanitized(String(decoding: octets, as: UTF8.self)).text == shown)
    }

    @Test func `a value inside a sentence is made harmless`() {
        let value = "\u{1B}]0;x\u{7}"
        #expect(("locked \(value)" as Sanitized).text == "locked ␛]0;x␇")
    }
}
