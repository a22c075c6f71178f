internal import Configuration
internal import LDAP
internal import Store

/// One of the two sets of entries whose changes are followed, as the configuration describes it.
struct ChangeStream {
    let stream: StreamState.Stream
    let bases: [DN]
    let scope: SearchScope
    let filter: Filter
    let pageSize: Int

    /// nil: it is not configured.
    init?(_ stream: StreamState.Stream, of settings: DirectorySettings) {
        self.stream = stream
        pageSize = settings.sync.pageSize
        switch stream {
        case .users:
            bases = settings.users.bases
            scope = settings.users.scope
            filter = settings.users.filter
        case .groups:
            guard let roles = settings.roles else { return nil }
            bases = roles.bases
            scope = roles.scope
            filter = roles.filter
        }
    }

    /// What the stream is called in sentences about an enumeration.
    var enumerated: DirectorySession.Stream {
        switch stream {
        case .users: .users
        case .groups: .roles
        }
    }
}
