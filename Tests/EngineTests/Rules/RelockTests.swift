import Configuration
import Ground
import LDAP
import Testing

@testable import Engine

/// Why an unlock is refused: what the next sync would lock again at once.
@Suite struct RelockTests {
    private let now = Timestamp(seconds: 1_800_000_000)

    private func cause(
        _ more: String, closure: String? = nil, dialect: Dialect = .openldap,
        _ attributes: KeyValuePairs<String, [String]> = [:]
    ) throws -> String? {
        try Relock(directory: RuleExamples.directory(more: more)).cause(
            RuleExamples.entry(attributes), closure: closure, dialect: dialect, at: now)?.sentence
    }

    private static let open = "timeout: {connect: 2s}"
    private static let disabled = "disabled: {then: lock, reason: misuse}"
    private static let expired = "expired: {then: lock, reason: misuse}"

    @Test(
        arguments: [
            (["left"], [], "the entry has employeeType: left, which means left-organization"),
            (["LEFT"], [], "the entry has employeeType: left, which means left-organization"),
            (
                ["abuse"], ["none"],
                "the entry has employeeType: misuse, abuse; title: none, which means misuse"
            ),
            (["abuse"], [], nil), (["staff"], [], nil), ([], [], nil),
        ] as [([String], [String], String?)])
    func `a rule under recognise that would still match`(
        types: [String], titles: [String], sentence: String?
    ) throws {
        #expect(
            try cause(Self.open, ["employeeType": types, "title": titles]) == sentence)
    }

    @Test(
        arguments: [
            (disabled, "an end date", true), (disabled, nil, false),
            ("disabled: {then: deactivate, reason: holiday}", "an end date", false),
            ("disabled: {then: keep}", "an end date", false), (open, "an end date", false),
        ] as [(String, String?, Bool)])
    func `disabled, then lock, while the account stays disabled`(
        line: String, closure: String?, isRefused: Bool
    ) throws {
        #expect(
            try cause(line, closure: closure)
                == (isRefused
                    ? "the account stays disabled (an end date), and `disabled: {then: lock}` locks "
                        + "whoever is" : nil))
    }

    @Test(
        arguments: [
            (expired, "132223104000000000", true), (expired, "0", false), (expired, nil, false),
            ("expired: {then: deactivate}", "132223104000000000", false),
            (open, "132223104000000000", false),
        ] as [(String, String?, Bool)])
    func `expired, then lock, while the account has expired`(
        line: String, ends: String?, isRefused: Bool
    ) throws {
        let found = try cause(
            line, dialect: .activeDirectory,
            [
                "userAccountControl": ["512"],
                "accountExpires": [ends].compactMap(\.self),
            ])
        #expect(
            found
                == (isRefused
                    ? "the account has expired (2020-01-01T00:00:00Z), and `expired: {then: lock}` "
                        + "locks whoever has" : nil))
    }

    @Test(
        arguments: [
            ("missing: {then: lock, reason: misuse, after: 24h}", true),
            ("missing: {then: deactivate, reason: holiday}", false),
            ("missing: {then: keep}", false), (open, false),
        ])
    func `missing, then lock, while the entry is missing`(line: String, isRefused: Bool) throws {
        let relock = Relock(directory: try RuleExamples.directory(more: line))
        let found = relock.ofMissing("uid=ada,ou=people,dc=example,dc=com")
        #expect((found != nil) == isRefused)
    }

    @Test func `whom no sync locks, no unlock is refused for`() throws {
        let directory = try RuleExamples.directory(more: "protect: [uid=ada]")
        let relock = Relock(directory: directory)
        let entry = try RuleExamples.entry(["employeeType": ["left"]])
        #expect(relock.cause(entry, closure: "x", dialect: .openldap, at: now) == nil)
        #expect(relock.ofMissing(StoredDN(entry.dn)) == nil)
    }
}
