/// A user whom a role group has as a member from now on, or no longer.
package struct RoleChange: Equatable, Sendable {
    package let directory: String
    package let username: String
    package let dn: String
    package let role: String
    /// The DN of the group.
    package let group: String
    package let isGranted: Bool
}
