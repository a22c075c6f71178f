internal import CCrypto
internal import Crypto
internal import Glibc

/// Why an authority gave no answer; a sentence without a full stop each.
package enum ExchangeFailure: Error, Hashable, Sendable {
    /// Nobody listens, nothing came in time, or the connection was lost.
    case unreachable(String)
    /// TLS could not be had, or shows another server than was asked for.
    case untrusted(String)
    /// What came is no answer to the question, or is not signed by whom it should be.
    case unusable(String)

    package var sentence: String {
        switch self {
        case .unreachable(let words), .untrusted(let words), .unusable(let words): words
        }
    }
}

/// One request of libcrypto's HTTP client, on a connection made here.
///
/// libcrypto's own connecting tries a refused connection again until its time is over; and its
/// deadline is for each read. Here one deadline is for all of it, and refused is down at once.
struct HTTPExchange {
    let address: AuthorityAddress
    /// The PEM anchors of the TLS server beside the system's; nil: the system's alone.
    let trust: String?
    /// Seconds since 1970.
    let now: Int64
    let deadline: ContinuousClock.Instant
    /// Asked while an answer is waited for; nil: nobody can ask for a stop.
    let isStopped: (() -> Bool)?

    /// Whoever does not even take the connection by then is down, however long a list may take.
    private static let connectLimit = Duration.seconds(10)

    struct Body {
        let type: String
        let content: [UInt8]
    }

    /// Lends the octets of the answer, which is one value in DER.
    ///
    /// `type`: the answer's media type where it has to be that one. `limit`: the most octets that an
    /// answer may have.
    func run<T: ~Copyable>(
        posting body: Body?, expecting type: String?, limit: Int,
        _ read: (UnsafeRawBufferPointer) throws(ExchangeFailure) -> T
    ) throws(ExchangeFailure) -> T {
        let connection: TCPConnection
        do throws(TCPConnection.Failure) {
            connection = try TCPConnection(
                host: address.host, port: address.port, deadline: deadline,
                connecting: Self.connectLimit, isStopped: isStopped)
        } catch {
            throw .unreachable("\(address.text): \(error.words)")
        }
        let channel = try Channel(connection, address: address, trust: trust, now: now)
        unsafe lockstep_end_reads_after(
            channel.bio, (deadline - .now).components.seconds + 1)
        let request = try Request(channel, address: address, body: body, type: type, limit: limit)
        try complete(request, on: channel, connection)
        return unsafe try request.withAnswer(read)
    }

    private func complete(
        _ request: borrowing Request, on channel: borrowing Channel,
        _ connection: borrowing TCPConnection
    ) throws(ExchangeFailure) {
        while true {
            switch request.goOn() {
            case 1: return
            case -1:
                do throws(TCPConnection.Failure) {
                    try connection.wait(toWrite: channel.waitsToWrite)
                } catch {
                    throw .unreachable("\(address.text): \(error.words)")
                }
            default:
                throw .unusable(
                    "\(address.text): "
                        + OpenSSLWords.take(orElse: "it closed the connection without an answer"))
            }
        }
    }
}

extension TCPConnection.Failure {
    fileprivate var words: String {
        switch self {
        case .unreachable(let words): words
        case .timedOut: "no answer in time"
        case .closed: "it closed the connection"
        case .stopped: "interrupted before it answered"
        }
    }
}

/// The octets' way: the socket, and TLS over it where the address says so.
@safe
private struct Channel: ~Copyable {
    let bio: OpaquePointer

    init(
        _ connection: borrowing TCPConnection, address: AuthorityAddress, trust: String?, now: Int64
    ) throws(ExchangeFailure) {
        // "BIO_NOCLOSE": the descriptor belongs to the connection.
        guard let socket = unsafe BIO_new_socket(connection.descriptor, BIO_NOCLOSE) else {
            throw .unreachable("\(address.text): out of memory")
        }
        guard address.isTLS else {
            unsafe bio = socket
            return
        }
        guard let anchors = TrustAnchors(pem: trust, includingSystem: true, now: now),
            let session = unsafe Channel.session(anchors, address),
            let bio = unsafe BIO_new(BIO_f_ssl())
        else {
            unsafe BIO_free(socket)
            throw .untrusted("\(address.text): " + OpenSSLWords.take(orElse: "TLS can't begin"))
        }
        // "SSL_set_bio … the ownership of the BIOs is transferred to ssl."
        unsafe SSL_set_bio(session, socket, socket)
        unsafe lockstep_set_session(bio, session)
        do throws(ExchangeFailure) {
            unsafe try Channel.shakeHands(session, connection, address)
        } catch {
            unsafe BIO_free_all(bio)
            throw error
        }
        unsafe self.bio = bio
    }

    deinit {
        unsafe BIO_free_all(bio)
    }

    var waitsToWrite: Bool { unsafe lockstep_waits_to_write(bio) != 0 }

