internal import Configuration
internal import Crypto
internal import Ground
internal import LDAP

extension ServerCertificateLook {
    /// The look at one of a directory's servers; nil where TLS is not used with it.
    init?(_ settings: DirectorySettings, _ url: LDAPURL, now: Timestamp) {
        guard url.scheme == .ldaps || settings.tls.starttls && url.scheme == .ldap else {
            return nil
        }
        self.init(
            host: url.host, port: url.port, startTLS: url.scheme == .ldap, ca: settings.tls.ca,
            now: now.seconds)
    }
}
