internal import Foundation
internal import Glibc

/// A CA of one test's own, kept by `openssl ca` in a folder: it issues, revokes, and publishes.
package final class CertificateAuthority: Sendable {
    package let folder: TemporaryFolder

    /// PEM of the CA's certificate.
    package var certificate: String { folder.file("ca.pem") }
    package var key: String { folder.file("ca.key") }

    package init(_ name: String = "Lighthouse CA") throws {
        // libcrypto writes with write(2), also to a server that has gone; the program ignores it, too.
        _ = signal(SIGPIPE, SIG_IGN)
        folder = try TemporaryFolder("ca")
        try folder.write(Self.configuration(folder.path), to: "ca.cnf")
        try folder.write("", to: "index.txt")
        try folder.write("1000\n", to: "serial")
        try folder.write("01\n", to: "crlnumber")
        try openssl(
            ["req", "-x509", "-days", "3650", "-subj", "/O=Lighthouse/CN=\(name)"]
                + Self.newKey(key) + ["-out", certificate, "-config", folder.file("ca.cnf")]
                + ["-extensions", "authority"])
    }

    package enum Kind: String, Sendable {
        case person, responder, signer, server, authority
    }

    /// `NAME.pem` and `NAME.key`.
    ///
    /// `days`: from now, or ended so many days ago where negative. `serial`: hexadecimal. `issuer`: who
    /// signs it, an authority that this one has issued.
    package func issue(
        _ name: String, _ kind: Kind = .person, serial: String? = nil, days: Int = 365,
        by issuer: String = "ca"
    ) throws {
        if let serial { try folder.replace("serial", with: serial + "\n") }
        try openssl(
            ["req", "-new", "-subj", "/O=Lighthouse/CN=\(name)", "-out", file(name, "csr")]
                + Self.newKey(file(name, "key")) + ["-config", folder.file("ca.cnf")])
        let begin = days < 0 ? days * 2 : -1
        try ca(
            ["-in", file(name, "csr"), "-out", file(name, "pem"), "-extensions", kind.rawValue]
                + ["-startdate", try Self.date(days: begin), "-enddate", try Self.date(days: days)]
                + ["-cert", file(issuer, "pem"), "-keyfile", file(issuer, "key")])
        try openssl([
            "x509", "-in", file(name, "pem"), "-outform", "DER", "-out", file(name, "der"),
        ])
    }

    package func der(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: file(name, "der"))))
    }

    package func pem(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: file(name, "pem"))))
    }

    package func file(_ name: String, _ ending: String) -> String {
        folder.file("\(name).\(ending)")
    }

    /// `reason` as `openssl ca` spells it.
    package func revoke(_ name: String, _ reason: String = "affiliationChanged") throws {
        try ca(["-revoke", file(name, "pem"), "-crl_reason", reason])
    }

    /// A list of now, in PEM; its path.
    ///
    /// `options`: more for `openssl ca -gencrl`.
    @discardableResult
    package func publish(_ name: String = "list", options: [String] = []) throws -> String {
        try ca(["-gencrl", "-out", file(name, "pem")] + options)
        return file(name, "pem")
    }

    /// What `openssl ocsp` answers to a request; one process each, so that nothing listens.
    package func ocspAnswer(
        to request: [UInt8], signer: String = "ca", options: [String] = ["-ndays", "1"]
    ) throws -> [UInt8] {
        let name = "ocsp-\(UUID().uuidString.prefix(8))"
        try Data(request).write(to: URL(filePath: file(name, "request")))
        try openssl(
            ["ocsp", "-index", folder.file("index.txt"), "-CA", certificate]
                + ["-rsigner", file(signer, "pem"), "-rkey", file(signer, "key")]
                + ["-reqin", file(name, "request"), "-respout", file(name, "answer")] + options)
        return Array(try Data(contentsOf: URL(filePath: file(name, "answer"))))
    }

    /// A responder on 127.0.0.1 for as long as it is kept.
    package func responder(signer: String = "ca", options: [String] = ["-ndays", "1"]) throws
        -> HTTPDoor
    {
        try HTTPDoor { [self] request in
            (try? ocspAnswer(to: request.body, signer: signer, options: options)).map {
                HTTPDoor.Response(type: "application/ocsp-response", body: $0)
            }
        }
    }

    private func ca(_ arguments: [String]) throws {
        try openssl(["ca", "-batch", "-notext", "-config", folder.file("ca.cnf")] + arguments)
    }

    private func openssl(_ arguments: [String]) throws {
        try ChildProcess.run("openssl", arguments).succeeded(at: "openssl \(arguments[0])")
    }

    private static func newKey(_ path: String) -> [String] {
        ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", path]
    }

    private static func date(days: Int) throws -> String {
        try ChildProcess.run("date", ["-u", "-d", "\(days) days", "+%Y%m%d%H%M%SZ"])
            .succeeded(at: "date").stdout.filter { !$0.isWhitespace }
    }

    private static func configuration(_ folder: String) -> String {
        """
        [req]
        distinguished_name=name
        [name]
        [ca]
        default_ca=d
        [d]
        new_certs_dir=\(folder)
        certificate=\(folder)/ca.pem
        private_key=\(folder)/ca.key
        database=\(folder)/index.txt
        serial=\(folder)/serial
        crlnumber=\(folder)/crlnumber
        default_md=sha256
        default_crl_days=7
        policy=p
        unique_subject=no
        crl_extensions=list
        [p]
        organizationName=optional
        commonName=supplied
        [list]
        authorityKeyIdentifier=keyid:always
        [authority]
        basicConstraints=critical,CA:TRUE
        keyUsage=critical,keyCertSign,cRLSign,digitalSignature
        subjectKeyIdentifier=hash
        [person]
        basicConstraints=CA:FALSE
        keyUsage=digitalSignature
        [responder]
        basicConstraints=CA:FALSE
        keyUsage=digitalSignature
        extendedKeyUsage=OCSPSigning
        [signer]
        basicConstraints=CA:FALSE
        keyUsage=digitalSignature
        subjectKeyIdentifier=hash
        [server]
        basicConstraints=CA:FALSE
        keyUsage=digitalSignature
        extendedKeyUsage=serverAuth
        subjectAltName=IP:127.0.0.1
        subjectKeyIdentifier=hash
        """
    }
}
