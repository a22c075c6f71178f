import Fixtures
import Foundation
import Glibc

/// A tmux of its own with one window, in which somebody types and looks at the screen.
final class Tmux {
    private let folder: TemporaryFolder
    private let environment = ["TERM": "xterm-256color", "TMUX": "", "LC_ALL": "C.UTF-8"]

    /// Runs a command line of sh there; the window stays when it has ended.
    init(columns: Int, lines: Int, _ command: String) throws {
        folder = try TemporaryFolder("tmux")
        try folder.write("set -g remain-on-exit on\nset -g history-limit 5000\n", to: "tmux.conf")
        try run(
            "-f", folder.file("tmux.conf"), "new-session", "-d", "-x", "\(columns)", "-y",
            "\(lines)",
            command)
        // Of a command that has ended by then there is nothing to hear.
        _ = try? run("pipe-pane", "-t", ":0", "cat >>'\(folder.file("heard"))'")
    }

    deinit {
        // The server on this socket, and no other.
        _ = try? run("kill-server")
    }

    /// Keys by tmux's names (`Enter`, `C-c`), or text.
    func send(_ keys: String...) throws {
        try run(["send-keys", "-t", ":0"] + keys)
    }

    /// What can be seen, and what has scrolled away, with the lines whole that the margin broke.
    func screen() throws -> String {
        try run("capture-pane", "-p", "-J", "-S", "-", "-t", ":0")
    }

    /// Waits until `text` is on the screen as many times, and gives the screen.
    @discardableResult
    func wait(for text: String, times: Int = 1) throws -> String {
        for _ in 0..<3_000 {
            let seen = try screen()
            if seen.ranges(of: text).count >= times { return seen }
            usleep(100_000)
        }
        throw FixtureError("“\(text)” did not come: \(try screen())")
    }

    /// Waits until the terminal was sent `text`, which may have been written over since.
    func waitToHear(_ text: String) throws {
        for _ in 0..<3_000 {
            let heard = try? String(contentsOfFile: folder.file("heard"), encoding: .utf8)
            if heard?.contains(text) == true { return }
            usleep(100_000)
        }
        throw FixtureError("“\(text)” was not heard: \(try screen())")
    }

    @discardableResult
    private func run(_ arguments: String...) throws -> String { try run(arguments) }

    @discardableResult
    private func run(_ arguments: [String]) throws -> String {
        try ChildProcess.run(
            "tmux", ["-S", folder.file("socket")] + arguments, environment: environment
        ).succeeded(at: "tmux \(arguments)").stdout
    }
}
