internal import CCrypto
internal import Crypto

/// Asks an OCSP responder (RFC 6960) how one certificate stands.
package struct OCSPResponder {
    package let address: AuthorityAddress
    package let issuer: IssuingCertificate
    /// The PEM anchors of the TLS server beside the system's.
    package let trust: String?
    /// Seconds since 1970.
    package let now: Int64
    /// Asked while an answer is waited for.
    private let isStopped: (() -> Bool)?

    /// How far the responder's clock may differ from ours.
    private static let skew: Int64 = 300

    package init(
        address: AuthorityAddress, issuer: IssuingCertificate, trust: String?, now: Int64,
        isStopped: (() -> Bool)? = nil
    ) {
        self.address = address
        self.issuer = issuer
        self.trust = trust
        self.now = now
        self.isStopped = isStopped
    }

    /// How a certificate, in DER, stands by the responder's answer.
    ///
    /// Only an answer is believed that the issuer signed, or somebody to whom the issuer gave a
    /// certificate for it (id-kp-OCSPSigning), and that is of this time.
    package func standing(
        of certificate: [UInt8], within limit: Duration
    ) throws(ExchangeFailure) -> CertificateStanding {
        guard let leaf = LeafCertificate(der: certificate),
            let question = OCSPQuestion(leaf, issuer)
        else { throw .unusable("the certificate can't be read") }
        let exchange = HTTPExchange(
            address: address, trust: trust, now: now, deadline: .now + limit, isStopped: isStopped)
        let body = HTTPExchange.Body(
            type: "application/ocsp-request", content: question.octets)
        return unsafe try exchange.run(
            posting: body, expecting: "application/ocsp-response", limit: 1 << 20
        ) { octets throws(ExchangeFailure) in
            guard let answer = unsafe OCSPAnswer(octets) else {
                throw .unusable("\(address.text): its answer is no OCSP response")
            }
            return try standing(in: answer, to: question)
        }
    }

    func standing(
        in answer: borrowing OCSPAnswer, to question: borrowing OCSPQuestion
    ) throws(ExchangeFailure) -> CertificateStanding {
        defer { OpenSSLWords.forget() }
        let status = answer.status
        guard status == OCSP_RESPONSE_STATUS_SUCCESSFUL else {
            throw .unusable("\(address.text): \(words(of: status))")
        }
        guard let anchors = unsafe TrustAnchors(issuer.handle, now: now),
            answer.isSigned(for: issuer, anchors)
        else {
            let why = OpenSSLWords.take(orElse: "nobody whom it trusts signed it")
            throw .unusable("\(address.text): its answer is not the authority's: \(why)")
        }
        guard answer.repeats(question) else {
            throw .unusable("\(address.text): its answer is to another question")
        }
        guard let single = answer.single(question) else {
            throw .unusable("\(address.text): its answer is about another certificate")
        }
        guard single.thisUpdate - Self.skew <= now else {
            throw .unusable("\(address.text): its answer is of a time to come")
        }
        if let next = single.nextUpdate, next + Self.skew < now {
            throw .unusable("\(address.text): its answer has expired")
        }
        // RFC 6960, 4.2.2.1: an answer without an end says that newer ones are always to be had.
        if single.nextUpdate == nil, single.thisUpdate + Self.skew < now {
            throw .unusable("\(address.text): its answer is old, and says no end")
        }
        switch single.status {
        case V_OCSP_CERTSTATUS_GOOD: return .good
        case V_OCSP_CERTSTATUS_REVOKED:
            return .revoked(
                reason: max(0, single.reason), at: single.revokedAt ?? single.thisUpdate)
        default: return .unknown
        }
    }

    private func words(of status: Int32) -> String {
        switch status {
        case OCSP_RESPONSE_STATUS_MALFORMEDREQUEST: "it can't read the question"
        case OCSP_RESPONSE_STATUS_INTERNALERROR: "it failed (internalError)"
        case OCSP_RESPONSE_STATUS_TRYLATER: "it can't answer at present (tryLater)"
        case OCSP_RESPONSE_STATUS_SIGREQUIRED: "it wants signed questions (sigRequired)"
        case OCSP_RESPONSE_STATUS_UNAUTHORIZED:
            "it does not answer for this authority (unauthorized)"
        default: "it answers with the unknown status \(status)"
        }
    }
}

