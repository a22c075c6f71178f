package import Authority
package import Configuration
internal import Crypto
internal import Glibc
internal import Ground

/// A CA of the configuration whose files were read and found fit.
package final class IssuingAuthority {
    package let settings: AuthoritySettings
    package let certificate: IssuingCertificate
    package let lists: [RevocationList.Source]
    package let responder: AuthorityAddress?
    private let cmp: CMP?

    /// Until when the certificate is good that signs our requests, in seconds since 1970; nil: none does.
    package var signerEnd: Int64? { cmp?.signerEnd }

    private struct CMP {
        let address: AuthorityAddress
        let signer: CMPClient.Signer
        let trust: String
        let signerEnd: Int64?
    }

    package var name: String { settings.name }

    /// RFC 4514.
    package var issuer: String { certificate.facts.subject }

    /// The PEM anchors of the CA's own servers, beside the system's.
    package var trust: String? { cmp?.trust }

    /// Throws the one sentence that says which key is wrong, and how.
    ///
    /// `owner`: who beside root may own a program. `now`: seconds since 1970.
    init(_ settings: AuthoritySettings, owner: UInt32, now: Int64) throws(AuthorityProblem) {
        self.settings = settings
        let key = settings.key
        certificate = try Self.tried(key, "certificate", settings.certificate) {
            try IssuingCertificate(pem: AuthorityFile.certificates(settings.certificate))
        }
        lists = try (settings.see?.lists ?? []).map { source throws(AuthorityProblem) in
            guard source.contains("://") else { return .file(source) }
            return .web(try Self.address(source, "\(key).see.crl"))
        }
        responder = try settings.see?.responder.map { text throws(AuthorityProblem) in
            try Self.address(text, "\(key).see.ocsp")
        }
        switch settings.tell?.way {
        case .cmp(let wanted): cmp = try Self.cmp(wanted, "\(key).tell.cmp", now: now)
        case .program(let words):
            cmp = nil
            do throws(ProgramRefusal) {
                if let path = words.first { _ = try ProgramFile(path, owner: owner) }
            } catch {
                throw AuthorityProblem("\(key).tell.run: \(error.description)")
            }
        case nil: cmp = nil
        }
    }

    /// Asks its responder; nil: it has none.
    ///
    /// `isStopped`, here and below: asked while an answer is waited for.
    func ocsp(at now: Timestamp, isStopped: (() -> Bool)? = nil) -> OCSPResponder? {
        responder.map {
            OCSPResponder(
                address: $0, issuer: certificate, trust: trust, now: now.seconds,
                isStopped: isStopped)
        }
    }

    /// What its responder says of a certificate (DER).
    func ask(
        _ responder: OCSPResponder, about certificate: [UInt8], within limit: Duration,
        watch: RequestWatch
    ) throws(ExchangeFailure) -> CertificateStanding {
        watch.begin?("the responder of \(name), \(responder.address.text)")
        defer { watch.end?() }
        return try responder.standing(of: certificate, within: limit)
    }

    /// For a request by CMP; nil where the authority is told in another way, or not at all.
    package func client(now: Int64, isStopped: (() -> Bool)? = nil) -> CMPClient? {
        cmp.map {
            CMPClient(
                address: $0.address, signer: $0.signer, trust: $0.trust, now: now,
                isStopped: isStopped)
        }
    }

    private static func cmp(
        _ wanted: CMPSettings, _ key: String, now: Int64
    ) throws(AuthorityProblem) -> CMP {
        let address = try address(wanted.uri, "\(key).uri")
        try tried(key, "trust", wanted.trust) { _ = try AuthorityFile.certificates(wanted.trust) }
        let signer: CMPClient.Signer
        var end: Int64?
        switch wanted.protection {
        case .secret(let file, let reference):
            signer = .secret(
                try tried(key, "secretFile", nil) { try AuthorityFile.secret(file) },
                reference: reference)
        case .signature(let certificate, let keyFile):
            let pem = try tried(key, "certificate", certificate) {
                let pem = try AuthorityFile.certificates(certificate)
                if let own = try X509Certificate.certificates(pem: pem).first {
                    try requireTime(own, at: now)
                    end = own.notAfter
                }
                return pem
            }
            let octets = try tried(key, "key", nil) { try AuthorityFile.key(keyFile) }
            signer = .certificate(pem: pem, key: octets)
        }
        let made = CMP(address: address, signer: signer, trust: wanted.trust, signerEnd: end)
        try tried(key, nil, nil) {
            try CMPClient(address: address, signer: signer, trust: wanted.trust, now: now).check()
        }
        return made
    }

    private static func requireTime(
        _ certificate: X509Certificate, at now: Int64
    ) throws(AuthorityProblem) {
        if certificate.notAfter < now {
            throw AuthorityProblem(
                "it ended at \(Timestamp(seconds: certificate.notAfter).rfc3339); have it renewed")
        }
        if certificate.notBefore > now {
            throw AuthorityProblem(
                "it begins at \(Timestamp(seconds: certificate.notBefore).rfc3339) only")
        }
    }

    private static func address(
        _ text: String, _ key: String
    ) throws(AuthorityProblem) -> AuthorityAddress {
        guard let address = AuthorityAddress(text) else {
            throw AuthorityProblem("\(key): “\(text)” is no address that can be asked")
        }
        return address
    }

    /// `path`: named where the problem itself does not.
    private static func tried<T>(
        _ section: String, _ key: String?, _ path: String?, _ body: () throws -> T
    ) throws(AuthorityProblem) -> T {
        do {
            return try body()
        } catch {
            let place = key.map { "\(section).\($0)" } ?? section
            let named = path.map { "\($0): " } ?? ""
            switch error {
            case let problem as AuthorityFileProblem:
                throw AuthorityProblem("\(place): \(problem.description)")
            case let problem as AuthorityFileError:
                throw AuthorityProblem("\(place): \(named)\(problem.description)")
            case let problem as CertificateError:
                throw AuthorityProblem("\(place): \(named)\(problem.description)")
            case let problem as AuthorityProblem:
                throw AuthorityProblem("\(place): \(named)\(problem.description)")
            default: throw AuthorityProblem("\(place): \(named)\(error)")
            }
        }
    }
}

/// What is wrong with an authority's files: the key, the file, and what would be right.
struct AuthorityProblem: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
