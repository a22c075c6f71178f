internal import CLDAP
internal import Glibc
internal import LDAP

/// Everything that libldap would otherwise take from ldap.conf, ~/.ldaprc, ./ldaprc or `LDAP…` variables.
extension Handle {
    /// Where distributions keep the system's CA bundle.
    private static let systemBundles = [
        "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/ssl/ca-bundle.pem",
    ]

    func apply(_ options: ConnectionOptions) throws(LDAPFailure) {
        let connect = timeval(seconds: options.secondsToConnect)
        let operation = timeval(tv_sec: Int(options.operationTimeout), tv_usec: 0)
        try check(set(LDAP_OPT_PROTOCOL_VERSION, LDAP_VERSION3), options)
        try check(unsafe lockstep_ldap_set_flag(pointer, LDAP_OPT_REFERRALS, 0), options)
        try check(unsafe lockstep_ldap_set_flag(pointer, LDAP_OPT_RESTART, 1), options)
        try check(set(LDAP_OPT_DEREF, LDAP_DEREF_NEVER), options)
        try check(set(LDAP_OPT_SIZELIMIT, LDAP_NO_LIMIT), options)
        try check(set(LDAP_OPT_TIMELIMIT, LDAP_NO_LIMIT), options)
        try check(set(LDAP_OPT_NETWORK_TIMEOUT, connect), options)
        try check(set(LDAP_OPT_TIMEOUT, operation), options)
        if options.usesTLS { try applyTLS(options) }
    }

    /// GnuTLS ignores LDAP_OPT_X_TLS_PROTOCOL_MIN in libldap 2.5.13: there a priority string decides.
    private func applyTLS(_ options: ConnectionOptions) throws(LDAPFailure) {
        let ca = options.caFile ?? Self.systemBundles.first { unsafe access($0, R_OK) == 0 }
        try check(set(LDAP_OPT_X_TLS_REQUIRE_CERT, LDAP_OPT_X_TLS_HARD), options)
        try check(set(LDAP_OPT_X_TLS_REQUIRE_SAN, LDAP_OPT_X_TLS_ALLOW), options)
        try check(set(LDAP_OPT_X_TLS_CACERTFILE, ca), options)
        try check(set(LDAP_OPT_X_TLS_CACERTDIR, nil), options)
        try check(set(LDAP_OPT_X_TLS_CERTFILE, options.certificate), options)
        try check(set(LDAP_OPT_X_TLS_KEYFILE, options.key), options)
        try check(set(LDAP_OPT_X_TLS_PROTOCOL_MIN, options.minimumTLS.libldapCode), options)
        if tlsPackage == "GnuTLS" {
            let priorities = options.minimumTLS.gnuTLSPriorities
            try check(set(LDAP_OPT_X_TLS_CIPHER_SUITE, priorities), options)
        }
        guard set(LDAP_OPT_X_TLS_NEWCTX, 0) == LDAP_OPT_SUCCESS else {
            throw unusableFiles(options, ca)
        }
    }

    private func unusableFiles(_ options: ConnectionOptions, _ ca: String?) -> LDAPFailure {
        let files = [ca, options.certificate, options.key].compactMap(\.self)
        let names = files.isEmpty ? "there is no CA file" : files.joined(separator: ", ")
        return LDAPFailure(
            attempted: .connect, target: server, code: .connectError,
            diagnostic: "TLS files can't be used: \(names)")
    }

    /// `GnuTLS` on Debian 12, `OpenSSL` on Debian 13.
    private var tlsPackage: String {
        var text: UnsafeMutablePointer<CChar>?
        unsafe ldap_get_option(pointer, LDAP_OPT_X_TLS_PACKAGE, &text)
        defer { unsafe ldap_memfree(text) }
        return unsafe text.map { unsafe String(cString: $0) } ?? ""
    }

    /// Whatever is read from or written to the socket from now on ends in time, and is bounded.
    ///
    /// Who is not known yet has little to say.
    func boundSocket() throws(LDAPFailure) {
        guard unsafe limit.install(on: pointer), unsafe lockstep_unblock(pointer) == 0,
            unsafe lockstep_limit_message(pointer, Self.mostBeforeBind) == 0
        else { throw failure(.connect, server, code: LDAP_LOCAL_ERROR) }
    }

    /// Once a server has let us in: a group of a million members is one message.
    func expectEntries() {
        unsafe lockstep_limit_message(pointer, Self.mostOctets)
    }

    private static let mostBeforeBind: ber_len_t = 4 << 20
    private static let mostOctets: ber_len_t = 128 << 20

    /// The TLS handshake, with the server's certificate and name verified.
    func installTLS(
        _ attempted: LDAPFailure.Attempt, within seconds: Double
    ) throws(LDAPFailure) {
        limit.end = min(.after(seconds: seconds), commandEnd)
        let code = unsafe ldap_install_tls(pointer)
        guard code == LDAP_SUCCESS, unsafe lockstep_unblock(pointer) == 0 else {
            throw failure(attempted, server, code: code == LDAP_SUCCESS ? LDAP_LOCAL_ERROR : code)
        }
    }

    /// Once connected, libldap has no address any more.
    ///
    /// It would open a lost connection again by itself, without TLS and unbound, and send the next
    /// request there, a password perhaps.
    func forbidReconnecting() throws(LDAPFailure) {
        guard set(LDAP_OPT_URI, "ldapi://%2Fdev%2Fnull") == LDAP_OPT_SUCCESS else {
            throw failure(.connect, server, code: LDAP_LOCAL_ERROR)
        }
    }

    private func check(_ code: Int32, _ options: ConnectionOptions) throws(LDAPFailure) {
        guard code == LDAP_OPT_SUCCESS else {
            throw failure(.connect, server, code: LDAP_LOCAL_ERROR)
        }
    }

    private func set(_ option: Int32, _ value: Int32) -> Int32 {
        var value = value
        return unsafe ldap_set_option(pointer, option, &value)
    }

    private func set(_ option: Int32, _ value: timeval) -> Int32 {
        var value = value
        return unsafe ldap_set_option(pointer, option, &value)
    }

    private func set(_ option: Int32, _ text: String?) -> Int32 {
        guard let text else { return unsafe ldap_set_option(pointer, option, nil) }
        return unsafe text.withCString { unsafe ldap_set_option(pointer, option, $0) }
    }
}

extension timeval {
    /// A millisecond at least: libldap takes nothing for *do not wait at all*.
    init(seconds: Double) {
        let micro = max(1_000, Int(seconds * 1_000_000))
        self.init(tv_sec: micro / 1_000_000, tv_usec: micro % 1_000_000)
    }
}

extension TLSVersion {
    /// What LDAP_OPT_X_TLS_PROTOCOL(major, minor) gives.
    fileprivate var libldapCode: Int32 {
        switch self {
        case .v1_2: 3 << 8 + 3
        case .v1_3: 3 << 8 + 4
        }
    }

    fileprivate var gnuTLSPriorities: String {
        switch self {
        case .v1_2: "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"
        case .v1_3: "NORMAL:-VERS-ALL:+VERS-TLS1.3"
        }
    }
}