    private static func session(
        _ anchors: borrowing TrustAnchors, _ address: AuthorityAddress
    ) -> OpaquePointer? {
        guard let context = unsafe SSL_CTX_new(TLS_client_method()) else { return nil }
        // The session keeps a reference of its own.
        defer { unsafe SSL_CTX_free(context) }
        unsafe SSL_CTX_set1_cert_store(context, anchors.store)
        unsafe SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nil)
        guard unsafe lockstep_require_tls12(context) == 1, let session = unsafe SSL_new(context)
        else { return nil }
        let parameters = unsafe SSL_get0_param(session)
        if unsafe X509_VERIFY_PARAM_set1_ip_asc(parameters, address.host) != 1 {
            OpenSSLWords.forget()
            unsafe SSL_set1_host(session, address.host)
            unsafe _ = lockstep_name_server(session, address.host)
        }
        unsafe SSL_set_connect_state(session)
        return unsafe session
    }

    private static func shakeHands(
        _ session: OpaquePointer, _ connection: borrowing TCPConnection, _ address: AuthorityAddress
    ) throws(ExchangeFailure) {
        while true {
            let code = unsafe SSL_do_handshake(session)
            if code == 1 { return }
            let needs = unsafe SSL_get_error(session, code)
            guard needs == SSL_ERROR_WANT_READ || needs == SSL_ERROR_WANT_WRITE else {
                let words = unsafe refusal(of: session)
                throw .untrusted("\(address.text): \(words)")
            }
            do throws(TCPConnection.Failure) {
                try connection.wait(toWrite: needs == SSL_ERROR_WANT_WRITE)
            } catch {
                if case .stopped = error { throw .unreachable("\(address.text): \(error.words)") }
                throw .unreachable("\(address.text): no TLS handshake in time")
            }
        }
    }

    private static func refusal(of session: OpaquePointer) -> String {
        let verified = unsafe SSL_get_verify_result(session)
        let words = OpenSSLWords.take(orElse: "the TLS handshake failed")
        guard verified != Int(X509_V_OK) else { return words }
        let why = unsafe String(cString: X509_verify_cert_error_string(verified))
        return "its certificate is not trusted: \(why)"
    }
}

/// libcrypto's request, from its first octet to the last of the answer.
@safe
private struct Request: ~Copyable {
    private let context: OpaquePointer
    private let address: AuthorityAddress

    init(
        _ channel: borrowing Channel, address: AuthorityAddress, body: HTTPExchange.Body?,
        type: String?, limit: Int
    ) throws(ExchangeFailure) {
        guard let context = unsafe OSSL_HTTP_REQ_CTX_new(channel.bio, channel.bio, 0) else {
            throw .unreachable("\(address.text): out of memory")
        }
        var headers: OpaquePointer?
        defer { unsafe Request.free(headers) }
        let content = unsafe body.flatMap { unsafe Request.memory(of: $0.content) }
        defer { unsafe BIO_free(content) }
        guard unsafe X509V3_add_value("Host", address.hostHeader, &headers) == 1,
            unsafe OSSL_HTTP_set1_request(
                context, address.path, headers, body?.type, content, type, 1, limit, 0, 0) == 1
        else {
            unsafe OSSL_HTTP_REQ_CTX_free(context)
            throw .unusable("\(address.text): " + OpenSSLWords.take(orElse: "out of memory"))
        }
        unsafe self.context = context
        self.address = address
    }

    deinit {
        unsafe OSSL_HTTP_REQ_CTX_free(context)
    }

    /// 1 when the answer is there, -1 where it has to be waited for, 0 when it failed.
    func goOn() -> Int32 {
        unsafe OSSL_HTTP_REQ_CTX_nbio(context)
    }

    func withAnswer<T: ~Copyable>(
        _ read: (UnsafeRawBufferPointer) throws(ExchangeFailure) -> T
    ) throws(ExchangeFailure) -> T {
        var start: UnsafeMutablePointer<CChar>?
        let memory = unsafe OSSL_HTTP_REQ_CTX_get0_mem_bio(context)
        let count = unsafe lockstep_memory_of(memory, &start)
        guard count > 0 else { throw .unusable("\(address.text): its answer is empty") }
        return try unsafe read(UnsafeRawBufferPointer(start: start, count: count))
    }

    private static func memory(of octets: [UInt8]) -> OpaquePointer? {
        let bio = unsafe BIO_new(BIO_s_mem())
        unsafe _ = octets.withUnsafeBytes {
            unsafe BIO_write(bio, $0.baseAddress, Int32(clamping: $0.count))
        }
        return unsafe bio
    }

    private static func free(_ headers: OpaquePointer?) {
        guard let headers = unsafe headers else { return }
        unsafe OPENSSL_sk_pop_free(headers) { value in
            unsafe X509V3_conf_free(value?.assumingMemoryBound(to: CONF_VALUE.self))
        }
    }
}
