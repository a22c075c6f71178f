import Fixtures
import Foundation
import Glibc
import Ground
import Testing

/// A directory to lock people in, and a receiver, `doors`, that writes down what it hears.
final class ReceiverLab {
    let lab: LockLab
    /// Where the receiver stands, and what it has written down.
    let folder: TemporaryFolder
    /// Lines below `doors`; ``configure()`` writes them.
    var more = ""
    /// Other receivers, each a line below `receivers`.
    var others = ""

    init() throws {
        lab = try LockLab()
        folder = try TemporaryFolder(ownedFolder: "receiver")
        try folder.write("", to: "log")
        try folder.write("", to: "lock")
        try folder.write("end 0\n", to: "behaviour")
        try install()
        try configure()
        try lab.sync()
    }

    var program: String { folder.file("doors") }

    func install(mode: Int = 0o755) throws {
        // What it starts keeps the lock, too: a second call at a time is seen, whoever is left of the first.
        let text = """
            #!/bin/sh
            cd '\(folder.path)' || exit 3
            exec 9>lock
            flock -n 9 || echo "overlap $LOCKSTEP_EVENT" >>log
            echo "begin $LOCKSTEP_EVENT" >>log
            cat >"document.$$" && mv "document.$$" "$LOCKSTEP_EVENT.json"
            end() { echo "end $LOCKSTEP_EVENT" >>log; exit "$1"; }
            . ./behaviour

            """
        try TemporaryFolder.install(text, at: program, mode: mode)
    }

    func configure() throws {
        lab.configuration.top = """
            receivers:
              doors:
                run: ["\(program)", --site, north]
                \(more)
              \(others)
            """
        try lab.configure()
    }

    /// What the receiver does with what it has read; a shell's words.
    func behave(_ words: String) throws { try folder.replace("behaviour", with: words + "\n") }

    /// What it has written down: `begin process:1`, `end process:1`, `overlap …`.
    func log() throws -> [String] {
        try String(contentsOfFile: folder.file("log"), encoding: .utf8)
            .split(separator: "\n").map(String.init)
    }

    /// The events that it was called with, in order.
    func heard() throws -> [String] {
        try log().filter { $0.hasPrefix("begin ") }.map { String($0.dropFirst(6)) }
    }

    func document(_ event: String) throws -> JSONValue {
        let text = try String(contentsOfFile: folder.file(event + ".json"), encoding: .utf8)
        return try #require(JSONValue(parsing: text), "\(text)")
    }

    /// Lets everything fall due that waits elsewhere.
    func passTime() throws {
        try sql("UPDATE steps SET due_at = NULL WHERE kind = 'notify'")
    }

    func sql(_ statement: String) throws {
        try ChildProcess.run(
            "sqlite3", [lab.folder.file("store.db"), statement]
        ).succeeded(at: "sqlite3")
    }
}
