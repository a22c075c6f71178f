import Ground
import Identity
import LDAP
import Store
import Testing

/// What the journal writes down is read as just that, or not at all.
@Suite struct JournalCodingTests {
    private static let name = AttributeName("description")
    private static let octets = AttributeValue(bytes: [0xff, 0x00, 0x0a])

    private static func changes() throws -> [DirectoryChange] {
        let name = try #require(Self.name)
        let member = try #require(AttributeName("member"))
        let write = AttributeWrite(attribute: name, values: [AttributeValue("left"), octets])
        let gone = AttributeWrite(attribute: name, values: [])
        let membership = Membership(attribute: member, value: "uid=ada,dc=example,dc=com")
        let restoration = AttributeRestoration(
            attribute: name, written: [AttributeValue("left")], prior: [octets])
        return [
            .disable, .write([write, gone]), .write([]), .removeMember(membership),
            .enable(prior: PriorValues(attributes: [write]), disabledAt: Timestamp(seconds: 9)),
            .enable(prior: PriorValues(attributes: []), disabledAt: Timestamp(seconds: 0)),
            .restore([restoration]), .restore([]), .addMember(membership), .verify,
        ]
    }

    /// A new case is not forgotten: it has no kind here until it is among the examples.
    private static func kind(_ change: DirectoryChange) -> StepKind {
        switch change {
        case .disable: .disableEntry
        case .write: .writeReason
        case .removeMember: .removeFromGroup
        case .enable: .enableEntry
        case .restore: .restoreAttributes
        case .addMember: .addToGroup
        case .verify: .verify
        }
    }

    private func parsed(_ text: String) throws -> JSONValue {
        try #require(JSONValue(parsing: text))
    }

    @Test func `every change is read as it was written`() throws {
        let changes = try Self.changes()
        #expect(Set(changes.map(Self.kind)) == Set(StepKind.allCases.filter(\.isRemote)))
        for change in changes {
            #expect(try DirectoryChange(json: parsed(change.json.text)) == change)
            #expect(change.isWork(of: Self.kind(change)))
            for kind in StepKind.allCases where !kind.isRemote {
                #expect(!change.isWork(of: kind))
            }
        }
    }

    @Test func `prior values and findings are read as they were written`() throws {
        let name = try #require(Self.name)
        let prior = PriorValues(attributes: [
            AttributeWrite(attribute: name, values: [Self.octets, AttributeValue("")]),
            AttributeWrite(attribute: try #require(AttributeName("member")), values: []),
        ])
        #expect(try PriorValues(json: parsed(prior.json.text)) == prior)
        let finding = Finding(kind: "group", target: "cn=a", because: "it can't be read")
        #expect(try Finding(json: parsed(finding.json.text)) == finding)
    }

    @Test(arguments: [
        "{}", "[]", "null", #""disable""#, #"{"account":"locked"}"#, #"{"account":"enabled"}"#,
        #"{"account":"enabled","prior":[]}"#,
        #"{"account":"enabled","disabledAt":"9","prior":[]}"#,
        #"{"account":"enabled","disabledAt":9,"prior":[{"attribute":"a"}]}"#,
        #"{"account":"disabled","read":"back"}"#, #"{"read":"forth"}"#, #"{"write":{}}"#,
        #"{"write":[{"attribute":"a","values":["x",7]}]}"#,
        #"{"write":[{"attribute":"a","values":["x"]},{"attribute":"b"}]}"#,
        #"{"write":[{"attribute":"no name","values":["x"]}]}"#,
        #"{"write":[{"attribute":"a","values":[{"hexadecimal":"f"}]}]}"#,
        #"{"write":[{"attribute":"a","values":[{"hexadecimal":"+f"}]}]}"#,
        #"{"write":[{"attribute":"a","values":[{"hexadecimal":"zz"}]}]}"#,
        #"{"remove":{"attribute":"member"}}"#, #"{"remove":{"value":"x"}}"#,
        #"{"add":{"attribute":"member","value":7}}"#, #"{"add":null}"#,
        #"{"restore":[{"attribute":"a","written":["x"]}]}"#,
        #"{"restore":[{"attribute":"a","prior":[],"written":[null]}]}"#, #"{"restore":[1]}"#,
        #"{"revoke":{"serial":"01"}}"#,
    ])
    func `what is not whole is no change`(text: String) throws {
        let json = try parsed(text)
        #expect(throws: Unreadable.self) { _ = try DirectoryChange(json: json) }
    }

    @Test(arguments: [
        "{}", #"["x"]"#, #"[{"attribute":"a"}]"#, #"[{"attribute":"a","values":[1]}]"#,
    ])
    func `what is not whole is no prior value`(text: String) throws {
        let json = try parsed(text)
        #expect(throws: Unreadable.self) { _ = try PriorValues(json: json) }
    }
}
