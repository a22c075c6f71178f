import Foundation
import Glibc
import Ground
import Testing

@testable import lockstep

struct TerminalOutputTests {
    @Test func `many lines arrive whole and in order`() throws {
        let folder = try CommandLineFolder()
        let file = try folder.write("", to: "out")
        let descriptor = unsafe open(file.path, O_WRONLY)
        defer { close(descriptor) }
        let output = Output(descriptor: descriptor, capabilities: .none)
        for number in 0..<100_000 { output.line("line \(number)") }
        output.flush()
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 100_000)
        #expect(lines.last == "line 99999")
    }

    @Test func `a slow reader of a non-blocking descriptor gets everything`() async throws {
        let pipe = try TerminalPipe()
        let flags = fcntl(pipe.writing, F_GETFL)
        _ = fcntl(pipe.writing, F_SETFL, flags | O_NONBLOCK)
        let reading = pipe.reading
        let reader = Task.detached { () -> Int in
            var room = [UInt8](repeating: 0, count: 1000)
            var total = 0
            while total < 300_000 {
                let count = unsafe read(reading, &room, room.count)
                if count <= 0 { break }
                total += count
            }
            return total
        }
        let output = Output(descriptor: pipe.writing, capabilities: .none)
        for _ in 0..<3000 { output.write(String(repeating: "x", count: 100)) }
        output.flush()
        pipe.closeWriting()
        #expect(await reader.value == 300_000)
        #expect(output.failure == nil)
    }

    @Test func `a reader that goes away ends the output and not the work`() throws {
        _ = signal(SIGPIPE, SIG_IGN)
        var ends: [Int32] = [0, 0]
        #expect(unsafe pipe(&ends) == 0)
        close(ends[0])
        let output = Output(descriptor: ends[1], capabilities: .none)
        output.line("one")
        output.flush()
        output.line("two")
        output.flush()
        close(ends[1])
        #expect(output.failure == EPIPE)
        #expect(!output.lostOutput)
    }

    private func lines(width: Int, _ body: (Output) -> Void) throws -> [String] {
        let folder = try CommandLineFolder()
        let file = try folder.write("", to: "out")
        let descriptor = unsafe open(file.path, O_WRONLY)
        defer { close(descriptor) }
        let output = Output(
            descriptor: descriptor,
            capabilities: Capabilities(isTerminal: true, width: width, colors: false))
        body(output)
        output.flush()
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    @Test func `a long value is broken between its parts, and no word within itself`() throws {
        let lines = try lines(width: 40) { output in
            output.item(
                "  disable entry      uid=solveig,ou=people,dc=lighthouse,dc=example",
                "  read back", indentation: 21)
            output.fact("mail", "solveig@lighthouse.example", nameWidth: 16)
            output.hanging([Span("  ")], "/var/lib/lockstep/of/the/lighthouse/store.db is whole")
            output.item("  5EA0000000000001  revoked 2026-11-28, seen", "  on L1", indentation: 4)
        }
        #expect(
            lines == [
                "  disable entry      ", "    uid=solveig,ou=people,dc=lighthouse,",
                "    dc=example", "    read back",
                "  mail             ", "    solveig@lighthouse.example",
                "  /var/lib/lockstep/of/the/lighthouse/", "  store.db is whole",
                "  5EA0000000000001  revoked 2026-11-28,", "                    seen", "    on L1",
            ])
    }

    @Test func `a full disk is known afterwards`() {
        let descriptor = unsafe open("/dev/full", O_WRONLY)
        defer { close(descriptor) }
        let output = Output(descriptor: descriptor, capabilities: .none)
        output.line("one")
        output.flush()
        #expect(output.failure == ENOSPC)
        #expect(output.lostOutput)
    }

    private func logged(
        _ format: LogFormat = .text, least: LogLevel = .info, journal: Bool = false,
        _ say: (Log) -> Void
    ) throws -> String {
        let pipe = try TerminalPipe()
        let output = Output(descriptor: pipe.writing, capabilities: .none)
        say(
            Log(output: output, format: format, least: least, journal: journal) {
                Timestamp(seconds: 1_795_442_700)
            })
        return pipe.contents()
    }

    private func everything(_ log: Log) {
        log.error("e")
        log.warning("w")
        log.notice("n")
        log.info("i")
        log.debug("d")
    }

    @Test(arguments: [
        (true, false, ["error: e", "warning: w"]),
        (false, false, ["error: e", "warning: w", "n", "i"]),
        (false, true, ["error: e", "warning: w", "n", "i", "d"]),
    ])
    func `quiet and verbose choose what is said`(
        quiet: Bool, verbose: Bool, lines: [String]
    ) throws {
        let least = Log.least(quiet: quiet, verbose: verbose)
        let text = try logged(least: least, everything)
        #expect(text == lines.map { "lockstep: \($0)\n" }.joined())
    }

    @Test func `the journal gets a level in front of each line`() throws {
        let text = try logged(journal: true) { $0.error("down") }
        #expect(text == "<3>lockstep: error: down\n")
    }

    @Test func `a message is one line, whatever is in it`() throws {
        let value = "a\n<0>lockstep: all is well"
        #expect(
            try logged { $0.info("read \(value)") }
                == "lockstep: read a␊<0>lockstep: all is well\n")
    }

    @Test func `as JSON each message is an object on a line`() throws {
        let text = try logged(.json) {
            $0.warning("slow", ["directory": .string("h\u{1B}q\""), "seconds": 7])
            $0.info("done")
        }
        #expect(
            text == #"""
                {"fields":{"directory":"h\u001bq\"","seconds":7},"level":"warning","message":"slow","time":"2026-11-23T14:05:00Z"}
                {"level":"info","message":"done","time":"2026-11-23T14:05:00Z"}

                """#)
    }

    @Test func `the journal is recognised by device and inode`() throws {
        let pipe = try TerminalPipe()
        var status = stat()
        #expect(unsafe fstat(pipe.writing, &status) == 0)
        let own = Environment(["JOURNAL_STREAM": "\(status.st_dev):\(status.st_ino)"])
        let inherited = Environment(["JOURNAL_STREAM": "1:1"])
        #expect(Log.isJournal(descriptor: pipe.writing, environment: own))
        #expect(!Log.isJournal(descriptor: pipe.writing, environment: inherited))
        #expect(!Log.isJournal(descriptor: pipe.writing, environment: Environment([:])))
    }
}
