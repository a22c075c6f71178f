internal import Foundation
internal import Glibc
internal import Synchronization

/// A Samba domain controller of the test's own, in a network of its own, reached by ports of 127.0.0.1.
///
/// Samba's ports can't be chosen: it serves 389 and 636 on the loopback of a network namespace, and a
/// ``TCPProxy`` for each leads there. It is process 1 of a process namespace, so that nothing of it
/// outlives it. Killed with its owner. Needs root.
package final class Samba: DirectoryServer {
    package static let administratorPassword = "Admin-secret-1"
    /// May write everything, and read what replication tells.
    package static let serviceDN = "CN=lockstep,OU=services,\(SambaOrganisation.suffix)"
    package static let servicePassword = "Lockstep-secret-1"
    /// May read what anybody may.
    package static let readerDN = "CN=reader,OU=services,\(SambaOrganisation.suffix)"
    package static let readerPassword = "Reader-secret-1"

    package let folder: TemporaryFolder
    package let options: SambaOptions
    /// Leads to the server; cuts and stalls what goes through it.
    package let proxy: TCPProxy
    private let tlsProxy: TCPProxy
    /// Leads to the KDC, where tickets are given out.
    let kerberosProxy: TCPProxy
    private let child = Mutex<ChildProcess?>(nil)

    package init(_ options: SambaOptions = SambaOptions()) throws {
        self.options = options
        folder = try TemporaryFolder("samba")
        proxy = try TCPProxy(to: 389)
        tlsProxy = try TCPProxy(to: 636)
        kerberosProxy = try TCPProxy(to: 88)
        try SambaDomain.copy(to: folder.path)
        try SambaDomain.prepare(folder.path, options)
        try SambaDomain.edit("ldbadd", options.data, in: folder.path, isRelaxed: true)
        try SambaDomain.edit("ldbmodify", options.changes, in: folder.path)
        try start()
    }

    convenience package init(_ change: (inout SambaOptions) -> Void) throws {
        var options = SambaOptions()
        change(&options)
        try self.init(options)
    }

    deinit {
        child.withLock { $0?.end() }
    }

    package var port: UInt16 { proxy.port }
    package var url: String { "ldap://127.0.0.1:\(proxy.port)" }
    package var tlsURL: String { "ldaps://127.0.0.1:\(tlsProxy.port)" }
    /// What the server wrote about itself.
    package var log: String { child.withLock { $0?.outputSoFar ?? "" } }

    /// Starts it and waits until it answers a bind.
    package func start() throws {
        // One process, which answers one request after the other.
        let command = "ip link set lo up && exec samba -i -M single --debug-stdout -s \"$0\""
        let started = try ChildProcess(
            "/usr/bin/unshare",
            ["--net", "--pid", "--fork", "--kill-child=SIGKILL", "/bin/sh", "-c", command]
                + [folder.file("etc/smb.conf")])
        child.withLock { $0 = started }
        for _ in 0..<10_000 {
            guard started.isRunning else { break }
            if try isAnswering(started) { return }
            usleep(5_000)
        }
        throw FixtureError(
            "samba does not answer: \(started.outputSoFar.suffix(2_000)) \(started.errorsSoFar)")
    }

    /// Ends it as an administrator would.
    package func stop() throws {
        try child.withLock { child in
            guard let child else { return }
            for pid in try Self.children(of: child.pid) { _ = Glibc.kill(pid, SIGTERM) }
            _ = try child.wait(seconds: 30)
        }
    }

    /// Ends it as a power cut would.
    package func kill() {
        child.withLock { $0?.end() }
    }

    /// Restarts it, as a domain controller that takes no writes (RODC) or as one that does.
    package func setReadOnly(_ isReadOnly: Bool) throws {
        try stop()
        try SambaDomain.setReadOnly(isReadOnly, in: folder.path)
        try start()
    }

    /// Adds entries in its files, much faster than over LDAP.
    package func load(_ ldif: String) throws {
        try stop()
        try SambaDomain.edit("ldbadd", ldif, in: folder.path)
        try start()
    }

    /// The namespace is there once unshare(1) has begun its child.
    private func isAnswering(_ started: ChildProcess) throws -> Bool {
        guard try !Self.children(of: started.pid).isEmpty,
            let network = NetworkNamespace(of: started.pid)
        else { return false }
        for proxy in [proxy, tlsProxy, kerberosProxy] { proxy.serve(network) }
        return SimpleBind.result(port: port, dn: "", password: "") != nil
    }

    private static func children(of pid: Int32) throws -> [Int32] {
        let path = "/proc/\(pid)/task/\(pid)/children"
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return [] }
        return text.split(separator: " ").compactMap { Int32($0) }
    }
}

/// How a test's domain controller is set up; the defaults are what most tests want.
package struct SambaOptions: Sendable {
    package var certificate = ServerCertificate.good
    /// Whether a bind in plain text is refused (8), as a Windows domain controller may be told to.
    package var strongAuth = false
    /// Whether tickets are given out (Kerberos).
    package var kerberos = false
    /// LDIF of entries to add to ``SambaOrganisation``, before the server starts.
    package var data = ""
    /// LDIF change records, carried out after that.
    package var changes = ""

    package init() {}
}
