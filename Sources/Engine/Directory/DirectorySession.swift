package import Configuration
internal import Crypto
package import Ground
package import LDAP
package import LDAPClient

/// A bound connection to one of a directory's servers, and what that server is.
package struct DirectorySession: ~Copyable {
    package let settings: DirectorySettings
    /// The server that answered.
    package let url: LDAPURL
    let connection: DirectoryConnection
    private let server: ServerFacts

    /// Tries the servers in order, stopping at the first that answers whether or not it lets us in.
    ///
    /// `servers`: those of the configuration to try, where not all.
    /// `secret` gives the octets of the bind password; it is asked once, and never for a SASL bind.
    /// `now` is what a certificate's dates are held against when TLS fails. `limit`: when all of it,
    /// opening included, must have ended. `watch` is told of each request. Throws `DirectoryFailure`, and
    /// what `secret` throws.
    package static func open(
        _ settings: DirectorySettings, servers: [LDAPURL]? = nil, now: Timestamp,
        limit: TimeLimit? = nil, watch: RequestWatch = .none,
        secret: (PasswordSource) throws -> [UInt8]
    ) throws -> DirectorySession {
        var password = try settings.bind.password.map(secret)
        defer { password?.wipe() }
        var answers: [String] = []
        var last = ResultCode.serverDown
        var isTLS = false
        for url in servers ?? settings.uris {
            if let limit, limit.isOver { break }
            do {
                let place = RequestPlace(settings, url, watch)
                return try watch.during("\(settings.name), \(url)") {
                    let connection = try connect(settings, url, password: password, limit)
                    if let isStopped = watch.isStopped {
                        connection.stopSearches(when: isStopped)
                    }
                    let server = try ServerFacts(settings, url, connection)
                    return DirectorySession(place, connection, server)
                }
            } catch let failure as LDAPFailure {
                if let refusal = refusal(failure, settings, url) { throw refusal }
                let finding = limit?.isOver == true ? nil : finding(failure, settings, url, now)
                isTLS = isTLS || finding != nil
                answers.append("\(url): \(finding ?? failure.answer)")
                last = failure.code
            }
        }
        throw unreachable(settings, answers, last, isTLS: isTLS)
    }

    /// `answers`: what came of each server that was asked; `isTLS`: one answered, and can't be trusted.
    private static func unreachable(
        _ settings: DirectorySettings, _ answers: [String], _ last: ResultCode, isTLS: Bool
    ) -> DirectoryFailure {
        guard !answers.isEmpty else {
            return DirectoryFailure(
                settings.name, .unreachable, .timeout,
                "no server was asked: there was no time left.")
        }
        return DirectoryFailure(
            settings.name, .unreachable, last,
            (isTLS ? "no server can be used. " : "no server answers. ")
                + answers.joined(separator: "; ")
                + (isTLS
                    ? ". Check uri and tls." : ". Check uri and tls, and that the server runs."))
    }

    private init(
        _ place: RequestPlace, _ connection: consuming Connection, _ server: ServerFacts
    ) {
        settings = place.settings
        url = place.url
        self.connection = DirectoryConnection(connection, at: place)
        self.server = server
    }

    package var dialect: Dialect { server.dialect }
    package var rootDSE: RootDSE { server.rootDSE }
    /// Whether the schema has the attribute; without it nothing can be written to it.
    package var hasPwdEndTime: Bool { server.hasPwdEndTime }
    /// RFC 4528: a write can be bound to what the entry still is.
    package var canAssert: Bool { server.rootDSE.supports(control: "1.3.6.1.1.12") }

    /// The attributes of an entry that say whether its account is disabled, as far as the schema has them.
    package var accountAttributes: [AttributeName] {
        dialect.accountAttributes.filter { hasPwdEndTime || $0 != .pwdEndTime }
    }

    /// Whether a simple bind succeeds, on a connection of its own to the same server.
    func lets(_ dn: DN, in password: [UInt8]) throws(DirectoryFailure) -> Bool {
        do throws(LDAPFailure) {
            let other = try Connection(Self.options(settings, url, limit: connection.limit))
            try other.bind(dn: dn, password: password)
            return true
        } catch {
            // OpenLDAP and Active Directory answer 49 for a locked account, 389 answers 53.
            if [.invalidCredentials, .unwillingToPerform].contains(error.code) { return false }
            throw DirectoryFailure(settings.name, error)
        }
    }

    private static func options(
        _ settings: DirectorySettings, _ url: LDAPURL, limit: TimeLimit?
    ) -> ConnectionOptions {
        ConnectionOptions(
            url: url, caFile: settings.tls.ca, startTLS: settings.tls.starttls,
            minimumTLS: settings.tls.minimum, certificate: settings.tls.certificate,
            key: settings.tls.key, connectTimeout: settings.timeout.connect,
            operationTimeout: settings.timeout.operation, limit: limit)
    }

    private static func connect(
        _ settings: DirectorySettings, _ url: LDAPURL, password: [UInt8]?, _ limit: TimeLimit?
    ) throws(LDAPFailure) -> Connection {
        let connection = try Connection(options(settings, url, limit: limit))
        switch settings.bind {
        case .simple(let dn, _, _): try connection.bind(dn: dn, password: password ?? [])
        case .external: try connection.bindExternal()
        case .gssapi: try connection.bindGSSAPI()
        }
        return connection
    }

    /// nil where another server may do better.
    private static func refusal(
        _ failure: LDAPFailure, _ settings: DirectorySettings, _ url: LDAPURL
    ) -> DirectoryFailure? {
        guard failure.attempted == .bind else { return nil }
        // The first three ask for another kind of bind, the next three are about the DN, and 49 may be
        // about DN or password.
        let refusals: Set<ResultCode> = [
            .authMethodNotSupported, .strongerAuthRequired, .confidentialityRequired,
            .noSuchObject, .invalidDNSyntax, .inappropriateAuthentication,
            .invalidCredentials, .insufficientAccessRights,
        ]
        // Without a ticket, or without the mechanism, nothing is sent at all.
        let isOurs =
            settings.bind.isGSSAPI && [.localError, .authUnknown].contains(failure.code)
        guard isOurs || refusals.contains(failure.code) else { return nil }
        let remedy =
            switch failure.code {
            case .authUnknown: "Install the Debian package libsasl2-modules-gssapi-mit."
            case .authMethodNotSupported: "The server does not know this kind of bind."
            case .strongerAuthRequired, .confidentialityRequired:
                "The server wants TLS: use ldaps:// or tls.starttls."
            case .noSuchObject, .invalidDNSyntax: "Check bind.dn."
            default: settings.bind.remedy
            }
        return DirectoryFailure(
            settings.name, .credentials, failure.code,
            "cannot bind as \(failure.target) at \(url): \(failure.answer). \(remedy)")
    }

    /// Why TLS failed; nil where it was not TLS, or nothing is wrong with it.
    ///
    /// GnuTLS calls every certificate that it refuses a connect error, or a server that is down.
    private static func finding(
        _ failure: LDAPFailure, _ settings: DirectorySettings, _ url: LDAPURL, _ now: Timestamp
    ) -> String? {
        let usesTLS = url.scheme == .ldaps || settings.tls.starttls && url.scheme == .ldap
        guard usesTLS else { return plainFinding(failure, settings, url, now) }
        guard failure.attempted == .connect || failure.attempted == .startTLS else { return nil }
        let look = ServerCertificateLook(
            host: url.host, port: url.port, startTLS: url.scheme == .ldap, ca: settings.tls.ca,
            now: now.seconds)
        let finding = look.finding(withinSeconds: settings.timeout.connect)
        switch finding {
        case .accepted, .unreachable: return nil
        case .silent, .noTLS, .startTLSRefused, .handshakeFailed, .unreadableCA, .untrusted,
            .expired, .notYetValid, .wrongHost:
            return finding.sentence
        }
    }
}

