internal import Foundation
internal import Glibc

/// `openssl cmp -port`, which answers revocation requests for one certificate.
///
/// It listens on all interfaces: so it has a network of its own, and a ``TCPProxy`` leads there, over a
/// socket in the file system. Killed with its owner; needs no rights.
package final class CMPServer: Sendable {
    /// Cuts and stalls what goes through it.
    package let proxy: TCPProxy
    private let folder: TemporaryFolder
    private let child: ChildProcess

    /// `options`: more for `openssl cmp`, such as `-failure 4`.
    package init(
        for certificate: String, of authority: CertificateAuthority, signer: String = "ca",
        options: [String] = []
    ) throws {
        folder = try TemporaryFolder("cmp")
        let door = folder.file("door")
        proxy = try TCPProxy(toPath: door)
        let command =
            "ip link set lo up && { socat UNIX-LISTEN:\"$0\",fork TCP:127.0.0.1:8080 & } && "
            + "exec openssl cmp -port 8080 \"$@\""
        child = try ChildProcess(
            "/usr/bin/unshare",
            ["--user", "--map-root-user", "--net", "--pid", "--fork", "--kill-child=SIGKILL"]
                + ["/bin/sh", "-c", command, door]
                + ["-srv_cert", authority.file(signer, "pem")]
                + ["-srv_key", authority.file(signer, "key")]
                + ["-srv_trusted", authority.certificate]
                + ["-rsp_cert", authority.file(certificate, "pem")] + options)
        for _ in 0..<2_000 {
            guard child.isRunning else { break }
            if child.outputSoFar.contains("ACCEPT"), FileManager.default.fileExists(atPath: door) {
                return
            }
            usleep(5_000)
        }
        throw FixtureError("openssl cmp does not listen: \(child.outputSoFar) \(child.errorsSoFar)")
    }

    package var url: String { "http://127.0.0.1:\(proxy.port)/pkix/" }
    /// What it wrote about itself.
    package var log: String { child.outputSoFar + child.errorsSoFar }
}
