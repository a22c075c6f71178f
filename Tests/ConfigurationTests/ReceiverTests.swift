import Identity
import Testing

@testable import Configuration

@Suite struct ReceiverTests {
    private func receivers(_ text: String) throws -> [ReceiverSettings] {
        try Example.load(Example.minimal(top: "receivers: \(text)")).receivers
    }

    @Test func `without the section nobody hears`() throws {
        #expect(try Example.load(Example.minimal()).receivers.isEmpty)
    }

    @Test func `a receiver is read whole, and hears of everything within half a minute`() throws {
        let read = try receivers(
            "{doors: {run: [/opt/doors, --site, north]}, hr: {run: [/opt/hr], for: [unlock, lock], timeout: 2m}}"
        )
        #expect(
            read == [
                ReceiverSettings(
                    name: "doors", program: "/opt/doors", arguments: ["--site", "north"],
                    useCases: [.lock, .deactivate, .reactivate, .unlock], timeout: 30),
                ReceiverSettings(
                    name: "hr", program: "/opt/hr", arguments: [], useCases: [.unlock, .lock],
                    timeout: 120),
            ])
    }

    @Test(arguments: [
        (
            "{}",
            "run: is missing and required; write, for example, run: [/usr/local/lib/lockstep/doors]"
        ),
        ("{run: [doors]}", "run: \"doors\" is not absolute; write the program's path from / on"),
        (
            "{run: []}",
            "run: the list is empty; write the program's absolute path, and its arguments"
        ),
        ("{run: /opt/doors}", "run: a list in [brackets] is due here, and this is a single value"),
        (
            "{run: [/opt/doors], for: []}",
            "for: the list is empty; write what it hears of, or leave the receiver out"
        ),
        (
            "{run: [/opt/doors], for: [restore-roles]}",
            "for: \"restore-roles\" is not known here; allowed: lock, deactivate, reactivate, unlock"
        ),
        (
            "{run: [/opt/doors], timeout: 0s}",
            "timeout: \"0s\" is no time at all; write at least 1s"
        ),
        (
            "{run: [/opt/doors], fro: [lock]}",
            "fro: unknown key; here may stand: run, for, timeout. Did you mean \"for\"?"
        ),
    ])
    func `what is wrong is said in one sentence`(written: String, complaint: String) {
        let complaints = Example.complaints(Example.minimal(top: "receivers: {doors: \(written)}"))
        #expect(
            complaints.map { String($0.split(separator: " ", maxSplits: 1)[1]) }
                .contains("receivers.doors.\(complaint)"), "\(complaints)")
    }

    @Test func `a name that is no name is none`() {
        let complaints = Example.complaints(
            Example.minimal(top: "receivers: {\"a/b\": {run: [/opt/doors]}}"))
        #expect(complaints.contains { $0.contains("\"a/b\" is no name") }, "\(complaints)")
    }
}
