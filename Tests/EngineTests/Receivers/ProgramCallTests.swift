import Engine
import Fixtures
import Foundation
import Glibc
import Testing

struct ProgramCallTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder(ownedFolder: "program")
    }

    /// A shell script as the program.
    private func script(_ text: String, mode: Int = 0o755) throws -> String {
        try TemporaryFolder.install("#!/bin/sh\n" + text, at: folder.file("program"), mode: mode)
        return folder.file("program")
    }

    private func call(
        _ path: String, _ arguments: [String] = [], document: [UInt8] = [],
        timeout: Duration = .seconds(20)
    ) throws -> ProgramCall.Answer {
        try ProgramCall(
            launcher: Products.lockstep(), arguments: arguments,
            environment: ["PATH=/usr/bin:/bin", "LANG=C.UTF-8", "LOCKSTEP_EVENT=process:42"],
            timeout: timeout
        ).run(try ProgramFile(path, owner: geteuid()), document: document)
    }

    private func said(_ name: String) throws -> String {
        try String(contentsOfFile: folder.file(name), encoding: .utf8)
    }

    @Test func `it gets the document, its arguments, its environment, and nothing else`() throws {
        let document = Array(String(repeating: "ab", count: 100_000).utf8)
        let path = try script(
            """
            cd '\(folder.path)' && cat >stdin && printf '%s|' "$@" >arguments
            env | sort >environment && ls /proc/$$/fd | sort >descriptors
            ps -o pgid= -p $$ >group && echo $$ >pid
            """)
        #expect(try call(path, ["--site", "a b;$x"], document: document) == .done)
        #expect(try said("stdin").utf8.count == document.count)
        #expect(try said("arguments") == "--site|a b;$x|")
        let environment = try said("environment").split(separator: "\n").map(String.init)
        #expect(
            environment.filter {
                !$0.hasPrefix("PWD=") && !$0.hasPrefix("_=") && !$0.hasPrefix("OLDPWD=")
            }
                == ["LANG=C.UTF-8", "LOCKSTEP_EVENT=process:42", "PATH=/usr/bin:/bin"])
        // 10 is the shell's own, on the script; 3 the program.
        #expect(
            try Set(said("descriptors").split(separator: "\n")).isSubset(of: [
                "0", "1", "2", "3", "10", "255",
            ]))
        #expect(
            try said("group").trimmingCharacters(in: .whitespacesAndNewlines)
                == said("pid").trimmingCharacters(in: .whitespacesAndNewlines))
    }

    @Test(arguments: [
        ("exit 0", ProgramCall.Answer.done),
        ("echo ignored; exit 0", .done),
        (
            "echo 'the door is open' >&2; echo more >&2; exit 1",
            .failed("the door is open (exit 1)")
        ),
        ("printf 'a\\033[31mb\\n' >&2; exit 2", .failed("a [31mb (exit 2)")),
        ("exit 3", .failed("exit 3")),
        ("echo busy >&2; exit 75", .later("busy")),
        ("exit 75", .later("it asks to be called later (75)")),
        ("kill -9 $$", .failed("it was ended by signal 9")),
    ])
    func `its exit code says how it went`(text: String, answer: ProgramCall.Answer) throws {
        #expect(try call(script(text), document: [1, 2, 3]) == answer)
    }

    @Test func `a flood of words is read, and its beginning kept`() throws {
        let path = try script("head -c 5000000 /dev/zero | tr '\\0' x >&2; exit 1")
        let answer = try call(path)
        #expect(answer == .failed(String(repeating: "x", count: 1024) + " (exit 1)"))
    }

    @Test func `one that hangs is ended with all that it started`() throws {
        let path = try script("sleep 300 & echo $! >'\(folder.file("child"))'; sleep 300")
        #expect(try call(path, timeout: .milliseconds(500)) == .timedOut)
        let child = try #require(Int32(said("child").trimmingCharacters(in: .newlines)))
        for _ in 0..<500 where kill(child, 0) == 0 { usleep(10_000) }
        #expect(kill(child, 0) != 0)
    }

    @Test func `one that leaves a child behind does not hold the call up`() throws {
        let path = try script("sleep 30 & echo $! >'\(folder.file("child"))'; exit 0")
        #expect(try call(path) == .done)
        let child = try #require(Int32(said("child").trimmingCharacters(in: .newlines)))
        kill(child, SIGKILL)
    }

    @Test func `one that is gone, or lost its run bit since, is told`() throws {
        let path = try script("exit 0")
        let program = try ProgramFile(path, owner: geteuid())
        unsafe chmod(path, 0o644)
        let answer = try ProgramCall(
            launcher: Products.lockstep(), arguments: [], environment: [], timeout: .seconds(20)
        ).run(program, document: [])
        #expect(answer == .failed("\(path) can't be run: Permission denied (exit 126)"))
        try folder.remove(file: "program")
        #expect(try refusal(path) == "\(path) can't be opened: No such file or directory")
    }

    @Test func `what was judged is run, whatever stands at its path by then`() throws {
        let path = try script("exit 0")
        let program = try ProgramFile(path, owner: geteuid())
        try folder.remove(file: "program")
        _ = try script("exit 9")
        let answer = try ProgramCall(
            launcher: Products.lockstep(), arguments: [], environment: [], timeout: .seconds(20)
        ).run(program, document: [])
        #expect(answer == .done)
    }

    private func refusal(_ path: String) throws -> String? {
        do throws(ProgramRefusal) {
            let program = try ProgramFile(path, owner: geteuid())
            _ = consume program
            return nil
        } catch {
            return error.description
        }
    }

    @Test func `a program that others may put in place is refused`() throws {
        let path = try script("exit 0")
        #expect(try refusal(path) == nil)
        #expect(try refusal("true") == "true is not absolute: write it from the root on")
        #expect(try refusal(folder.path) == "\(folder.path) is no file: name a program")
        unsafe chmod(path, 0o644)
        #expect(try refusal(path) == "\(path) may not be run: chmod a+x it")
        unsafe chmod(path, 0o775)
        #expect(
            try refusal(path) == "\(path) can be written by group or others: chmod go-w it")
        unsafe chmod(path, 0o755)
        unsafe chmod(folder.path, 0o1777)
        #expect(
            try refusal(path)
                == "\(folder.path) can be written by group or others: chmod go-w it")
        // Also where only a link leads there.
        let home = try TemporaryFolder(ownedFolder: "link")
        unsafe symlink(path, home.file("link"))
        #expect(
            try refusal(home.file("link"))
                == "\(folder.path) can be written by group or others: chmod go-w it")
        unsafe chmod(folder.path, 0o700)
        #expect(try refusal(home.file("link")) == nil)
    }
}
