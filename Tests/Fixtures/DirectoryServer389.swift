internal import Foundation
internal import Glibc
internal import Synchronization

/// A 389 Directory Server of the test's own, on free ports of 127.0.0.1, in a folder of its own.
///
/// Holds ``SampleOrganisation``. Runs as the user who runs the tests. Killed with its owner.
package final class DirectoryServer389: DirectoryServer {
    package static let managerDN = "cn=Directory Manager"
    static let managerPassword = "manager-secret"

    package let folder: TemporaryFolder
    package let options: DirectoryServer389Options
    package let port: UInt16
    package let tlsPort: UInt16
    private let child = Mutex<ChildProcess?>(nil)

    package init(
        _ options: DirectoryServer389Options = DirectoryServer389Options()
    ) throws {
        self.options = options
        folder = try TemporaryFolder("389ds")
        port = try LoopbackSocket.freePort()
        tlsPort = try LoopbackSocket.freePort()
        try DirectoryServer389Original.copy(to: folder.path)
        try configure()
        if let certificate = options.certificate { try show(certificate) }
        try start()
    }

    convenience package init(_ change: (inout DirectoryServer389Options) -> Void) throws {
        var options = DirectoryServer389Options()
        change(&options)
        try self.init(options)
    }

    /// An empty one in a folder where an instance has been made, with its configuration as it is.
    init(madeIn folder: TemporaryFolder, port: UInt16, tlsPort: UInt16) throws {
        options = DirectoryServer389Options()
        self.folder = folder
        self.port = port
        self.tlsPort = tlsPort
        try configure()
        try start()
    }

    deinit {
        child.withLock { $0?.end() }
    }

    package var url: String { "ldap://127.0.0.1:\(port)" }
    package var tlsURL: String { "ldaps://127.0.0.1:\(tlsPort)" }
    /// What the server wrote about itself.
    package var log: String {
        let path = folder.file("log/slapd-\(DirectoryServer389Original.instance)/errors")
        return (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    }

    package func start() throws {
        // With `-d` it stays in the foreground, a child like any other.
        let started = try ChildProcess(
            "/usr/sbin/ns-slapd",
            ["-D", configurationFolder, "-i", folder.file("run/pid"), "-d", "0"])
        child.withLock { $0 = started }
        for _ in 0..<6_000 {
            if SimpleBind.result(port: port, dn: "", password: "") != nil { return }
            guard started.isRunning else { break }
            usleep(10_000)
        }
        throw FixtureError("ns-slapd does not answer: \(log.suffix(2_000))")
    }

    package func stop() throws {
        child.withLock { $0?.signal(SIGTERM) }
        _ = try child.withLock { try $0?.wait(seconds: 60) }
    }

    package func kill() {
        child.withLock { $0?.end() }
    }

    /// One of OpenLDAP's tools, as the directory manager.
    package func tool(
        _ name: String, _ arguments: [String], input: String = ""
    ) throws -> FinishedProcess {
        try ChildProcess.run(
            "/usr/bin/\(name)",
            ["-x", "-H", url, "-D", Self.managerDN, "-w", Self.managerPassword] + arguments,
            // Thousands of changes take a minute where other servers are at work.
            input: Array(input.utf8), seconds: 300)
    }

    /// The entry of the configuration that has this suffix in its name.
    package static func mappingTree(_ suffix: String) -> String {
        let name = suffix.replacing("=", with: #"\3D"#).replacing(",", with: #"\2C"#)
        return "cn=\(name),cn=mapping tree,cn=config"
    }

    private var configurationFolder: String {
        folder.file("etc/dirsrv/slapd-\(DirectoryServer389Original.instance)")
    }

    private func configure() throws {
        var dse = try DSE(configurationFolder + "/dse.ldif")
        try dse.set("nsslapd-port", ["\(port)"], of: "cn=config")
        try dse.set("nsslapd-securePort", ["\(tlsPort)"], of: "cn=config")
        let isSecure = options.certificate != nil
        try dse.set("nsslapd-security", [isSecure ? "on" : "off"], of: "cn=config")
        try dse.set("nsslapd-sizelimit", ["\(options.sizeLimit ?? -1)"], of: "cn=config")
        for (plugin, isOn) in [
            ("MemberOf Plugin", options.memberOf),
            ("referential integrity postoperation", options.referentialIntegrity),
            ("Retro Changelog Plugin", options.contentSync),
            ("Content Synchronization", options.contentSync),
        ] {
            try dse.set(
                "nsslapd-pluginEnabled", [isOn ? "on" : "off"],
                of: "cn=\(plugin),cn=plugins,cn=config")
        }
        try dse.set(
            "memberOfGroupAttr", ["member", "uniqueMember"],
            of: "cn=MemberOf Plugin,cn=plugins,cn=config")
        try dse.set(
            "memberOfAutoAddOC", ["nsMemberOf"], of: "cn=MemberOf Plugin,cn=plugins,cn=config")
        try dse.set(
            "nsslapd-attribute",
            options.changelogNamesTargets ? ["nsuniqueid:targetUniqueId"] : [],
            of: "cn=Retro Changelog Plugin,cn=plugins,cn=config")
        if let suffix = options.suffix {
            let name = Self.mappingTree(suffix)
            try dse.rename(Self.mappingTree(SampleOrganisation.suffix), to: name)
            try dse.set("cn", [suffix], of: name)
        }
        try dse.write()
    }

    /// Puts a certificate in the place of the one that the server made itself, which names no address.
    private func show(_ certificate: ServerCertificate) throws {
        let files = try Certificates.shared.get()
        let bundle = folder.file("tmp/server.p12")
        try ChildProcess.run(
            "openssl",
            ["pkcs12", "-export", "-in", files.certificate(certificate.rawValue)]
                + ["-inkey", files.key(certificate.rawValue), "-name", "Server-Cert"]
                + ["-passout", "pass:x", "-out", bundle]
        ).succeeded(at: "openssl pkcs12")
        let database = ["-d", configurationFolder]
        let secret = configurationFolder + "/pwdfile.txt"
        try ChildProcess.run(
            "certutil", ["-F", "-n", "Server-Cert", "-f", secret] + database
        ).succeeded(at: "certutil -F")
        try ChildProcess.run(
            "pk12util", ["-i", bundle, "-k", secret, "-W", "x"] + database
        ).succeeded(at: "pk12util")
        try ChildProcess.run(
            "certutil",
            ["-A", "-n", "test-ca", "-t", "CT,,", "-a", "-i", files.ca, "-f", secret] + database
        ).succeeded(at: "certutil -A")
    }
}

/// How a test's 389 Directory Server is set up; the defaults are the server that most tests want.
package struct DirectoryServer389Options: Sendable {
    /// The content synchronization plugin, and the retro changelog that it reads from.
    package var contentSync = true
    /// Whether the changelog keeps the id of each entry that was changed; else deletions are not told.
    package var changelogNamesTargets = true
    package var memberOf = true
    package var referentialIntegrity = true
    /// For everybody but the directory manager; nil is unlimited.
    package var sizeLimit: Int?
    /// What it shows to ldaps:// and StartTLS; nil: neither is there.
    package var certificate: ServerCertificate?
    /// How the configuration spells the suffix; nil: as everybody does.
    package var suffix: String?

    package init() {}
}

/// `dse.ldif`: the configuration of a 389 Directory Server that is not running.
struct DSE {
    private let path: String
    private var entries: [[Substring]]

    init(_ path: String) throws {
        self.path = path
        entries = try String(contentsOfFile: path, encoding: .utf8)
            .replacing("\n ", with: "")
            .split(separator: "\n\n").map { $0.split(separator: "\n") }
    }

    /// Gives an attribute these values, and no others.
    mutating func set(_ name: String, _ values: [String], of dn: String) throws {
        let index = try index(of: dn)
        entries[index].removeAll { $0.lowercased().hasPrefix(name.lowercased() + ":") }
        entries[index] += values.map { Substring("\(name): \($0)") }
    }

    mutating func rename(_ dn: String, to other: String) throws {
        entries[try index(of: dn)][0] = "dn: \(other)"
    }

    private func index(of dn: String) throws -> Int {
        guard let index = entries.firstIndex(where: { $0.first ?? "" == "dn: \(dn)" }) else {
            throw FixtureError("\(path) has no entry \(dn)")
        }
        return index
    }

    func write() throws {
        try entries.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
            .write(toFile: path, atomically: true, encoding: .utf8)
    }
}
