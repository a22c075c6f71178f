internal import Foundation
internal import Glibc
internal import Synchronization

/// A slapd of the test's own, on a free port of 127.0.0.1 and a socket, in a folder of its own.
///
/// Killed with its owner. Needs the Debian packages slapd, ldap-utils and openssl.
package final class Slapd: Sendable {
    package static let rootDN = "cn=admin,\(SampleOrganisation.suffix)"
    package static let rootPassword = "admin-secret"
    /// May write everything, and is held to the size limit.
    package static let serviceDN = "cn=lockstep,ou=services,\(SampleOrganisation.suffix)"
    package static let servicePassword = "lockstep-secret"

    package let folder: TemporaryFolder
    package let options: SlapdOptions
    package let port: UInt16
    package let tlsPort: UInt16
    private let child = Mutex<ChildProcess?>(nil)

    /// Makes the server, loads its data and starts it.
    package init(_ options: SlapdOptions = SlapdOptions()) throws {
        try Self.requirePackages()
        self.options = options
        folder = try TemporaryFolder("slapd")
        port = try LoopbackSocket.freePort()
        tlsPort = try LoopbackSocket.freePort()
        for name in ["slapd.d", "db", "accesslog"] { try folder.makeFolder(name) }
        let configuration = SlapdConfiguration(folder: folder.path, options: options)
        try slapadd(["-n0"], try configuration.ldif, file: "config.ldif")
        try load(options.data ?? SampleOrganisation(options: options).ldif)
        try start()
    }

    convenience package init(_ change: (inout SlapdOptions) -> Void) throws {
        var options = SlapdOptions()
        change(&options)
        try self.init(options)
    }

    deinit {
        child.withLock { $0?.end() }
    }

    package var url: String { "ldap://127.0.0.1:\(port)" }
    package var tlsURL: String { "ldaps://127.0.0.1:\(tlsPort)" }
    package var socketURL: String { "ldapi://" + folder.file("ldapi").replacing("/", with: "%2F") }
    /// What the server wrote about itself.
    package var log: String { child.withLock { $0?.errorsSoFar ?? "" } }
    package var pid: Int32? { child.withLock { $0?.pid } }

    /// Starts it and waits until it answers a bind: its socket is there before it listens.
    package func start() throws {
        let urls = [url, socketURL] + (options.tls == nil ? [] : [tlsURL])
        var environment: [String: String] = [:]
        if options.tls?.isOnly12 == true {
            environment["OPENSSL_CONF"] = try folder.write(
                SlapdOptions.TLS.openSSLOf12, to: "openssl.cnf")
        }
        let started = try ChildProcess(
            "/usr/sbin/slapd",
            ["-F", folder.file("slapd.d"), "-h", urls.map { $0 + "/" }.joined(separator: " ")]
                + ["-n", "slapd-\(port)", "-d", String(options.logLevel)],
            environment: environment)
        child.withLock { $0 = started }
        for _ in 0..<30_000 {
            if SimpleBind.result(port: port, dn: "", password: "") != nil { return }
            guard started.isRunning else { break }
            usleep(2_000)
        }
        throw FixtureError("slapd does not answer: \(started.errorsSoFar.suffix(2_000))")
    }

    /// Ends it as an administrator would.
    package func stop() throws {
        child.withLock { $0?.signal(SIGTERM) }
        _ = try child.withLock { try $0?.wait(seconds: 20) }
    }

    /// Ends it as a power cut would.
    package func kill() {
        child.withLock { $0?.end() }
    }

    /// It stops answering and keeps its connections, until ``thaw()``.
    package func freeze() {
        child.withLock { $0?.signal(SIGSTOP) }
    }

    package func thaw() {
        child.withLock { $0?.signal(SIGCONT) }
    }

    /// Adds LDIF to the database of a server that is not running.
    package func load(_ ldif: String) throws {
        try slapadd(["-b", SampleOrganisation.suffix, "-w", "-q"], ldif, file: "data.ldif")
    }

    private func slapadd(_ arguments: [String], _ ldif: String, file: String) throws {
        try folder.write(ldif, to: file)
        try ChildProcess.run(
            "/usr/sbin/slapadd",
            arguments + ["-F", folder.file("slapd.d"), "-l", folder.file(file)], seconds: 300
        ).succeeded(at: "slapadd of \(file)")
    }

    private static func requirePackages() throws {
        let programs = [("/usr/sbin/slapd", "slapd"), ("/usr/bin/ldapsearch", "ldap-utils")]
        for (program, package) in programs
        where !FileManager.default.isExecutableFile(atPath: program) {
            throw FixtureError("\(program) is missing: apt-get install \(package)")
        }
    }
}
