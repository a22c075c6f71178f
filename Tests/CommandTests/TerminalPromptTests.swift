import Glibc
import Testing

@testable import lockstep

struct TerminalPromptTests {
    private func asked<Answer>(
        _ typed: String, interrupted: @escaping () -> Bool = { false },
        _ ask: (Prompt) -> Answer
    ) throws -> (answer: Answer, shown: String) {
        let input = try TerminalPipe()
        input.send(typed)
        input.closeWriting()
        let screen = try TerminalPipe()
        let output = Output(descriptor: screen.writing, capabilities: .none)
        let lines = LineInput(descriptor: input.reading, interrupted: interrupted)
        let answer = ask(Prompt(input: lines, output: output))
        output.flush()
        return (answer, screen.contents())
    }

    @Test(arguments: [
        ("Next\n", true), ("NEXT\n", true), ("  next \r\n", true), ("\nnext\n", true),
        ("yes\nNext\n", true), ("n\n", false), ("n\nNext\n", true), ("y\n", false), ("", false),
        ("\n\n", false), ("Cancel\n", false), ("C\nNext\n", false), ("nope\nc\nNext\n", false),
        ("Next please\n", false), ("Nex\n", false), ("next", false),
    ])
    func `Next is the whole word alone, and the end of input is Cancel`(
        typed: String, next: Bool
    ) throws {
        #expect(try asked(typed) { $0.confirms("Lock Ada (ada) for misuse.") }.answer == next)
    }

    @Test func `what is no answer is said, and the question is asked again`() throws {
        let shown = try asked("n\nc\n") { $0.confirms("Lock Ada (ada) for misuse.") }.shown
        let question = "Lock Ada (ada) for misuse. Next or Cancel? "
        #expect(
            shown == question
                + "Only the whole word Next goes on; Cancel, c or Ctrl-D ends it here.\n"
                + question)
    }

    @Test(
        arguments: [
            ("Lock user\n", 0), ("LOCK\n", 0), ("l\nBack\n", 1), ("b\n", 1), ("\nc\n", 2),
            ("Cancel\n", 2), ("l\n", nil),
        ] as [(String, Int?)])
    func `what goes on is a whole word, and what goes back may be a letter`(
        typed: String, place: Int?
    ) throws {
        #expect(
            try asked(typed) { $0.decide(["Lock user", "Back", "Cancel"], about: "Ada (ada)") }
                .answer == place)
    }

    @Test func `the question names the person, and what does not count is answered by what does`()
        throws
    {
        let shown = try asked("l\nc\n") {
            $0.decide(["Lock user", "Back", "Cancel"], about: "Ada Sample (ada)")
        }.shown
        let question = "Ada Sample (ada): Lock user, Back or Cancel? "
        #expect(
            shown == question
                + "Only the whole word Lock goes on; the others are Back, or b; Cancel, or "
                + "c. Ctrl-D cancels.\n" + question)
    }

    private static let reasons = [
        Prompt.Choice(code: "left-organization", text: "The user quits the organization"),
        Prompt.Choice(code: "misuse", text: "Misuse"),
        Prompt.Choice(code: "1", text: "A code of digits"),
    ]

    @Test(
        arguments: [
            ("misuse\n", "misuse"), ("MISUSE\n", "misuse"), ("2\n", "misuse"), ("3\n", "1"),
            ("1\n", "1"), ("\n\n2\n", "misuse"), ("4\n0\n-1\n2\n", "misuse"), ("", nil),
            ("x\n", nil),
        ] as [(String, String?)])
    func `a reason is chosen by number or code`(typed: String, code: String?) throws {
        let answer = try asked(typed) { $0.choose("Why?", from: Self.reasons) }.answer
        #expect(answer == code)
    }

    @Test func `the list is shown once, and what is not on it is said`() throws {
        let shown = try asked("x\u{1B}\n2\n") { $0.choose("Why?", from: Self.reasons) }.shown
        #expect(
            shown == """
                Why?
                  1  left-organization: The user quits the organization
                  2  misuse: Misuse
                  3  1: A code of digits
                Number or code (Ctrl-D cancels): x␛ is not on the list.
                Number or code (Ctrl-D cancels): 
                """)
    }

    @Test func `a signal is Cancel`() throws {
        let next = try asked("next\n", interrupted: { true }, { $0.confirms("Lock Ada.") }).answer
        #expect(!next)
    }

    @Test func `what follows the line is left to whoever reads next`() throws {
        let input = try TerminalPipe()
        input.send("one\ntwo\n")
        #expect(LineInput(descriptor: input.reading).line() == "one")
        #expect(LineInput(descriptor: input.reading).line() == "two")
    }

    @Test func `signals are held back and told`() {
        let watch = SignalWatch()
        let before = watch.interrupted
        pthread_kill(pthread_self(), SIGTERM)
        let after = watch.interrupted
        watch.clear()
        let cleared = watch.interrupted
        #expect(!before && after && !cleared)
    }
}
