import Ground
import Identity
import LDAP
import Store
import Testing

/// What the journal writes down is read as just that, or not at all.
@Suite struct JournalCodingTests {
    private static let name = AttributeName("description")
    private static let octets = AttributeValue(bytes: [0xff, 0x00, 0x0a])

    private static let entry = EntryID("e1")

    private static let told = ToldCertificate(
        authority: "staff-ca", fingerprint: [UInt8](0..<32))

    private static func steps() throws -> [any RemoteStep] {
        let name = try #require(Self.name)
        let member = try #require(AttributeName("member"))
        let write = AttributeWrite(attribute: name, values: [AttributeValue("left"), octets])
        let gone = AttributeWrite(attribute: name, values: [])
        let membership = Membership(attribute: member, value: "uid=ada,dc=example,dc=com")
        let restoration = AttributeRestoration(
            attribute: name, written: [AttributeValue("left")], prior: [octets])
        let account = FormerAccount(
            prior: PriorValues(attributes: [write]), disabledAt: Timestamp(seconds: 9))
        let nothing = FormerAccount(
            prior: PriorValues(attributes: []), disabledAt: Timestamp(seconds: 0))
        let before = Notify.Before(
            credentials: [1: .active, 2: .requested], certificates: [3: .onHold],
            roles: [Notify.HeldRole(name: "staff", group: "cn=staff", direct: true)])
        return [
            DisableEntry(entry), WriteReason([write, gone], to: entry), WriteReason([], to: entry),
            RemoveFromGroup(membership, entry), EnableEntry(account, of: entry),
            EnableEntry(nothing, of: entry), RestoreAttributes([restoration], of: entry),
            RestoreAttributes([], of: entry), RestoreAttributes(account, of: entry),
            AddToGroup(membership, entry), Verify(entry), Notify(before: before, isOfList: true),
            Notify(
                before: Notify.Before(credentials: [:], certificates: [:], roles: []),
                isOfList: false, after: ProcessID(rawValue: 7)),
            TellRevocation(told), TellHold(told), TellRelease(told),
        ]
    }

    private static func tells(_ request: String) -> String {
        #"{"authority":"staff-ca","\#(request)":"000102030405060708090a0b0c0d0e0f"#
            + #"101112131415161718191a1b1c1d1e1f"}"#
    }

    private static let kinds = StepCatalogue.standard.kinds.filter(\.isRemote)

    private func read(_ json: JSONValue, as kind: StepKind) throws -> any RemoteStep {
        try #require(StepCatalogue.standard.form(of: kind))
            .init(journal: json, entry: kind.isInDirectory ? Self.entry : nil)
    }

    private func parsed(_ text: String) throws -> JSONValue {
        try #require(JSONValue(parsing: text))
    }

    @Test func `every step is read as it was written`() throws {
        let steps = try Self.steps()
        #expect(Set(steps.map(\.kind)) == Set(Self.kinds))
        for step in steps {
            let json = try parsed(step.journal.text)
            #expect(try read(json, as: step.kind).isEqual(to: step))
            guard step.kind.isInDirectory else { continue }
            #expect(throws: Unreadable.self) {
                _ = try StepCatalogue.standard.form(of: step.kind)?
                    .init(journal: json, entry: step.kind.isInDirectory ? nil : Self.entry)
            }
        }
    }

    /// Of an account that stays closed, what an enabling gives back is attributes.
    @Test func `no step is read as one of another kind`() throws {
        for step in try Self.steps() {
            for kind in Self.kinds where kind != step.kind {
                let isAccount = step.journal["account"] == "enabled"
                if isAccount, kind == .enableEntry || kind == .restoreAttributes { continue }
                #expect(throws: Unreadable.self, "\(step.kind) as \(kind)") {
                    _ = try read(step.journal, as: kind)
                }
            }
        }
    }

    /// A store of any release has these.
    @Test(arguments: [
        ("disableEntry", #"{"account":"disabled"}"#),
        ("enableEntry", #"{"account":"enabled","disabledAt":9,"prior":[]}"#),
        ("restoreAttributes", #"{"account":"enabled","disabledAt":9,"prior":[]}"#),
        ("restoreAttributes", #"{"restore":[{"attribute":"a","prior":[],"written":["x"]}]}"#),
        ("writeReason", #"{"write":[{"attribute":"a","values":["x",{"hexadecimal":"ff00"}]}]}"#),
        ("removeFromGroup", #"{"remove":{"attribute":"member","value":"uid=a"}}"#),
        ("addToGroup", #"{"add":{"attribute":"memberUid","value":"a"}}"#),
        ("verify", #"{"read":"back"}"#),
        (
            "notify",
            #"{"after":null,"before":{"certificates":[{"id":3,"state":"valid"}],"credentials":[{"id":1,"state":"active"}],"roles":[{"direct":true,"group":"cn=a","name":"a"}]},"list":false}"#
        ),
        ("tellRevocation", tells("revoke")), ("tellHold", tells("hold")),
        ("tellRelease", tells("release")),
    ])
    func `the journal's form stays as it is`(name: String, text: String) throws {
        let kind = try #require(StepCatalogue.standard.kind(named: name))
        #expect(try read(parsed(text), as: kind).journal.text == text)
    }

    @Test func `what is said of a kind is its name in words`() {
        #expect(StepKind.removeFromGroup.label == "remove from group")
        #expect(StepKind.verify.label == "verify")
        #expect(StepKind.lockCredential.label == "lock credential")
    }

    @Test func `prior values and findings are read as they were written`() throws {
        let name = try #require(Self.name)
        let prior = PriorValues(attributes: [
            AttributeWrite(attribute: name, values: [Self.octets, AttributeValue("")]),
            AttributeWrite(attribute: try #require(AttributeName("member")), values: []),
        ])
        #expect(try PriorValues(json: parsed(prior.json.text)) == prior)
        for kind in Finding.Kind.allCases {
            let finding = Finding(kind: kind, target: "cn=a", because: "it can't be read")
            #expect(try Finding(json: parsed(finding.json.text)) == finding)
        }
        #expect(throws: Unreadable.self) {
            try Finding(json: ["kind": "person", "target": "cn=a", "because": "of that"])
        }
    }

    @Test func `steps are shown to whoever approves them as the requester saw them`() throws {
        let kinds = StepCatalogue.standard
        let step = PlannedStep(target: "p1", work: .local(.user(.lock)), detail: "active → locked")
        let shown = ShownStep(step)
        #expect(try ShownStep(json: parsed(shown.json.text), among: kinds) == shown)
        #expect(
            shown.json.text == Plan(steps: [step], unchanged: [], remaining: []).summary[0]?.text)
        #expect(throws: Unreadable.self) {
            try ShownStep(json: ["kind": "ring", "target": "p1", "detail": ""], among: kinds)
        }
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
    func `what is not whole is no step`(text: String) throws {
        let json = try parsed(text)
        for kind in Self.kinds {
            #expect(throws: Unreadable.self) { _ = try read(json, as: kind) }
        }
    }

    @Test(arguments: [
        "{}", #"["x"]"#, #"[{"attribute":"a"}]"#, #"[{"attribute":"a","values":[1]}]"#,
    ])
    func `what is not whole is no prior value`(text: String) throws {
        let json = try parsed(text)
        #expect(throws: Unreadable.self) { _ = try PriorValues(json: json) }
    }
}
