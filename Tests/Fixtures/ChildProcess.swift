internal import Foundation
internal import Glibc
internal import Synchronization

/// A program that was started and may still be running; killed by its pid with its owner.
///
/// Output goes to anonymous files, so a child that writes much never blocks. The child starts with no
/// signal blocked: the threads that run tests block SIGTERM, and a child inherits that.
package final class ChildProcess: Sendable {
    package let pid: Int32
    private let output: Int32
    private let errors: Int32
    private let ending = Mutex<Int32?>(nil)

    /// Environment: that of the test with `LDAPNOINIT=1`, and `environment` laid over it.
    package init(
        _ program: String, _ arguments: [String] = [], environment: [String: String] = [:],
        input: [UInt8] = [], folder: String? = nil
    ) throws {
        let stdin = try Self.anonymousFile(holding: input)
        defer { close(stdin) }
        output = try Self.anonymousFile(holding: [])
        errors = try Self.anonymousFile(holding: [])

        var whole = ProcessInfo.processInfo.environment
        whole["LDAPNOINIT"] = "1"
        whole.merge(environment) { _, new in new }
        // env(1) changes the folder and becomes the program: the pid stays.
        let command = (folder.map { ["/usr/bin/env", "-C", $0] } ?? []) + [program] + arguments
        pid = try Spawner(descriptors: [stdin, output, errors])
            .spawn(command, environment: whole.map { "\($0.key)=\($0.value)" })
    }

    deinit {
        if isRunning { end() }
        close(output)
        close(errors)
    }

    package var isRunning: Bool {
        ending.withLock { Self.reap(pid, WNOHANG, &$0) == nil }
    }

    package func signal(_ number: Int32) {
        ending.withLock {
            if Self.reap(pid, WNOHANG, &$0) == nil { _ = Glibc.kill(pid, number) }
        }
    }

    /// SIGKILL, and waits until it is gone.
    package func end() {
        ending.withLock {
            guard Self.reap(pid, WNOHANG, &$0) == nil else { return }
            _ = Glibc.kill(pid, SIGKILL)
            _ = Self.reap(pid, 0, &$0)
        }
    }

    /// Waits until it has ended of itself; after `seconds` it is killed and an error thrown.
    package func wait(seconds: Int = 60) throws -> FinishedProcess {
        for _ in 0..<(seconds * 500) {
            if let code = ending.withLock({ Self.reap(pid, WNOHANG, &$0) }) {
                return FinishedProcess(
                    exitCode: code, output: Self.contents(of: output),
                    errors: Self.contents(of: errors))
            }
            usleep(2_000)
        }
        end()
        throw FixtureError("killed after \(seconds) s: \(outputSoFar) \(errorsSoFar)")
    }

    package var outputSoFar: String { String(decoding: Self.contents(of: output), as: UTF8.self) }
    package var errorsSoFar: String { String(decoding: Self.contents(of: errors), as: UTF8.self) }

    /// Starts a program, waits for it and returns what it wrote.
    package static func run(
        _ program: String, _ arguments: [String] = [], environment: [String: String] = [:],
        input: [UInt8] = [], folder: String? = nil, seconds: Int = 60
    ) throws -> FinishedProcess {
        try ChildProcess(
            program, arguments, environment: environment, input: input, folder: folder
        ).wait(seconds: seconds)
    }

    /// The exit code, 128 and the signal's number for one that was killed; nil while it runs.
    private static func reap(_ pid: Int32, _ flags: Int32, _ known: inout Int32?) -> Int32? {
        if let known { return known }
        var status: Int32 = 0
        guard unsafe waitpid(pid, &status, flags) == pid else { return nil }
        let signal = status & 0x7f
        known = signal == 0 ? (status >> 8) & 0xff : 128 + signal
        return known
    }

    private static func anonymousFile(holding bytes: [UInt8]) throws -> Int32 {
        let path = FileManager.default.temporaryDirectory.path + "/lockstep-\(UUID().uuidString)"
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FixtureError("\(path): error \(errno)") }
        unsafe unlink(path)
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe pwrite(
                    descriptor, $0.baseAddress?.advanced(by: written), $0.count - written, written)
            }
            guard count > 0 else { throw FixtureError("pwrite: error \(errno)") }
            written += count
        }
        return descriptor
    }

    private static func contents(of descriptor: Int32) -> [UInt8] {
        let size = Int(lseek(descriptor, 0, SEEK_END))
        guard size > 0 else { return [] }
        return unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = max(0, unsafe pread(descriptor, buffer.baseAddress, size, 0))
        }
    }
}

/// What a program left behind.
package struct FinishedProcess: Sendable {
    /// 128 and the signal's number for one that was killed.
    package let exitCode: Int32
    package let output: [UInt8]
    package let errors: [UInt8]

    package var stdout: String { String(decoding: output, as: UTF8.self) }
    package var stderr: String { String(decoding: errors, as: UTF8.self) }

    /// Itself when the program ended with 0; else an error with all that it said.
    @discardableResult
    package func succeeded(at what: String) throws -> FinishedProcess {
        guard exitCode == 0 else {
            throw FixtureError("\(what): exit \(exitCode)\n\(stdout)\(stderr)")
        }
        return self
    }
}
