package enum CertificateState: String, Sendable, CaseIterable {
    case valid
    case onHold
    case revoked
    case expired
}
