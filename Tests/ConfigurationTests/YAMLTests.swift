import Testing

@testable import Configuration

/// What YAML allows and a configuration doesn't, and what is no YAML.
@Suite struct YAMLTests {
    @Test(arguments: [
        (
            "metrics: &here /tmp/m",
            "11:10: metrics: an anchor is not allowed; "
                + "leave it out, or put text that begins with & in quotes"
        ),
        (
            "metrics: !!str m",
            "11:10: metrics: a tag is not allowed; "
                + "leave it out, or put text that begins with ! in quotes"
        ),
        (
            "metrics: ! m",
            "11:10: metrics: a tag is not allowed; "
                + "leave it out, or put text that begins with ! in quotes"
        ),
        (
            "metrics: *there",
            "11:10: metrics: an alias is not allowed; "
                + "write the value out, or put text that begins with * in quotes"
        ),
        ("<<: {metrics: m}", "11:1: a merge key is not allowed; write the keys out"),
        ("[metrics]: m", "11:1: a key is text, and this is a list"),
        (
            "metrics: a\nmetrics: b",
            "12:1: metrics: stands here twice, first in line 11; keep one of them"
        ),
        ("---\nmetrics: m", "11:1: a second document begins; the file has one, without ---"),
        (
            "metrics: \"a",
            "11:12: not YAML: found unexpected end of stream while scanning a quoted scalar that "
                + "begins in line 11; indent with spaces alone, keys of one section alike, and put "
                + "text with special characters in quotes"
        ),
        (
            "metrics: \u{7}",
            "11:10: not YAML: control characters are not allowed; "
                + "write the character as an escape in double quotes"
        ),
    ])
    func `it is refused with line and column`(written: String, complaint: String) {
        #expect(
            Example.complaints(Example.minimal(top: written)) == ["lockstep.yaml:\(complaint)"])
    }

    @Test(arguments: [("", "1:1"), ("# nothing yet\n", "1:1"), ("---\n", "2:1"), ("~", "1:1")])
    func `a file in which nothing stands says how to begin`(text: String, place: String) {
        #expect(
            Example.complaints(text) == [
                "lockstep.yaml:\(place): the file is empty; lockstep init --sample writes one to "
                    + "start from"
            ])
    }

    @Test func `what is wrong in front of a second document is told too`() {
        #expect(
            Example.complaints(Example.minimal(top: "metrix: m\n---\nstore: x")).map {
                $0.prefix { $0 != ";" }
            } == [
                "lockstep.yaml:11:1: metrix: unknown key",
                "lockstep.yaml:12:1: a second document begins",
            ])
    }

    @Test func `a file that is no section says so`() {
        #expect(
            Example.complaints("hello") == [
                "lockstep.yaml:1:1: a section with keys is due here, and this is a single value"
            ])
    }

    @Test func `a byte order mark and DOS line ends do no harm`() {
        let text = "\u{FEFF}" + Example.minimal().replacing("\n", with: "\r\n")
        #expect(Example.complaints(text) == [])
    }

    @Test func `bytes that are not UTF-8 are found`() {
        let bytes = Array("store: ä\nmetrics: é".utf8) + [0xFF] + Array("x\n".utf8)
        #expect(
            Example.complaints(bytes) == [
                "lockstep.yaml:2:11: the file is not UTF-8 here; save it as UTF-8"
            ])
        let wide: [UInt8] = [0xFF, 0xFE, 0x61, 0x00]
        #expect(
            Example.complaints(wide) == [
                "lockstep.yaml:1:1: the file is not UTF-8 here; save it as UTF-8"
            ])
    }

    @Test func `a text of a million characters is one error`() {
        let text = Example.minimal(top: "metrics: \(String(repeating: "x", count: 1_000_000))")
        #expect(
            Example.complaints(text) == [
                "lockstep.yaml:11:10: a text of 1000000 bytes; at most 65536 are read"
            ])
    }

    @Test func `ten thousand keys are one error`() {
        let keys = (0..<10_000).map { "key\($0): 1" }.joined(separator: "\n")
        #expect(
            Example.complaints(Example.minimal(top: keys)) == [
                "lockstep.yaml:4104:1: "
                    + "more than 4096 keys or items in one place; split them up"
            ])
    }

    @Test(arguments: ["[", "{a: ", "- ", "? "])
    func `a hundred thousand levels are one error`(level: String) {
        let text = "metrics: \n " + String(repeating: level, count: 100_000)
        let complaints = Example.complaints(Example.minimal(top: text))
        #expect(complaints.count == 1)
        #expect(
            complaints.first?.hasSuffix("nested more than 20 levels deep; no key needs that")
                == true)
    }

    @Test func `a file that is too large is one error`() {
        let bytes = [UInt8](repeating: UInt8(ascii: "#"), count: 2_000_000)
        #expect(
            Example.complaints(bytes) == [
                "lockstep.yaml: the file has more than 1048576 bytes; no configuration needs that"
            ])
    }

    @Test func `a hundred errors are shown and the others counted`() {
        let keys = (0..<500).map { "key\($0): 1" }.joined(separator: "\n")
        let complaints = Example.complaints(Example.minimal(top: keys))
        #expect(complaints.count == 101)
        #expect(complaints.last == "… and 400 more")
    }

    @Test func `nothing of the file reaches a terminal as a command`() {
        let text = Example.minimal(top: "\"\\e[2Jkey\\u202E\": \"\\e[2J\"\ndrift: \"\\a\"")
        #expect(
            !Example.complaints(text).joined().unicodeScalars.contains {
                $0.value < 32 || $0.value == 0x202E
            })
    }
}
