import LDAP
import Store
import Testing

@testable import Engine

/// What two reads of an entry say of its account, and in which properties they differ.
@Suite struct FactChangeTests {
    private func record(_ change: (inout UserRecord) -> Void = { _ in }) -> UserRecord {
        var record = UserRecord(
            entryID: EntryID("e"), dn: "uid=ada,dc=example,dc=com", dnKey: MemberKey(.root),
            username: "ada")
        change(&record)
        return record
    }

    @Test(
        arguments: [
            (nil, nil, []), (nil, false, []), (nil, true, [.disabled]), (false, nil, []),
            (false, false, []), (false, true, [.disabled]), (true, nil, []), (true, true, []),
            (true, false, [.reenabled]),
        ] as [(Bool?, Bool?, [FactChange])])
    func `an account that can't be read has neither been disabled nor enabled`(
        before: Bool?, after: Bool?, changes: [FactChange]
    ) {
        #expect(
            FactChange.between(record { $0.disabled = before }, record { $0.disabled = after })
                == changes)
    }

    @Test(
        arguments: [
            (nil, "left", true), ("left", "left", false), ("left", "misuse", true),
            ("left", nil, false), (nil, nil, false),
        ] as [(String?, String?, Bool)])
    func `a reason is news where it was not recognised before`(
        before: String?, after: String?, isNews: Bool
    ) {
        #expect(
            FactChange.between(
                record { $0.recognised = before }, record { $0.recognised = after })
                == (isNews ? [.recognised(after ?? "")] : []))
    }

    @Test func `equal records differ in nothing, whatever their digests`() {
        #expect(record().differences(from: record { $0.digest = [1] }).isEmpty)
    }

    @Test func `every property that differs is told, from what to what`() {
        let old = record {
            $0.mail = "a@example.com"
            $0.disabled = false
            $0.attributes = [.init(name: "title", values: ["Keeper", "Diver"])]
        }
        let new = record {
            $0.dn = "uid=ada,ou=left,dc=example,dc=com"
            $0.mail = nil
            $0.disabled = true
            $0.attributes = [.init(name: "room", values: ["7"])]
            $0.leftOut = ["mail contains a NUL"]
        }
        let told = new.differences(from: old).map {
            "\($0.name): \($0.old ?? "-") → \($0.new ?? "-")"
        }
        #expect(
            told == [
                "dn: uid=ada,dc=example,dc=com → uid=ada,ou=left,dc=example,dc=com",
                "mail: a@example.com → -", "left out: - → mail contains a NUL",
                "disabled: false → true", "room: - → 7", "title: Keeper, Diver → -",
            ])
        #expect(record().differences(from: nil).map(\.name) == ["dn", "username"])
    }

    @Test(arguments: [(0, 30), (1, 60), (2, 120), (6, 1_920), (7, 3_600), (1_000, 3_600)])
    func `the next attempt waits twice as long, an hour at most`(attempts: Int, seconds: Int64) {
        #expect(StepResult.delay(after: attempts) == seconds)
    }
}
