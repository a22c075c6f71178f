package import Identity
package import Store

/// What locking one credential would change.
package struct CredentialLockPlan: Sendable {
    package let credential: Credential
    package let user: User
    package let reason: Reason
    package let revocation: RevocationReason
    package let plan: Plan
}
