import Fixtures
import Glibc
import Testing

@testable import lockstep

/// The line that says what is waited for: it delays nobody, and garbles nothing.
@Suite struct WaitingLineTests {
    private let terminal: TerminalPair
    private let output: Output
    private let line: WaitingLine

    init() throws {
        terminal = try TerminalPair()
        output = Output(
            descriptor: terminal.inner,
            capabilities: Capabilities(isTerminal: true, width: 80, colors: false), screen: Screen()
        )
        line = try #require(WaitingLine(output, isQuiet: false))
        line.set(remark: "Ctrl-C ends it")
    }

    /// All that comes within a time that nothing takes.
    private func shown(within milliseconds: Int32) -> String {
        var octets: [UInt8] = []
        let end = Stopwatch.seconds() + Double(milliseconds) / 1_000
        while Stopwatch.seconds() < end {
            var wanted = pollfd(fd: terminal.outer, events: Int16(POLLIN), revents: 0)
            guard unsafe poll(&wanted, 1, 20) > 0 else { continue }
            var room = [UInt8](repeating: 0, count: 4_096)
            let count = unsafe read(terminal.outer, &room, room.count)
            octets += room.prefix(max(0, count))
        }
        return String(decoding: octets, as: UTF8.self)
    }

    private func arrival(of text: String) -> String {
        var all = ""
        for _ in 0..<100 where !all.contains(text) { all += shown(within: 100) }
        return all
    }

    @Test func `a terminal that was stopped holds nobody up`() {
        #expect(tcflow(terminal.inner, TCOOFF) == 0)
        let begin = Stopwatch.seconds()
        for _ in 0..<30 {
            line.begin("hq")
            usleep(50_000)
            line.end()
        }
        line.begin("hq")
        usleep(1_500_000)
        line.end()
        // 3 s are what it slept itself.
        #expect(Stopwatch.seconds() - begin < 20)
        #expect(shown(within: 100) == "")
        #expect(tcflow(terminal.inner, TCOON) == 0)
        output.line("done")
        output.flush()
        #expect(arrival(of: "done\r\n").hasSuffix("done\r\n"))
    }

    @Test func `a line takes its place, and stands alone`() {
        line.begin("hq, ldap://127.0.0.1")
        #expect(arrival(of: "waiting for hq, ldap://127.0.0.1: 1 s; Ctrl-C ends it\u{1B}[K") != "")
        output.line("a warning")
        output.flush()
        let after = arrival(of: "a warning\r\n")
        #expect(after.contains("\r\u{1B}[Ka warning\r\n"), "\(after.debugDescription)")
        line.end()
        // What is still waited for is said anew; what is not, is not.
        #expect(!shown(within: 1_500).contains("waiting"))
    }

    @Test func `one wait within another is said, and then the other one again`() {
        line.begin("the outer one")
        line.begin("the inner one")
        #expect(arrival(of: "waiting for the inner one: 1 s").contains("the inner one"))
        line.end()
        #expect(arrival(of: "waiting for the outer one: ").contains("the outer one"))
        line.end()
        #expect(arrival(of: "\r\u{1B}[K").contains("\u{1B}[K"))
        line.end()
        line.begin("a third one")
        #expect(arrival(of: "waiting for a third one: 1 s").contains("a third one"))
        line.end()
    }

    @Test func `many short waits together are a long one`() {
        var all = ""
        for number in 0..<40 where !all.contains("waiting for") {
            line.begin("page \(number)")
            all += shown(within: 100)
            line.end()
        }
        #expect(all.contains("waiting for page"), "\(all.debugDescription)")
    }

    @Test func `a question that waits for its answer is left alone`() {
        output.write("Next or Cancel? ")
        output.flush()
        line.begin("hq")
        #expect(shown(within: 1_600) == "Next or Cancel? ")
        output.screen?.noteEndOfLine()
        #expect(arrival(of: "waiting for hq: ").contains("waiting for hq"))
        line.end()
    }
}
