package enum CredentialState: String, Sendable, CaseIterable {
    case requested
    case active
    case inactive
    case locked
    case expired
    case aborted
    case returned
}
