internal import CCrypto
internal import Glibc

/// Tells a CA what has become of a certificate: revocation requests (rr) of CMP, RFC 4210, 5.3.9.
package struct CMPClient {
    /// By what our requests are protected.
    package enum Signer {
        /// PEM of an RA's certificate with its chain, and of its private key without a password.
        case certificate(pem: [UInt8], key: [UInt8])
        /// A password-based MAC; the reference says to the CA which secret it is.
        case secret([UInt8], reference: String)
    }

    /// What became of a request.
    package enum Answer: Hashable, Sendable {
        /// The CA did it; its own words where it has some.
        case done(String)
        /// It had been revoked before; the first revocation is the one that counts.
        case revokedAlready
        /// The CA's words: asking again won't help.
        case refused(String)
        /// Nothing is known of the request: ask again.
        case unknown(String)
    }

    /// A CRLReason (RFC 5280, 5.3.1), as it goes out.
    package struct Reason: RawRepresentable, Hashable, Sendable {
        package let rawValue: Int32

        package init(rawValue: Int32) {
            self.rawValue = rawValue
        }

        /// Takes a certificate from hold.
        package static let removeFromCRL = Reason(rawValue: 8)
    }

    package let address: AuthorityAddress
    package let signer: Signer
    /// The PEM file with the anchors of the answers' signer and of the TLS server.
    package let trust: String
    /// Seconds since 1970.
    package let now: Int64
    /// Asked while an answer is waited for.
    private let isStopped: (() -> Bool)?

    package init(
        address: AuthorityAddress, signer: Signer, trust: String, now: Int64,
        isStopped: (() -> Bool)? = nil
    ) {
        self.address = address
        self.signer = signer
        self.trust = trust
        self.now = now
        self.isStopped = isStopped
    }

    /// Whether the files can be used, and fit each other, without asking anybody.
    package func check() throws(AuthorityFileError) {
        _ = try session(deadline: .now)
    }

    /// Asks for the revocation of a certificate (DER); issuer and serial alone go out.
    package func tell(
        _ certificate: [UInt8], _ reason: Reason, within limit: Duration
    ) throws(AuthorityFileError) -> Answer {
        let session = try session(deadline: .now + limit)
        guard let leaf = LeafCertificate(der: certificate) else {
            throw AuthorityFileError("the certificate can't be read")
        }
        return session.revoke(leaf, reason)
    }

    /// Whether the CA answers us, and with a signature that we trust.
    ///
    /// By a general message that asks for nothing. nil when it does, else a sentence without a full stop.
    package func greet(within limit: Duration) throws(AuthorityFileError) -> String? {
        try session(deadline: .now + limit).greet()
    }

    private func session(
        deadline: ContinuousClock.Instant
    ) throws(AuthorityFileError) -> CMPSession {
        let exchange = HTTPExchange(
            address: address, trust: trust, now: now, deadline: deadline, isStopped: isStopped)
        let session = try CMPSession(exchange)
        try session.trust(trust, now: now)
        switch signer {
        case .certificate(let pem, let key): try session.sign(with: pem, key: key)
        case .secret(let secret, let reference): try session.protect(secret, reference)
        }
        return session
    }
}

/// The only owner of one of libcrypto's CMP contexts, for one request.
@safe
private final class CMPSession {
    private let context: OpaquePointer
    private let exchange: HTTPExchange
    /// Why the exchange itself failed: libcrypto is told only that it did.
    private var failure: ExchangeFailure?

    init(_ exchange: HTTPExchange) throws(AuthorityFileError) {
        guard let context = unsafe OSSL_CMP_CTX_new(nil, nil) else {
            throw AuthorityFileError("out of memory")
        }
        unsafe self.context = context
        self.exchange = exchange
        // What libcrypto logs goes to stderr otherwise.
        unsafe OSSL_CMP_CTX_set_log_cb(context) { _, _, _, _, _ in 1 }
        unsafe OSSL_CMP_CTX_set_transfer_cb(context) { context, request in
            guard let box = unsafe OSSL_CMP_CTX_get_transfer_cb_arg(context) else { return nil }
            return unsafe Unmanaged<CMPSession>.fromOpaque(box).takeUnretainedValue()
                .transfer(request)
        }
    }

    deinit {
        unsafe OSSL_CMP_CTX_free(context)
    }

    func trust(_ path: String, now: Int64) throws(AuthorityFileError) {
        guard let anchors = TrustAnchors(pem: path, includingSystem: false, now: now),
            unsafe X509_STORE_up_ref(anchors.store) == 1
        else { throw AuthorityFileError("\(path) holds no certificate in PEM") }
        unsafe OSSL_CMP_CTX_set0_trustedStore(context, anchors.store)
    }

    func sign(with pem: [UInt8], key: [UInt8]) throws(AuthorityFileError) {
        let file = PEMFile(pem)
        guard let certificate = unsafe file.certificate() else {
            throw AuthorityFileError("the signer's file holds no certificate in PEM")
        }
        defer { unsafe X509_free(certificate) }
        guard let key = unsafe PEMFile(key).privateKey() else {
            throw AuthorityFileError(
                "the signer's key can't be read: a private key in PEM without a password is wanted")
        }
        defer { unsafe EVP_PKEY_free(key) }
        guard unsafe X509_check_private_key(certificate, key) == 1 else {
            OpenSSLWords.forget()
            throw AuthorityFileError("the signer's key does not belong to its certificate")
        }
        unsafe OSSL_CMP_CTX_set1_cert(context, certificate)
        unsafe OSSL_CMP_CTX_set1_pkey(context, key)
        let chain = unsafe OPENSSL_sk_new_null()
        defer {
            unsafe OPENSSL_sk_pop_free(chain) { unsafe X509_free(OpaquePointer($0)) }
        }
        while let next = unsafe file.certificate() {
            unsafe OPENSSL_sk_push(chain, UnsafeRawPointer(next))
        }
        // `set1` puts the chain in the place of what was set before, keeps references of its own, and
        // takes no empty one.
        if unsafe OPENSSL_sk_num(chain) > 0 {
            unsafe OSSL_CMP_CTX_set1_untrusted(context, chain)
        }
    }

