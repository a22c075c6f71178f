import Ground
import Testing

@Suite struct OctetTextTests {
    @Test(
        arguments: [
            ([], "", ""), ([0x00], "00", "00"), ([0x0f, 0xf0], "0ff0", "0FF0"),
            ([0xde, 0xad, 0xbe, 0xef], "deadbeef", "DEADBEEF"),
        ] as [([UInt8], String, String)])
    func `octets are written as pairs of hexadecimal digits and read again`(
        octets: [UInt8], lower: String, upper: String
    ) {
        #expect(String(hexadecimal: octets) == lower)
        #expect(String(hexadecimal: octets, uppercase: true) == upper)
        #expect([UInt8](hexadecimal: lower.utf8) == octets)
        #expect([UInt8](hexadecimal: upper.utf8) == octets)
    }

    @Test(arguments: ["0", "0g", "+f", "0x0f", " f", "f f", "ﬀ", "０f"])
    func `what is no pairs of hexadecimal digits is refused`(text: String) {
        #expect([UInt8](hexadecimal: text.utf8) == nil)
    }

    @Test(
        arguments: [
            ("", ""), ("plain", "plain"), ("%2Frun%2fldapi", "/run/ldapi"), ("%C3%A5", "å"),
            ("å", "å"), ("100%25", "100%"),
        ])
    func `percent signs are decoded`(text: String, decoded: String) {
        #expect(PercentCoding.decode(text) == decoded)
    }

    @Test(arguments: ["%", "%2", "%2g", "%+f", "a%", "%C3", "%FF"])
    func `a percent sign without an octet behind it, and what is no UTF-8, is refused`(
        text: String
    ) {
        #expect(PercentCoding.decode(text) == nil)
    }

    @Test func `what is kept stands as it is, and comes back with the rest`() {
        let encoded = PercentCoding.encode("/run/å b") { $0.isASCIILetter }
        #expect(encoded == "%2frun%2f%c3%a5%20b")
        #expect(PercentCoding.decode(encoded) == "/run/å b")
    }

    @Test func `letters in lower case are those of ASCII alone`() {
        #expect("UID=Åsa,DC=Example".asciiLowered == "uid=Åsa,dc=example")
        #expect("already".asciiLowered == "already")
    }

    @Test(
        arguments: [
            ("\u{1b}", "␛"), ("\n", "␊"), ("\u{7f}", "␡"), ("\u{202e}", "<U+202E>"),
            ("\u{e0001}", "<U+E0001>"), ("\u{85}", "<U+0085>"),
        ] as [(Unicode.Scalar, String)])
    func `a character that a terminal would obey has a picture`(
        scalar: Unicode.Scalar, picture: String
    ) {
        #expect(scalar.picture == picture)
    }
}
