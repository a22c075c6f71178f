import Identity
import Testing

@Suite struct TemplateTests {
    private static let values = [
        "now": "2026-11-23T10:20:30Z", "operator": "alice", "mail": " Ada@Example.COM ",
        "cn": "{operator}|{{", "empty": "", "modified": "20261123102030Z", "note": "no date",
    ]

    @Test(arguments: [
        ("plain", "plain"), ("Locked {now|date} by {operator}", "Locked 2026-11-23 by alice"),
        ("{now}", "2026-11-23T10:20:30Z"), ("{modified|date}", "2026-11-23"),
        ("{mail|trim|lowercase}", "ada@example.com"),
        ("{ mail | trim | uppercase }", "ADA@EXAMPLE.COM"),
        ("{{}}", "{}"), ("{{{operator}}}", "{alice}"), ("{cn}", "{operator}|{{"),
        ("{note|date}", nil), ("{absent} {operator}", nil), ("x{empty}", nil),
    ])
    func `it is filled in, or has no value`(source: String, text: String?) throws {
        #expect(try Template(parsing: source).evaluate { Self.values[$0] } == text)
    }

    @Test(
        arguments: [
            ("{", .unclosed, 0), ("ab{cd", .unclosed, 2), ("{a{b}", .unclosed, 0),
            ("a}b", .stray, 1),
            ("}}}", .stray, 2), ("{}", .noName, 0), ("x{ |date}", .noName, 1),
            ("{a|}", .unknownFilter(""), 3), ("{a|trim|low}", .unknownFilter("low"), 8),
        ] as [(String, TemplateError.Problem, Int)])
    func `what is wrong has a place`(source: String, problem: TemplateError.Problem, offset: Int) {
        #expect(throws: TemplateError(problem, at: offset)) { try Template(parsing: source) }
    }

    @Test func `the names are those of the parts`() throws {
        let template = try Template(parsing: "{{x}} {now|date} {user.mail}")
        #expect(template.names == ["now", "user.mail"])
        #expect(template.source == "{{x}} {now|date} {user.mail}")
    }
}