/// The question: one certificate, with a nonce.
@safe
struct OCSPQuestion: ~Copyable {
    let request: OpaquePointer
    /// The request's own: freed with it.
    let id: OpaquePointer

    init?(_ certificate: borrowing LeafCertificate, _ issuer: IssuingCertificate) {
        defer { OpenSSLWords.forget() }
        // SHA-1 only names the issuer here; responders know it by nothing else.
        guard let request = unsafe OCSP_REQUEST_new() else { return nil }
        guard let id = unsafe OCSP_cert_to_id(EVP_sha1(), certificate.handle, issuer.handle),
            unsafe OCSP_request_add0_id(request, id) != nil,
            unsafe OCSP_request_add1_nonce(request, nil, 16) == 1
        else {
            unsafe OCSP_REQUEST_free(request)
            return nil
        }
        unsafe self.request = request
        unsafe self.id = id
    }

    deinit {
        unsafe OCSP_REQUEST_free(request)
    }

    var octets: [UInt8] {
        var start: UnsafeMutablePointer<UInt8>?
        let count = unsafe i2d_OCSP_REQUEST(request, &start)
        guard count > 0, let start = unsafe start else { return [] }
        defer { unsafe lockstep_clear_free(start, 0) }
        return unsafe Array(UnsafeBufferPointer(start: start, count: Int(count)))
    }
}

/// The responder's answer.
@safe
struct OCSPAnswer: ~Copyable {
    struct Single {
        let status: Int32
        let reason: Int32
        let revokedAt: Int64?
        let thisUpdate: Int64
        let nextUpdate: Int64?
    }

    private let response: OpaquePointer
    private let basic: OpaquePointer?

    init?(_ octets: UnsafeRawBufferPointer) {
        var position = unsafe octets.baseAddress?.assumingMemoryBound(to: UInt8.self)
        guard let response = unsafe d2i_OCSP_RESPONSE(nil, &position, octets.count) else {
            OpenSSLWords.forget()
            return nil
        }
        unsafe self.response = response
        unsafe basic = OCSP_response_get1_basic(response)
        OpenSSLWords.forget()
    }

    deinit {
        unsafe OCSP_BASICRESP_free(basic)
        unsafe OCSP_RESPONSE_free(response)
    }

    var status: Int32 { unsafe OCSP_response_status(response) }

    /// The issuer's certificate is given along, because responders may leave it out.
    func isSigned(for issuer: IssuingCertificate, _ anchors: borrowing TrustAnchors) -> Bool {
        guard let basic = unsafe basic, let known = unsafe OPENSSL_sk_new_null() else {
            return false
        }
        defer { unsafe OPENSSL_sk_free(known) }
        unsafe OPENSSL_sk_push(known, UnsafeRawPointer(issuer.handle))
        // "OCSP_NOEXPLICIT": a root that is trusted for OCSP in general is not enough.
        return unsafe OCSP_basic_verify(basic, known, anchors.store, UInt(OCSP_NOEXPLICIT)) == 1
    }

    /// "-1: nonce in request only": many responders prepare their answers and repeat none.
    func repeats(_ question: borrowing OCSPQuestion) -> Bool {
        guard let basic = unsafe basic else { return false }
        return unsafe OCSP_check_nonce(question.request, basic) != 0
    }

    func single(_ question: borrowing OCSPQuestion) -> Single? {
        guard let basic = unsafe basic else { return nil }
        var (status, reason): (Int32, Int32) = (0, 0)
        var revokedAt: UnsafeMutablePointer<ASN1_GENERALIZEDTIME>?
        var thisUpdate: UnsafeMutablePointer<ASN1_GENERALIZEDTIME>?
        var nextUpdate: UnsafeMutablePointer<ASN1_GENERALIZEDTIME>?
        let isFound = unsafe OCSP_resp_find_status(
            basic, question.id, &status, &reason, &revokedAt, &thisUpdate, &nextUpdate)
        guard isFound == 1, let thisUpdate = unsafe ASN1Time.seconds(thisUpdate) else { return nil }
        let isOpen = unsafe nextUpdate == nil
        let end = unsafe ASN1Time.seconds(nextUpdate)
        // That the end can't be read does not mean that there is none.
        guard isOpen || end != nil else { return nil }
        return unsafe Single(
            status: status, reason: reason, revokedAt: ASN1Time.seconds(revokedAt),
            thisUpdate: thisUpdate, nextUpdate: end)
    }
}
