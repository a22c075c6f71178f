internal import Foundation
internal import Glibc

/// A folder of its own under the temporary directory, removed with its owner.
package final class TemporaryFolder: Sendable {
    package let path: String

    package init(_ purpose: String = "test") throws {
        let parent = FileManager.default.temporaryDirectory.path
        let name = "lockstep-\(purpose)-\(UUID().uuidString.prefix(13).lowercased())"
        path = parent + "/" + name
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
    }

    /// In the home folder: a folder above it that everybody may write, as /tmp, makes nothing in it
    /// trustworthy.
    package init(ownedFolder purpose: String) throws {
        let parent = FileManager.default.homeDirectoryForCurrentUser.path
        path = parent + "/.lockstep-\(purpose)-\(UUID().uuidString.prefix(13).lowercased())"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
    }

    deinit {
        remove()
    }

    package func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of `name` in the folder.
    package func file(_ name: String) -> String {
        path + "/" + name
    }

    /// Writes a file and returns its path; the mode is set before the first byte is there.
    @discardableResult
    package func write(_ text: String, to name: String, mode: Int = 0o600) throws -> String {
        let made = FileManager.default.createFile(
            atPath: file(name), contents: Data(text.utf8), attributes: [.posixPermissions: mode])
        guard made else { throw FixtureError("cannot write \(file(name))") }
        return file(name)
    }

    /// Puts a program there; `path` has no other writer than a process that has ended by then.
    ///
    /// A child that another thread is just starting may still have what this process wrote open for
    /// writing, and what is open for writing can't be run (ETXTBSY).
    package static func install(_ text: String, at path: String, mode: Int = 0o755) throws {
        let source = path + ".text"
        try Data(text.utf8).write(to: URL(filePath: source))
        try ChildProcess.run(
            "/usr/bin/install", ["-m", String(mode, radix: 8), source, path]
        ).succeeded(at: "install")
    }

    @discardableResult
    package func makeFolder(_ name: String) throws -> String {
        try FileManager.default.createDirectory(
            atPath: file(name), withIntermediateDirectories: true)
        return file(name)
    }
}

extension TemporaryFolder {
    /// Puts another text into the file `name`, which is there.
    package func replace(_ name: String, with text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: file(name)))
    }

    package func append(_ text: String, to name: String) throws {
        let old = try String(contentsOfFile: file(name), encoding: .utf8)
        try replace(name, with: old + text)
    }

    /// Removes the file `name`, if it is there.
    package func remove(file name: String) throws {
        guard FileManager.default.fileExists(atPath: file(name)) else { return }
        try FileManager.default.removeItem(atPath: file(name))
    }
}

/// Held by one process at a time; freed with its owner, or with the process.
final class FileLock {
    private let descriptor: Int32

    /// Waits for whoever holds it.
    init(_ path: String) throws {
        descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0, flock(descriptor, LOCK_EX) == 0 else {
            throw FixtureError("\(path) can't be locked: error \(errno)")
        }
    }

    deinit {
        close(descriptor)
    }
}
