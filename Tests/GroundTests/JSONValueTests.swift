import Ground
import Testing

struct JSONValueTests {
    static let texts: [(String, JSONValue)] = [
        ("null", .null), (" [ ] ", .array([])), ("{}", .object([:])), ("-0", 0),
        ("12", 12),
        ("9223372036854775807", .int(.max)),
        ("9223372036854775808", .double(9_223_372_036_854_775_808)),
        ("1.5e3", .double(1500)), (#""\ud83d\ude00\u00e4\n\/""#, "😀ä\n/"),
        (#"{"a":[1,{"b":null}],"a":2}"#, ["a": 2]), ("[[true,false]]", [[true, false]]),
    ]

    @Test(arguments: texts)
    func `text becomes a value`(text: String, value: JSONValue) {
        #expect(JSONValue(parsing: text) == value)
    }

    @Test(arguments: [
        "", " ", "nul", "01", "1.", ".5", "+1", "1e", "-", "[1,]", "[1 2]", "{a:1}", #"{"a"}"#,
        #"{"a":1,}"#, #"""#, "\"\n\"", #""\x""#, #""\u12g4""#, #""\ud800""#, #""\ud800\u0041""#,
        #""\udc00""#, "[1]]", "NaN", "'a'", String(repeating: "[", count: 100_000),
    ])
    func `what is no JSON is nil`(text: String) {
        #expect(JSONValue(parsing: text) == nil)
    }

    @Test func `bytes that are no UTF-8 are nil`() {
        #expect(JSONValue(parsing: [0x22, 0xff, 0x22]) == nil)
    }

    @Test func `the canonical form sorts keys and escapes what a terminal would obey`() {
        let value: JSONValue = [
            "b": [1, .double(0.5), .double(.infinity), true, .null],
            "ä": "\u{1b}[2J\u{9b}\u{7f}é\"\\/",
            "a": .object([:]), "Z": "\n\r\t\0",
        ]
        #expect(
            value.text == #"{"Z":"\n\r\t\u0000","a":{},"b":[1,0.5,null,true,null],"#
                + #""ä":"\u001b[2J\u009b\u007fé\"\\/"}"#)
        #expect(JSONValue(parsing: value.text)?["ä"] == "\u{1b}[2J\u{9b}\u{7f}é\"\\/")
    }
}
