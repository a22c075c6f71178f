internal import CCrypto
internal import Glibc

/// Holds a server's certificate against trusted CAs, a clock and a name, as libldap (GnuTLS) does:
/// an intermediate CA may be the trusted one, and the purpose is not looked at.
@safe
struct CertificateVerification: ~Copyable {
    private let trusted: OpaquePointer

    /// `ca` is a PEM file, nil for the system's; nil where it can't be read.
    init?(ca: String?) {
        guard let store = unsafe X509_STORE_new() else { return nil }
        let isLoaded =
            if let ca {
                unsafe X509_STORE_load_file(store, ca) == 1
            } else {
                unsafe X509_STORE_set_default_paths(store) == 1
            }
        ERR_clear_error()
        guard isLoaded else {
            unsafe X509_STORE_free(store)
            return nil
        }
        unsafe trusted = store
    }

    deinit {
        unsafe X509_STORE_free(trusted)
    }

    /// The first thing that is wrong: the issuer, then the time, then the name.
    func finding(
        _ certificate: OpaquePointer, _ chain: OpaquePointer?, host: String, now: Int64
    ) -> ServerCertificateFinding {
        unsafe chainFinding(certificate, chain, now: nil)
            ?? chainFinding(certificate, chain, now: now)
            ?? nameFinding(certificate, host: host) ?? .accepted
    }

    /// `now` nil: whatever the time is.
    private func chainFinding(
        _ certificate: OpaquePointer, _ chain: OpaquePointer?, now: Int64?
    ) -> ServerCertificateFinding? {
        guard let context = unsafe X509_STORE_CTX_new() else { return .handshakeFailed("memory") }
        defer {
            unsafe X509_STORE_CTX_free(context)
            ERR_clear_error()
        }
        guard unsafe X509_STORE_CTX_init(context, trusted, certificate, chain) == 1 else {
            return .handshakeFailed("memory")
        }
        let flags = X509_V_FLAG_PARTIAL_CHAIN | (now == nil ? X509_V_FLAG_NO_CHECK_TIME : 0)
        unsafe X509_STORE_CTX_set_flags(context, UInt(flags))
        if let now { unsafe X509_STORE_CTX_set_time(context, 0, time_t(now)) }
        if unsafe X509_verify_cert(context) == 1 { return nil }
        return unsafe finding(of: context)
    }

    private func finding(of context: OpaquePointer) -> ServerCertificateFinding {
        let code = unsafe X509_STORE_CTX_get_error(context)
        let words = unsafe String(cString: X509_verify_cert_error_string(Int(code)))
        guard let culprit = unsafe X509_STORE_CTX_get_current_cert(context),
            unsafe X509_up_ref(culprit) == 1
        else { return .untrusted(words, subject: "", issuer: "") }
        let owner = unsafe CertificateOwner(culprit)
        let subject = owner.subject ?? ""
        switch code {
        case X509_V_ERR_CERT_HAS_EXPIRED:
            return .expired(subject: subject, since: owner.notAfter ?? 0)
        case X509_V_ERR_CERT_NOT_YET_VALID:
            return .notYetValid(subject: subject, until: owner.notBefore ?? 0)
        default:
            return .untrusted(words, subject: subject, issuer: owner.issuer ?? "")
        }
    }

    private func nameFinding(
        _ certificate: OpaquePointer, host: String
    ) -> ServerCertificateFinding? {
        // It answers 1 for a match, and -2 where the text is no address.
        if unsafe X509_check_ip_asc(certificate, host, 0) == 1 { return nil }
        if unsafe X509_check_host(certificate, host, 0, 0, nil) == 1 { return nil }
        return .wrongHost(host: host, names: unsafe CertificateNames.names(of: certificate))
    }
}
