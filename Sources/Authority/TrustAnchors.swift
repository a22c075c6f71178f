internal import CCrypto
internal import Glibc

/// A set of trusted certificates, with the time by which chains are judged.
@safe
struct TrustAnchors: ~Copyable {
    /// Lent: whoever keeps the set takes a reference of their own.
    let store: OpaquePointer

    /// The anchors of a PEM file, the system's, or both; nil where they can't be read.
    ///
    /// `now`: seconds since 1970.
    init?(pem path: String?, includingSystem: Bool, now: Int64) {
        let isLoaded = { (store: OpaquePointer) in
            if includingSystem { unsafe X509_STORE_set_default_paths(store) }
            return path.map { unsafe X509_STORE_load_file(store, $0) == 1 } ?? true
        }
        guard let store = unsafe TrustAnchors.store(judgingAt: now, isLoaded) else { return nil }
        unsafe self.store = store
    }

    /// The issuing CA alone, whoever issued it.
    init?(_ certificate: OpaquePointer, now: Int64) {
        let store = unsafe TrustAnchors.store(judgingAt: now) {
            unsafe X509_STORE_add_cert($0, certificate) == 1
        }
        guard let store = unsafe store else { return nil }
        unsafe self.store = store
    }

    deinit {
        unsafe X509_STORE_free(store)
    }

    /// An intermediate CA may be the trusted one, as for libldap.
    private static func store(
        judgingAt now: Int64, _ isLoaded: (OpaquePointer) -> Bool
    ) -> OpaquePointer? {
        defer { OpenSSLWords.forget() }
        guard let store = unsafe X509_STORE_new() else { return nil }
        guard unsafe isLoaded(store) else {
            unsafe X509_STORE_free(store)
            return nil
        }
        let parameters = unsafe X509_STORE_get0_param(store)
        unsafe X509_VERIFY_PARAM_set_flags(parameters, UInt(X509_V_FLAG_PARTIAL_CHAIN))
        unsafe X509_VERIFY_PARAM_set_time(parameters, time_t(now))
        return unsafe store
    }
}
