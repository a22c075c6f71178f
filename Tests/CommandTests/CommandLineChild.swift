import Fixtures
import Foundation

/// A program run to its end, and what it said.
struct CommandLineChild {
    struct Missing: Error, CustomStringConvertible {
        let program: String
        let package: String
        var description: String { "\(program) is missing: apt-get install \(package)" }
    }

    let status: Int32
    let output: String
    let errors: String

    /// The lockstep that this test was built beside.
    static var lockstep: URL {
        URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "lockstep")
    }

    static func program(_ name: String, package: String) throws -> URL {
        for folder in ["/usr/bin", "/bin", "/usr/local/bin"] {
            let file = URL(filePath: folder).appending(path: name)
            if FileManager.default.isExecutableFile(atPath: file.path) { return file }
        }
        throw Missing(program: name, package: package)
    }

    /// The folder of lockstep is first in the child's `PATH`.
    init(
        _ program: URL, _ arguments: [String], environment: [String: String] = [:],
        path: String? = nil
    ) throws {
        let files = try CommandLineFolder()
        let output = files.url.appending(path: "out")
        let errors = files.url.appending(path: "err")
        try Data().write(to: output)
        try Data().write(to: errors)
        let child = Process()
        child.executableURL = program
        child.arguments = arguments
        let folder = path ?? Self.lockstep.deletingLastPathComponent().path
        child.environment = ["PATH": "\(folder):/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
            .merging(environment) { $1 }
        child.standardInput = FileHandle.nullDevice
        child.standardOutput = try FileHandle(forWritingTo: output)
        child.standardError = try FileHandle(forWritingTo: errors)
        try child.run()
        child.waitUntilExit()
        status = child.terminationStatus
        self.output = try String(contentsOf: output, encoding: .utf8)
        self.errors = try String(contentsOf: errors, encoding: .utf8)
    }
}

/// A folder that is gone when the test is.
final class CommandLineFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func write(_ text: String, to name: String, mode: Int = 0o600) throws -> URL {
        let file = url.appending(path: name)
        guard mode & 0o111 == 0 else {
            try TemporaryFolder.install(text, at: file.path, mode: mode)
            return file
        }
        try text.write(to: file, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
        return file
    }
}