extension DirectorySession {
    /// Said of a port that takes nothing but TLS: it hangs up on anything else, or waits for what never comes.
    private static func plainFinding(
        _ failure: LDAPFailure, _ settings: DirectorySettings, _ url: LDAPURL, _ now: Timestamp
    ) -> String? {
        let mute: Set<ResultCode> = [.serverDown, .connectError, .timeout, .decodingError]
        // A port that has answered once speaks LDAP.
        guard url.scheme == .ldap, !settings.tls.starttls, mute.contains(failure.code),
            failure.attempted == .connect || failure.attempted == .bind
        else { return nil }
        let look = ServerCertificateLook(
            host: url.host, port: url.port, startTLS: false, ca: settings.tls.ca,
            now: now.seconds)
        switch look.finding(withinSeconds: settings.timeout.connect) {
        case .accepted, .untrusted, .expired, .notYetValid, .wrongHost:
            return
                "this port speaks TLS from the first octet on: write ldaps:// in the place of ldap://"
        case .unreachable, .silent, .noTLS, .startTLSRefused, .handshakeFailed, .unreadableCA:
            return nil
        }
    }
}

extension BindSettings {
    fileprivate var password: PasswordSource? {
        switch self {
        case .simple(_, let password, _): password
        case .external, .gssapi: nil
        }
    }

    fileprivate var isGSSAPI: Bool { if case .gssapi = self { true } else { false } }

    /// What to check when the server refuses.
    fileprivate var remedy: String {
        switch self {
        case .simple(_, .file, _): "Check bind.dn and bind.passwordFile."
        case .simple(_, .ask, _): "Check the password and bind.dn."
        case .external: "Check tls.certificate, or who may use the socket."
        case .gssapi: "Check the Kerberos ticket."
        }
    }
}
