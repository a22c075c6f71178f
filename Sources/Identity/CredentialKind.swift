package enum CredentialKind: String, Sendable, CaseIterable {
    case card
    case temporaryCard
    case virtualSmartcard
    case mobileID
    case softToken
}
