internal import CCrypto

/// A TLS client whose octets are carried by hand, so that the connection's deadline holds.
///
/// It verifies nothing: what is wrong is to be told, not to be an error.
@safe
struct TLSHandshake: ~Copyable {
    enum Failure: Error {
        case connection(TCPConnection.Failure)
        case noTLS
        /// OpenSSL's words.
        case refused(String)
    }

    private let context: OpaquePointer
    private let session: OpaquePointer
    private let incoming: OpaquePointer
    private let outgoing: OpaquePointer

    /// nil where OpenSSL has no memory.
    init?(serverName: String?) {
        guard let context = unsafe SSL_CTX_new(TLS_client_method()) else { return nil }
        guard let session = unsafe SSL_new(context) else {
            unsafe SSL_CTX_free(context)
            return nil
        }
        guard let incoming = unsafe BIO_new(BIO_s_mem()), let outgoing = unsafe BIO_new(BIO_s_mem())
        else {
            unsafe SSL_free(session)
            unsafe SSL_CTX_free(context)
            return nil
        }
        // Also servers with old keys are to be seen.
        unsafe SSL_set_security_level(session, 0)
        // "SSL_set_bio … the ownership of the BIOs is transferred to ssl."
        unsafe SSL_set_bio(session, incoming, outgoing)
        unsafe SSL_set_connect_state(session)
        if let serverName { unsafe _ = lockstep_name_server(session, serverName) }
        unsafe self.context = context
        unsafe self.session = session
        unsafe self.incoming = incoming
        unsafe self.outgoing = outgoing
    }

    deinit {
        unsafe SSL_free(session)
        unsafe SSL_CTX_free(context)
    }

    func run(on connection: borrowing TCPConnection) throws(Failure) {
        var hasSeenTLS = false
        while true {
            let code = unsafe SSL_do_handshake(session)
            let needs = unsafe SSL_get_error(session, code)
            let words = TLSHandshake.takeWords()
            do throws(TCPConnection.Failure) {
                try flush(to: connection)
                if code == 1 { return }
                guard needs == SSL_ERROR_WANT_READ else {
                    throw TCPConnection.Failure.closed
                }
                let bytes = try connection.receive()
                // A record is an alert (21) or a handshake message (22) at this time.
                if bytes[0] == 21 || bytes[0] == 22 { hasSeenTLS = true }
                unsafe _ = bytes.withUnsafeBytes {
                    unsafe BIO_write(incoming, $0.baseAddress, Int32($0.count))
                }
            } catch {
                guard case .closed = error else { throw .connection(error) }
                throw hasSeenTLS ? .refused(words ?? "the server closed the connection") : .noTLS
            }
        }
    }

    /// Lends the server's certificate and the chain that came with it.
    func withCertificates<T>(
        _ body: (_ certificate: OpaquePointer, _ chain: OpaquePointer?) -> T
    ) -> T? {
        guard let certificate = unsafe SSL_get1_peer_certificate(session) else { return nil }
        defer { unsafe X509_free(certificate) }
        return unsafe body(certificate, SSL_get_peer_cert_chain(session))
    }

    private func flush(to connection: borrowing TCPConnection) throws(TCPConnection.Failure) {
        while true {
            var count: Int32 = 0
            let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 16_384) { buffer, filled in
                count = unsafe BIO_read(outgoing, buffer.baseAddress, 16_384)
                filled = Int(max(0, count))
            }
            if count <= 0 { return }
            try connection.send(bytes)
        }
    }

    /// What OpenSSL has to say of the last failure; nil where it has nothing.
    private static func takeWords() -> String? {
        let code = ERR_peek_error()
        ERR_clear_error()
        guard code != 0 else { return nil }
        return unsafe ERR_reason_error_string(code).map { unsafe String(cString: $0) }
    }
}
