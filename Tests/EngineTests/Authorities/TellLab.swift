import Fixtures
import Foundation
import Ground
import Testing

/// A lock's lab whose people have certificates of a CA of its own, which is told.
final class TellLab: DrivenProgram {
    let lab: LockLab
    let ca: CertificateAuthority
    /// Nobody else may write the program or a folder above it.
    private let programFolder: TemporaryFolder
    var folder: TemporaryFolder { lab.folder }

    /// How the CA is told, without any way nobody tells it; and where it is seen.
    var tell: String?
    var see: String?
    var more = ""

    init(_ change: (inout SlapdOptions) -> Void = { _ in }) throws {
        lab = try LockLab(change)
        ca = try CertificateAuthority()
        programFolder = try TemporaryFolder(ownedFolder: "tell")
    }

    func configure() throws {
        let lines = [
            "certificate: \(ca.certificate)", tell.map { "tell: {\($0)}" },
            see.map { "see: {\($0)}" },
        ].compactMap(\.self)
        lab.configuration.top =
            "authorities:\n  lighthouse:\n"
            + lines.map { "    \($0)\n" }.joined() + more
        try lab.configure()
    }

    /// Signed by an RA's certificate, to whatever listens at the address.
    func tellByCMP(at url: String, trust: String? = nil) throws {
        if !FileManager.default.fileExists(atPath: ca.file("ra", "pem")) {
            try ca.issue("ra", .signer)
        }
        tell =
            "cmp: {uri: \"\(url)\", certificate: \"\(ca.file("ra", "pem"))\", "
            + "key: \"\(ca.file("ra", "key"))\", trust: \"\(trust ?? ca.certificate)\"}"
    }

    /// Gives somebody a card with a new certificate of the CA's, and its serial.
    @discardableResult
    func issue(_ name: String, to user: String? = nil, serial: String? = nil) throws -> String {
        try ca.issue(name, serial: serial)
        try carry(ca.file(name, "pem"), on: "card-\(name)", of: user ?? name)
        return try self.serial(of: name)
    }

    /// A certificate from a file, on a card of somebody's that is made for it.
    func carry(_ file: String, on card: String, of user: String) throws {
        try succeed("credential", "add", user, "--kind", "card", "--serial", card)
        try succeed("certificate", "import", file, "--credential", card)
    }

    /// As if the CA's answers had been lost.
    func forgetTold() throws {
        try ChildProcess.run(
            "sqlite3",
            [
                folder.file("store.db"),
                "UPDATE certificate_bindings SET told = NULL, told_at = NULL",
            ]
        ).succeeded(at: "sqlite3")
    }

    /// As everything names it: upper-case hexadecimal.
    func serial(of name: String) throws -> String {
        let line = try ChildProcess.run(
            "openssl", ["x509", "-in", ca.file(name, "pem"), "-noout", "-serial"]
        ).succeeded(at: "openssl x509").stdout
        return line.replacing("serial=", with: "").trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// A program that tells the CA; it writes down each document that it gets, and does as `body` says.
    func tellByProgram(_ body: String = "exit 0", options: String = "") throws {
        let said = programFolder.file("said")
        // What it is called by is a descriptor.
        let text =
            "#!/bin/sh\nself='\(programFolder.file("tell"))'\n"
            + "cat >\"$self.now\"; cat \"$self.now\" >>'\(said)'; echo >>'\(said)'\n"
            + body + "\n"
        try TemporaryFolder.install(text, at: programFolder.file("tell"), mode: 0o755)
        tell = "run: [\"\(programFolder.file("tell"))\"]\(options)"
    }

    /// Another program at its place.
    func tellByProgram(of text: String) throws {
        try TemporaryFolder.install(text, at: program, mode: 0o755)
    }

    var program: String { programFolder.file("tell") }

    /// What the program wrote into `$self.NAME`; nil: nothing.
    func written(_ name: String) -> String? {
        let text = try? String(contentsOfFile: programFolder.file("tell.\(name)"), encoding: .utf8)
        return text.flatMap { text in
            text.hasSuffix("\n") ? text.trimmingCharacters(in: .whitespacesAndNewlines) : nil
        }
    }

    /// What the program was told, in order.
    func said() throws -> [JSONValue] {
        let path = programFolder.file("said")
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            .map { try #require(JSONValue(parsing: String($0))) }
    }

    /// `revoke A1B2 affiliationChanged` each.
    func requests() throws -> [String] {
        try said().map { document in
            ["request", "serial", "reason"].compactMap { document[$0]?.string }
                .joined(separator: " ")
        }
    }

    /// From now on the program finds `$self.open`.
    func open() throws {
        try Data().write(to: URL(filePath: programFolder.file("tell.open")))
    }

    /// Writes a certificate into somebody's entry, as they may do themselves.
    func enter(_ name: String, of ca: CertificateAuthority? = nil, into user: String) throws {
        let der = Data(try (ca ?? self.ca).der(name)).base64EncodedString()
        try lab.change(
            LockLab.person(user), "add: userCertificate;binary\nuserCertificate;binary:: \(der)")
    }
}
