internal import Foundation
internal import Glibc

/// A throwaway CA with server and client certificates, made once for each test process.
package struct Certificates: Sendable {
    package static let shared = Result { try Certificates() }

    /// PEM of the CA that issued all but `otherCA`.
    package var ca: String { certificate("ca") }
    /// PEM of the CA that nobody should trust.
    package var otherCA: String { certificate("stranger") }
    /// `CN=lockstep,O=lockstep test`, which a ``Slapd`` maps to ``Slapd/serviceDN``.
    package var client: String { certificate("client") }
    package var clientKey: String { key("client") }

    package let folder: String

    package func certificate(_ name: String) -> String { "\(folder)/\(name).pem" }
    package func key(_ name: String) -> String { "\(folder)/\(name).key" }

    private init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/lockstep-certificates-\(getpid())"
        try? FileManager.default.removeItem(atPath: folder)
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        atexit { if case .success(let made) = Certificates.shared { made.remove() } }
        try makeCA("ca")
        try makeCA("stranger")
        let here = try Self.namesOfThisMachine()
        let (past, longPast) = ("-1 day", "-30 days")
        try issue("good", by: "ca", usage: "serverAuth", names: here, from: past, to: "+9 years")
        try issue(
            "wrongHost", by: "ca", usage: "serverAuth", names: "DNS:ldap.example.test", from: past,
            to: "+9 years")
        try issue("expired", by: "ca", usage: "serverAuth", names: here, from: longPast, to: past)
        try issue(
            "notYetValid", by: "ca", usage: "serverAuth", names: here, from: "+30 days",
            to: "+9 years")
        try issue(
            "otherCA", by: "stranger", usage: "serverAuth", names: here, from: past, to: "+9 years")
        try issue(
            "client", by: "ca", usage: "clientAuth", names: "DNS:client.example.test", from: past,
            to: "+9 years")
    }

    private func remove() {
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// libldap puts the machine's name in the place of `localhost` before it compares.
    private static func namesOfThisMachine() throws -> String {
        let name = try ChildProcess.run("hostname").succeeded(at: "hostname").stdout
        let full = try? ChildProcess.run("hostname", ["-f"]).succeeded(at: "hostname -f").stdout
        let names = Set([name, full ?? name, "localhost"].map { $0.filter { !$0.isWhitespace } })
        return names.sorted().map { "DNS:\($0)," }.joined() + "IP:127.0.0.1,IP:::1"
    }

    private func makeCA(_ name: String) throws {
        try openssl(
            ["req", "-x509", "-days", "3650", "-subj", "/O=lockstep test/CN=\(name)"]
                + newKey(name) + ["-out", certificate(name)]
                + ["-addext", "basicConstraints=critical,CA:TRUE"]
                + ["-addext", "keyUsage=critical,keyCertSign,cRLSign"])
    }

    private func newKey(_ name: String) -> [String] {
        ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
            + ["-keyout", key(name)]
    }

    private func issue(
        _ name: String, by issuer: String, usage: String, names: String, from: String, to: String
    ) throws {
        let common = name == "client" ? "lockstep" : name
        let request = "\(folder)/\(name).csr"
        try openssl(
            ["req", "-new", "-subj", "/O=lockstep test/CN=\(common)", "-out", request]
                + newKey(name))
        let configuration = "\(folder)/\(name).cnf"
        try settings(name, usage: usage, names: names)
            .write(toFile: configuration, atomically: false, encoding: .utf8)
        try "".write(toFile: "\(folder)/\(name).idx", atomically: false, encoding: .utf8)
        try "\(Int.random(in: 10...99))\(Int.random(in: 100_000...999_999))"
            .write(toFile: "\(folder)/\(name).srl", atomically: false, encoding: .utf8)
        try openssl(
            ["ca", "-batch", "-notext", "-config", configuration, "-extensions", "x"]
                + ["-cert", certificate(issuer), "-keyfile", key(issuer), "-in", request]
                + ["-out", certificate(name)]
                + ["-startdate", try date(from), "-enddate", try date(to)])
    }

    private func settings(_ name: String, usage: String, names: String) -> String {
        """
        [ca]
        default_ca=d
        [d]
        new_certs_dir=\(folder)
        database=\(folder)/\(name).idx
        serial=\(folder)/\(name).srl
        default_md=sha256
        policy=p
        unique_subject=no
        [p]
        organizationName=optional
        commonName=supplied
        [x]
        basicConstraints=critical,CA:FALSE
        keyUsage=critical,digitalSignature
        extendedKeyUsage=\(usage)
        subjectAltName=\(names)
        """
    }

    private func date(_ offset: String) throws -> String {
        try ChildProcess.run("date", ["-u", "-d", offset, "+%Y%m%d%H%M%SZ"])
            .succeeded(at: "date").stdout.filter { !$0.isWhitespace }
    }

    private func openssl(_ arguments: [String]) throws {
        try ChildProcess.run("openssl", arguments)
            .succeeded(at: "openssl (Debian package openssl) \(arguments[0])")
    }
}

/// The certificate that a test's server shows.
package enum ServerCertificate: String, Sendable, CaseIterable {
    /// Names this machine, localhost, 127.0.0.1 and ::1.
    case good
    /// Names ldap.example.test alone.
    case wrongHost
    case expired
    case notYetValid
    /// Good but for its issuer, which ``Certificates/ca`` is not.
    case otherCA
}
