package import Identity

/// `lockstep.yaml`, checked and typed.
package struct Settings: Sendable {
    /// The absolute path of the file that was read.
    package var file: String
    package var store: StoreSettings
    /// In the order of the file; never empty.
    package var directories: [DirectorySettings]
    package var approval: ApprovalSettings
    /// nil: whoever may write the store may do everything.
    package var operators: [String: OperatorSettings]?
    /// Names of roles that a reactivation gives back.
    package var defaultRoles: [String]
    /// In the order of the file; never empty.
    package var reasons: [Reason]
    /// Absolute; where to write metrics.
    package var metrics: String?
}

package struct StoreSettings: Sendable {
    /// Absolute.
    package var path: String
    /// Whether a sync may make the store when there is none.
    package var create: Bool
}

package struct ApprovalSettings: Sendable {
    package var useCases: Set<UseCase>
    /// Seconds.
    package var expires: Int64
    /// Login names; empty: everyone with the right `approve`.
    package var approvers: [String]
}

package struct OperatorSettings: Sendable {
    package var may: Set<Right>
    /// The username of the user that this person is.
    package var user: String?
}
