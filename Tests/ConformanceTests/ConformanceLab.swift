import Fixtures
import Foundation
import Ground
import Testing

/// One server, the sample configuration that fits it, and the built program driven against them.
///
/// The program reaches the server through `proxy`.
final class ConformanceLab {
    let directory: any ConformanceDirectory
    let proxy: TCPProxy
    let folder: TemporaryFolder

    convenience init(
        _ kind: DirectoryKind, _ options: ConformanceOptions = ConformanceOptions()
    ) throws {
        try self.init(kind.start(options))
    }

    init(_ directory: any ConformanceDirectory) throws {
        self.directory = directory
        proxy = try TCPProxy(to: directory.server.port)
        folder = try TemporaryFolder("conformance")
        try folder.write(directory.servicePassword, to: "hq.password")
        try configure(uri: proxy.url)
    }

    var server: any DirectoryServer { directory.server }

    /// Writes the sample for this server, with the test's own server and files in the place of its own.
    ///
    /// `timeout`: how long a server may take, on a machine that is busy with other tests, too.
    func configure(
        uri: String, timeout: String = "60s", _ change: (String) -> String = { $0 }
    ) throws {
        var lines: [Substring] = []
        var dropped: Int?
        for line in try sample().split(separator: "\n", omittingEmptySubsequences: false) {
            let indent = line.prefix { $0 == " " }
            // Of a section that is left out all that stands further in is, too.
            if let depth = dropped, indent.count > depth || line.isEmpty { continue }
            dropped = nil
            switch line.dropFirst(indent.count).prefix(while: { $0 != ":" }) {
            case "store": lines.append("store: store.db")
            case "uri":
                lines.append("\(indent)uri: \(uri)")
                lines.append("\(indent)timeout: {connect: \(timeout), operation: \(timeout)}")
            case "tls", "timeout", "canary", "rename", "keep": dropped = indent.count
            case "passwordFile": lines.append("\(indent)passwordFile: hq.password")
            default: lines.append(line)
            }
        }
        lines += ["  returned:", "    for: [unlock, reactivate]", ""]
        try folder.write(change(lines.joined(separator: "\n")), to: "lockstep.yaml")
    }

    /// The sample's text.
    func sample() throws -> String {
        let repository = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return try String(
            contentsOf: repository.appending(path: "config/\(directory.sample)"), encoding: .utf8)
    }

    func start(_ arguments: [String]) throws -> ChildProcess {
        try ChildProcess(
            try Products.lockstep(), ["--config", folder.file("lockstep.yaml")] + arguments)
    }

    /// Runs the program with `--json` and holds it to its exit code.
    @discardableResult
    func json(
        _ arguments: String..., exit: Int32 = 0, at location: SourceLocation = #_sourceLocation
    ) throws -> JSONValue {
        let end = try start(["--json"] + arguments).wait()
        #expect(end.exitCode == exit, "\(end.stdout)\(end.stderr)", sourceLocation: location)
        return try #require(
            JSONValue(parsing: end.stdout), "\(end.stderr)", sourceLocation: location)
    }

    /// What `check` says of one thing: `state: message`, in its order.
    func check(_ name: String, exit: Int32 = 0, at location: SourceLocation = #_sourceLocation)
        throws -> [String]
    {
        try (json("check", exit: exit, at: location).array ?? [])
            .filter { $0["check"]?.string == name }
            .map { "\($0["state"]?.string ?? ""): \($0["message"]?.string ?? "")" }
    }

    /// What a sync reports of the one directory; one who follows may be at it.
    @discardableResult
    func sync(
        exit: Int32 = 0, at location: SourceLocation = #_sourceLocation
    ) throws -> JSONValue {
        try #require(
            json("sync", "--wait", "60", exit: exit, at: location)["directories"]?[0],
            sourceLocation: location)
    }

    @discardableResult
    func lock(
        _ user: String, exit: Int32 = 0, at location: SourceLocation = #_sourceLocation
    ) throws -> JSONValue {
        try json(
            "lock", user, "--reason", "left-organization", "--yes", exit: exit, at: location)
    }

    /// Whether the size limit keeps the service account from reading everybody in one search.
    func isLimited() throws -> Bool {
        let search = try ChildProcess.run(
            "/usr/bin/ldapsearch",
            ["-x", "-H", server.url, "-D", directory.serviceDN, "-w", directory.servicePassword]
                + ["-b", SampleOrganisation.suffix, "(mail=*)", "1.1"])
        return search.exitCode == 4
    }

    /// The names that the groups of her roles have in the tree.
    func roles(of user: String) throws -> [String] {
        (try json("show", user)["roles"]?.array ?? []).compactMap {
            $0["group"]?.string.flatMap { Self.name(of: $0) }
        }.sorted()
    }

    static func name(of dn: String) -> String? {
        dn.split(separator: ",").first?.split(separator: "=").last.map(String.init)
    }

    /// The groups whose members the directory shows her among.
    func groups(of dn: String) throws -> [String] {
        try server.search("(|(member=\(escaped(dn)))(uniqueMember=\(escaped(dn))))")
    }

    func binds(_ user: String) -> Bool {
        server.binds(as: directory.person(user), password: directory.password(of: user))
    }

    /// Holds her to be locked in the directory: disabled, refused, in no group.
    func expectLocked(_ user: String, at location: SourceLocation = #_sourceLocation) throws {
        let dn = directory.person(user)
        #expect(try directory.isDisabled(dn), sourceLocation: location)
        #expect(!binds(user), sourceLocation: location)
        #expect(try groups(of: dn).isEmpty, sourceLocation: location)
    }

    /// A modify of one entry by the administrator.
    func change(_ dn: String, _ lines: String) throws {
        try server.modify("dn: \(dn)\nchangetype: modify\n\(lines)\n")
    }

    /// Plainly as LDAP has it (RFC 4515).
    private func escaped(_ dn: String) -> String {
        dn.replacing("\\", with: "\\5c").replacing("(", with: "\\28").replacing(")", with: "\\29")
            .replacing("*", with: "\\2a")
    }
}

/// What a promise asks of its server.
struct ConformanceOptions {
    /// The most entries that it gives to the service account; nil is unlimited.
    var sizeLimit: Int?
    /// Whether it shows a certificate of the test's CA to ldaps://.
    var isSecure = false
}

/// What a server's size limit comes to.
enum SizeLimitEffect {
    /// It counts over all pages: not everybody can be read.
    case total
    /// It counts anew for each page, and limits one search without pages.
    case page
    /// The server has the setting, and does not hold anybody to it.
    case none
}
