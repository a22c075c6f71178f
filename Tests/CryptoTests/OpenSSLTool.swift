import Foundation
import Testing

/// The `openssl` binary, working in a folder of one test's own that goes with it.
final class OpenSSLTool: Sendable {
    struct Failed: Error {
        let arguments: [String]
        let status: Int32
    }

    let folder: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "lockstep-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        self.folder = folder.path
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    func file(_ name: String) -> String { folder + "/" + name }

    func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: file(name))))
    }

    func write(_ text: String, _ name: String) throws {
        try text.write(toFile: file(name), atomically: true, encoding: .utf8)
    }

    /// `NAME.pem` and `NAME.key`, self-signed, with the PEM's text as the result.
    @discardableResult
    func makeCertificate(
        _ name: String, subject: String = "/O=Example/CN=Ada", serial: String = "0x1A2B3C",
        extensions: [String] = []
    ) throws -> String {
        let arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-utf8", "-subj", subject, "-set_serial", serial, "-days", "30",
            "-keyout", name + ".key", "-out", name + ".pem",
        ]
        try run(arguments + extensions.flatMap { ["-addext", $0] })
        return String(decoding: try bytes(name + ".pem"), as: UTF8.self)
    }

    @discardableResult
    func run(_ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.currentDirectoryURL = URL(filePath: folder)
        let output = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failed(arguments: arguments, status: process.terminationStatus)
        }
        return String(decoding: text, as: UTF8.self)
    }
}
