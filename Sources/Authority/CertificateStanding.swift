/// What an authority says of one certificate.
///
/// Times are seconds since 1970.
package enum CertificateStanding: Hashable, Sendable {
    case good
    /// `reason`: a CRLReason's number (RFC 5280, 5.3.1); 0 where the authority gives none.
    case revoked(reason: Int32, at: Int64)
    /// The authority knows no such certificate.
    case unknown

    /// certificateHold.
    package static let hold: Int32 = 6
}
