import Fixtures
import Foundation
import Glibc
import Ground
import Identity
import Testing

/// What a receiver's program answers, or that it can't be called, is told, and keeps nothing from being
/// done.
@Suite struct ReceiverAnswerTests {
    private let receiver: ReceiverLab
    private var lab: LockLab { receiver.lab }

    init() throws {
        receiver = try ReceiverLab()
    }

    private func notified(_ answer: LockAnswer) -> String? { answer.states(.notify)["doors"] }

    @Test(arguments: [
        ("echo 'the bus is down' >&2; end 75", "pending", 75, "the bus is down"),
        ("echo 'no door for ada' >&2; end 1", "failed", 1, "no door for ada (exit 1)"),
        ("kill -9 $$", "failed", 1, "it was ended by signal 9"),
        (
            "sleep 60 & sleep 60", "pending", 75,
            "it did not end within 1 s, and was ended"
        ),
        ("head -c 3000000 /dev/zero | tr '\\0' x >&2; end 75", "pending", 75, nil),
    ])
    func `what it answers is told, and it is called again`(
        behaviour: String, state: String, code: Int64, words: String?
    ) throws {
        receiver.more = "timeout: 1s"
        try receiver.configure()
        try receiver.behave(behaviour)
        let answer = try lab.lock("ada", exit: 75)
        #expect(answer.outcome == "partial")
        #expect(notified(answer) == state)
        #expect(answer.errors(.notify).first?.code == code)
        if let words { #expect(answer.errors(.notify).first?.message == words) }
        // The directory is done all the same.
        #expect(try lab.isLocked(LockLab.person("ada")))
        #expect(!lab.binds("ada"))
        // A sync comes back when it is due, not before.
        try lab.json("sync", exit: 75)
        #expect(try receiver.heard() == ["process:1"])
        try receiver.passTime()
        // A second is short where eight suites wait for their servers.
        receiver.more = ""
        try receiver.configure()
        try receiver.behave("end 0")
        try lab.sync()
        #expect(try receiver.heard() == ["process:1", "process:1"])
        #expect(try receiver.log().allSatisfy { !$0.hasPrefix("overlap") })
        #expect(try lab.json("status")["pending"] == [])
    }

    @Test func `a receiver that puts everything off is left alone after three`() throws {
        try receiver.behave("end 75")
        let people = ["ada", "ben", "cleo", "dora", "emil"]
        _ = try lab.json(
            as: "root", ["lock", "--from", "-", "--reason", "misuse", "--yes"], exit: 75,
            input: people.joined(separator: "\n"))
        #expect(try receiver.heard().count == 3)
        try receiver.behave("end 0")
        try receiver.passTime()
        try lab.sync()
        #expect(Set(try receiver.heard()).count == 5)
    }

    @Test func `a program that others may write is refused at start`() throws {
        unsafe chmod(receiver.program, 0o775)
        let sentence =
            "receivers.doors: \(receiver.program) can be written by group or others: chmod go-w it"
        for arguments in [
            ["lock", "ada", "--reason", "misuse", "--yes"], ["sync"], ["retry"],
        ] {
            let end = try lab.start(arguments).wait()
            #expect(end.exitCode == 78, "\(arguments)")
            #expect(end.stderr.contains(sentence), "\(end.stderr)")
        }
        #expect(lab.binds("ada"))
        let check = try lab.start(["check"]).wait()
        #expect(check.exitCode == 78)
        #expect(check.stdout.contains(sentence), "\(check.stdout)")
        // Whoever is not to hear of it keeps nobody from being locked.
        receiver.more = "for: [unlock]"
        try receiver.configure()
        #expect(try lab.lock("ada").outcome == "completed")
        unsafe chmod(receiver.program, 0o755)
        #expect(
            try lab.run("check").stdout.contains(
                "receivers.doors: \(receiver.program) can be run, and nobody but root and the "
                    + "store's owner can change it"))
    }

    @Test func `one that is gone, or may not be run any more, has failed`() throws {
        // The first call takes it away from the second.
        receiver.others = "second: {run: [\"\(receiver.program)\"]}"
        try receiver.configure()
        try receiver.behave("chmod 644 doors; end 0")
        let answer = try lab.lock("ada", exit: 75)
        #expect(answer.states(.notify) == ["doors": "done", "second": "failed"])
        #expect(
            answer.errors(.notify).first?.message
                == "\(receiver.program) may not be run: chmod a+x it")
        try receiver.install()
        try receiver.behave("rm doors; end 0")
        let next = try lab.lock("ben", exit: 75)
        #expect(next.states(.notify) == ["doors": "done", "second": "failed"])
        try receiver.install()
        try receiver.behave("end 0")
        #expect(try lab.retry().map(\.outcome) == ["completed", "completed"])
    }

    @Test func `one that the configuration has no more waits for it`() throws {
        try receiver.behave("end 75")
        try lab.lock("ada", exit: 75)
        lab.configuration.top = ""
        try lab.configure()
        let answers = try lab.retry(exit: 75)
        #expect(
            answers.first?.errors(.notify).first?.message == "receivers has no doors any more")
        try receiver.behave("end 0")
        try receiver.configure()
        #expect(try lab.retry().map(\.outcome) == ["completed"])
    }
}
