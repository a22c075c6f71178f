/// The certificate that a test's server shows.
package enum ServerCertificate: String, Sendable, CaseIterable {
    /// Names this machine, localhost, 127.0.0.1 and ::1.
    case good
    /// Names ldap.example.test alone.
    case wrongHost
    case expired
    case notYetValid
    /// Good but for its issuer, which ``Certificates/ca`` is not.
    case otherCA
}
