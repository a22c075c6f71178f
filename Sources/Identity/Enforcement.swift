/// What is known of whether the directory refuses the disabled account.
package enum Enforcement: String, Sendable {
    /// The canary, under the same policy, was locked and could not bind.
    case proven
    /// The lock value was read back.
    case written
}
