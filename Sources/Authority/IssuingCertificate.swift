internal import CCrypto
package import Crypto

/// The certificate of an issuing CA: what it signed is told from what only names it.
@safe
package final class IssuingCertificate {
    /// What the certificate says of itself.
    package let facts: X509Certificate
    let handle: OpaquePointer
    private let key: OpaquePointer

    /// Reads the only certificate of a PEM file's octets.
    ///
    /// Refused where there are several, where it is no CA's, or where its key can't be read.
    package init(pem: [UInt8]) throws(AuthorityFileError) {
        let certificates: [X509Certificate]
        do throws(CertificateError) {
            certificates = try X509Certificate.certificates(pem: pem)
        } catch {
            throw AuthorityFileError(error.description)
        }
        guard certificates.count == 1, let facts = certificates.first else {
            throw AuthorityFileError(
                "it holds \(certificates.count) certificates, and the issuing CA's alone is wanted")
        }
        guard let handle = unsafe PEMFile(pem).certificate() else {
            throw AuthorityFileError("its certificate can't be read")
        }
        guard unsafe X509_check_ca(handle) >= 1 else {
            unsafe X509_free(handle)
            throw AuthorityFileError("its certificate is not a CA's: it may issue none")
        }
        guard let key = unsafe X509_get0_pubkey(handle) else {
            unsafe X509_free(handle)
            OpenSSLWords.forget()
            throw AuthorityFileError("the key of its certificate can't be read")
        }
        self.facts = facts
        unsafe self.handle = handle
        unsafe self.key = key
    }

    deinit {
        unsafe X509_free(handle)
    }

    /// Whether a certificate (DER) was issued by this CA.
    package enum Verdict: Hashable, Sendable {
        case issued
        /// It names this CA as its issuer, and the CA's key did not sign it.
        case forged
        case otherIssuer
    }

    package func verdict(on der: [UInt8]) -> Verdict {
        guard let certificate = LeafCertificate(der: der) else { return .otherIssuer }
        let isNamed =
            unsafe X509_NAME_cmp(
                X509_get_issuer_name(certificate.handle), X509_get_subject_name(handle)) == 0
        guard isNamed else { return .otherIssuer }
        defer { OpenSSLWords.forget() }
        return unsafe X509_verify(certificate.handle, key) == 1 ? .issued : .forged
    }

    func verifies(_ list: OpaquePointer) -> Bool {
        defer { OpenSSLWords.forget() }
        return unsafe X509_NAME_cmp(X509_CRL_get_issuer(list), X509_get_subject_name(handle)) == 0
            && X509_CRL_verify(list, key) == 1
    }

    /// RFC 5280, 4.2.1.3: where there is a key usage, it says whether lists may be signed.
    var maySignLists: Bool {
        unsafe X509_get_key_usage(handle) & UInt32(KU_CRL_SIGN) != 0
    }
}

/// The only owner of a certificate that an authority is asked or told about.
@safe
struct LeafCertificate: ~Copyable {
    let handle: OpaquePointer

    init?(der: [UInt8]) {
        let handle: OpaquePointer? = unsafe der.withUnsafeBufferPointer { buffer in
            var position = buffer.baseAddress
            return unsafe d2i_X509(nil, &position, buffer.count)
        }
        guard let handle = unsafe handle else {
            OpenSSLWords.forget()
            return nil
        }
        unsafe self.handle = handle
    }

    deinit {
        unsafe X509_free(handle)
    }
}
