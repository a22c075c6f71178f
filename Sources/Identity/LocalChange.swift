/// What a step changes in the store, in the transaction that begins the process.
///
/// Numbers are row ids.
package enum LocalChange: Hashable, Sendable {
    case user(UserState)
    /// nil: the store does not know the group yet.
    case withdrawRole(group: GroupID?)
    case credential(Int64, CredentialState)
    case certificate(Int64, CertificateState)
}
