package import Ground

/// An entry that can't be a user, of whichever directory.
package struct RejectedEntry: Hashable, Sendable {
    package let directory: String
    package let dn: String
    package let why: String
    package let since: Timestamp
}