    func protect(_ secret: [UInt8], _ reference: String) throws(AuthorityFileError) {
        guard !secret.isEmpty else { throw AuthorityFileError("the secret's file is empty") }
        let name = Array(reference.utf8)
        unsafe OSSL_CMP_CTX_set1_secretValue(context, secret, Int32(clamping: secret.count))
        unsafe OSSL_CMP_CTX_set1_referenceValue(context, name, Int32(clamping: name.count))
    }

    func revoke(_ certificate: borrowing LeafCertificate, _ reason: CMPClient.Reason)
        -> CMPClient.Answer
    {
        unsafe OSSL_CMP_CTX_set1_oldCert(context, certificate.handle)
        unsafe OSSL_CMP_CTX_set_option(context, OSSL_CMP_OPT_REVOCATION_REASON, reason.rawValue)
        let isDone = withTransfer { unsafe OSSL_CMP_exec_RR_ses(context) == 1 }
        if isDone { return .done(statusWords) }
        return refusal
    }

    func greet() -> String? {
        let answers = unsafe withTransfer { unsafe OSSL_CMP_exec_GENM_ses(context) }
        defer {
            unsafe OPENSSL_sk_pop_free(answers) { unsafe OSSL_CMP_ITAV_free(OpaquePointer($0)) }
        }
        if unsafe answers != nil { return nil }
        switch refusal {
        case .done: return nil
        case .revokedAlready: return PKIFailure.certRevoked.sentence
        case .refused(let words), .unknown(let words): return words
        }
    }

    private func withTransfer<T>(_ body: () -> T) -> T {
        unsafe OSSL_CMP_CTX_set_transfer_cb_arg(
            context, Unmanaged.passUnretained(self).toOpaque())
        return body()
    }

    private var refusal: CMPClient.Answer {
        defer { OpenSSLWords.forget() }
        if let failure { return .unknown(failure.sentence) }
        let status = unsafe OSSL_CMP_CTX_get_status(context)
        let bits = unsafe OSSL_CMP_CTX_get_failInfoCode(context)
        guard status == OSSL_CMP_PKISTATUS_rejection else {
            // The protection of the answer could not be verified, or what came is no answer: the CA has
            // said nothing.
            let words = OpenSSLWords.take(orElse: "its answer can't be understood")
            return .unknown("\(exchange.address.text): \(words)")
        }
        let failed = PKIFailure(rawValue: bits < 0 ? 0 : UInt32(bits))
        if failed.contains(.certRevoked) { return .revokedAlready }
        let words = [failed.sentence, statusWords].filter { !$0.isEmpty }
            .joined(separator: "; it says: ")
        let sentence = words.isEmpty ? "it refuses, and does not say why" : words
        return failed.isDisjoint(with: .passing) ? .refused(sentence) : .unknown(sentence)
    }

    /// What the CA wrote beside its status (PKIFreeText).
    private var statusWords: String {
        guard let texts = unsafe OSSL_CMP_CTX_get0_statusString(context) else { return "" }
        var words: [String] = []
        for index in unsafe 0..<OPENSSL_sk_num(texts) {
            guard
                let text = unsafe OPENSSL_sk_value(texts, index)?
                    .assumingMemoryBound(to: ASN1_STRING.self)
            else { continue }
            let count = unsafe Int(ASN1_STRING_length(text))
            let octets = unsafe UnsafeBufferPointer(
                start: ASN1_STRING_get0_data(text), count: count)
            words.append(OpenSSLWords.plain(unsafe String(decoding: octets, as: UTF8.self)))
        }
        return String(words.joined(separator: ", ").prefix(1024))
    }

    private func transfer(_ request: OpaquePointer?) -> OpaquePointer? {
        guard let memory = unsafe BIO_new(BIO_s_mem()) else { return nil }
        defer { unsafe BIO_free(memory) }
        var start: UnsafeMutablePointer<CChar>?
        guard unsafe i2d_OSSL_CMP_MSG_bio(memory, request) == 1 else { return nil }
        let count = unsafe lockstep_memory_of(memory, &start)
        let octets = unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
        let type = "application/pkixcmp"
        do throws(ExchangeFailure) {
            return unsafe try exchange.run(
                posting: HTTPExchange.Body(type: type, content: octets), expecting: type,
                limit: 1 << 20
            ) { answer throws(ExchangeFailure) in
                let bio = unsafe BIO_new_mem_buf(answer.baseAddress, Int32(clamping: answer.count))
                defer { unsafe BIO_free(bio) }
                guard let message = unsafe d2i_OSSL_CMP_MSG_bio(bio, nil) else {
                    OpenSSLWords.forget()
                    throw .unusable("\(exchange.address.text): its answer is no CMP message")
                }
                return unsafe message
            }
        } catch {
            failure = error
            return nil
        }
    }
}
