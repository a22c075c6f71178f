package import LDAP

/// Where and how to connect; nothing here, and nothing in the machine's ldap.conf, weakens TLS.
package struct ConnectionOptions: Sendable {
    package var url: LDAPURL
    /// PEM; nil is the system's bundle.
    package var caFile: String?
    package var startTLS: Bool
    package var minimumTLS: TLSVersion
    /// PEM of a client certificate and its key.
    package var certificate: String?
    package var key: String?
    /// Seconds for the connection, and again for the TLS handshake.
    package var connectTimeout: Int64
    /// Seconds that one request may take as a whole.
    package var operationTimeout: Int64
    /// For everything that the connection is for; nil: as long as each operation may.
    package var limit: TimeLimit?

    package init(
        url: LDAPURL, caFile: String? = nil, startTLS: Bool = false,
        minimumTLS: TLSVersion = .v1_2, certificate: String? = nil, key: String? = nil,
        connectTimeout: Int64 = 5, operationTimeout: Int64 = 30,
        limit: TimeLimit? = nil
    ) {
        self.url = url
        self.caFile = caFile
        self.startTLS = startTLS
        self.minimumTLS = minimumTLS
        self.certificate = certificate
        self.key = key
        self.connectTimeout = connectTimeout
        self.operationTimeout = operationTimeout
        self.limit = limit
    }

    var secondsToConnect: Double { min(Double(connectTimeout), limit?.left ?? .infinity) }

    var usesTLS: Bool { startTLS || url.scheme == .ldaps }
}
