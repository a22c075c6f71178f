internal import Foundation
internal import Glibc

/// A server of OpenSSL's, which listens on all interfaces: so it has a network of its own, and a
/// ``TCPProxy`` leads there, over a socket in the file system.
///
/// Killed with its owner; needs no rights.
package class OpenSSLServer {
    /// Cuts and stalls what goes through it.
    package let proxy: TCPProxy
    private let folder: TemporaryFolder
    private let child: ChildProcess

    /// `sign`: what it writes once it listens.
    fileprivate init(_ command: String, _ arguments: [String], sign: String) throws {
        folder = try TemporaryFolder(command)
        let door = folder.file("door")
        proxy = try TCPProxy(toPath: door)
        let script =
            "ip link set lo up && { socat UNIX-LISTEN:\"$0\",fork TCP:127.0.0.1:8080 & } && "
            + "exec openssl \(command) -port 8080 \"$@\""
        child = try ChildProcess(
            "/usr/bin/unshare",
            ["--user", "--map-root-user", "--net", "--pid", "--fork", "--kill-child=SIGKILL"]
                + ["/bin/sh", "-c", script, door] + arguments)
        for _ in 0..<2_000 {
            guard child.isRunning else { break }
            if log.contains(sign), FileManager.default.fileExists(atPath: door) { return }
            usleep(5_000)
        }
        throw FixtureError("openssl \(command) does not listen: \(log)")
    }

    /// What it wrote about itself.
    package var log: String { child.outputSoFar + child.errorsSoFar }

    fileprivate var address: String { "http://127.0.0.1:\(proxy.port)" }
}

/// `openssl cmp -port`, which answers revocation requests for one certificate.
package final class CMPServer: OpenSSLServer {
    /// `options`: more for `openssl cmp`, such as `-failure 4`.
    package init(
        for certificate: String, of authority: CertificateAuthority, signer: String = "ca",
        options: [String] = []
    ) throws {
        try super.init(
            "cmp",
            ["-srv_cert", authority.file(signer, "pem")]
                + ["-srv_key", authority.file(signer, "key")]
                + ["-srv_trusted", authority.certificate]
                + ["-rsp_cert", authority.file(certificate, "pem")] + options,
            sign: "ACCEPT")
    }

    package var url: String { address + "/pkix/" }
}

/// `openssl ocsp -port`, which answers from the index of an `openssl ca`.
package final class OCSPServer: OpenSSLServer {
    package init(of authority: CertificateAuthority, signer: String = "ca") throws {
        try super.init(
            "ocsp",
            ["-index", authority.folder.file("index.txt"), "-CA", authority.certificate]
                + ["-rsigner", authority.file(signer, "pem")]
                + ["-rkey", authority.file(signer, "key"), "-ndays", "1"],
            sign: "waiting for OCSP client connections")
    }

    package var url: String { address + "/" }
}
