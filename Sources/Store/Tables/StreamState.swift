package import Ground
package import LDAP

/// How far the changes of one of a directory's streams have been followed on one server.
package struct StreamState: Equatable, Sendable {
    package enum Stream: String, Sendable, CaseIterable {
        case users
        case groups
    }

    package var strategy: String
    /// Of all in the configuration that the cookie depends on.
    package var binding: [UInt8]
    /// The server's; everything that it stands for is stored.
    package var cookie: [UInt8]
    /// Of the names that the entries stand below: they change without the entries' being told of.
    package var containers: [UInt8]
    /// When an account next ends without its entry changing.
    package var dueAt: Timestamp?
    /// Entries to read once more, whether or not they are told of.
    package var again: [EntryID]

    package init(
        strategy: String, binding: [UInt8], cookie: [UInt8], containers: [UInt8],
        dueAt: Timestamp?, again: [EntryID]
    ) {
        self.strategy = strategy
        self.binding = binding
        self.cookie = cookie
        self.containers = containers
        self.dueAt = dueAt
        self.again = again
    }
}
