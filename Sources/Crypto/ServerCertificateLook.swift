internal import Glibc

/// A look at a directory server's certificate, to say why libldap refuses it: libldap itself only
/// says that it can't contact the server.
///
/// Nothing is trusted and nothing secret is sent: the look ends with the handshake.
package struct ServerCertificateLook: Sendable {
    package let host: String
    package let port: Int
    /// Whether TLS begins with the extended operation instead of at once.
    package let startTLS: Bool
    /// A PEM file of trusted CAs; nil: the system's.
    package let ca: String?
    /// Seconds since 1970-01-01T00:00:00Z.
    package let now: Int64

    package init(host: String, port: Int, startTLS: Bool, ca: String?, now: Int64) {
        self.host = host
        self.port = port
        self.startTLS = startTLS
        self.ca = ca
        self.now = now
    }

    /// Looks, for at most `seconds` once the host's name is resolved.
    package func finding(withinSeconds seconds: Int64) -> ServerCertificateFinding {
        guard let verification = CertificateVerification(ca: ca) else {
            return .unreadableCA(ca ?? "the system's store")
        }
        guard let handshake = TLSHandshake(serverName: isAddress ? nil : host) else {
            return .handshakeFailed("no memory")
        }
        do throws(TCPConnection.Failure) {
            let connection = try TCPConnection(
                host: host, port: port, deadline: .now + .seconds(seconds))
            if startTLS, let refusal = try begin(on: connection) { return refusal }
            do throws(TLSHandshake.Failure) {
                try handshake.run(on: connection)
            } catch {
                return finding(of: error)
            }
        } catch {
            return finding(of: error)
        }
        let name = comparedName
        return unsafe handshake.withCertificates { certificate, chain in
            unsafe verification.finding(certificate, chain, host: name, now: now)
        } ?? .handshakeFailed("the server showed no certificate")
    }

    /// nil where the server is ready for TLS.
    private func begin(
        on connection: borrowing TCPConnection
    ) throws(TCPConnection.Failure) -> ServerCertificateFinding? {
        try connection.send(StartTLS.request)
        var answer: [UInt8] = []
        while true {
            answer += try connection.receive()
            switch StartTLS.answer(answer) {
            case .incomplete: continue
            case .notLDAP: return .noTLS
            case .result(0, _): return nil
            case .result(let code, let words): return .startTLSRefused(code, words)
            }
        }
    }

    private func finding(of failure: TLSHandshake.Failure) -> ServerCertificateFinding {
        switch failure {
        case .connection(let failure): finding(of: failure)
        case .noTLS: .noTLS
        case .refused(let words): .handshakeFailed(words)
        }
    }

    private func finding(of failure: TCPConnection.Failure) -> ServerCertificateFinding {
        switch failure {
        case .unreachable(let words): .unreachable(words)
        case .timedOut, .stopped: .silent
        case .closed: .noTLS
        }
    }

    private var isAddress: Bool {
        var address = in6_addr()
        return unsafe inet_pton(AF_INET, host, &address) == 1
            || inet_pton(AF_INET6, host, &address) == 1
    }

    /// libldap puts the machine's full name in the place of `localhost` before it compares.
    private var comparedName: String {
        guard host.lowercased() == "localhost" else { return host }
        var name = [CChar](repeating: 0, count: 256)
        guard unsafe gethostname(&name, name.count - 1) == 0 else { return host }
        var hints = unsafe addrinfo()
        unsafe hints.ai_flags = AI_CANONNAME
        var addresses: UnsafeMutablePointer<addrinfo>?
        defer { unsafe freeaddrinfo(addresses) }
        if unsafe getaddrinfo(name, nil, &hints, &addresses) == 0,
            let canonical = unsafe addresses?.pointee.ai_canonname
        {
            return unsafe String(cString: canonical)
        }
        return String(
            decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
