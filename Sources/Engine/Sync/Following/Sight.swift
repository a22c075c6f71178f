internal import Configuration
internal import LDAP
internal import LDAPClient
internal import Store

/// Whether the bind DN still sees anything of what is known to be there.
///
/// A server tells somebody who lost the right to read that nothing has changed, with success (seen on
/// slapd 2.5.13 and 389 2.3.1). So where nothing is told, it is asked for entries that are known.
struct Sight {
    /// One that is found is enough; a few may be gone, and a limit keep them from being marked so.
    private static let asked: Int64 = 5

    let run: DirectoryRun

    /// Why everything is to be read: a stream of which nothing was told shows nothing that is known of it,
    /// nor anything else.
    func obstacle(
        users: StreamChanges, groups: StreamChanges?, on session: borrowing DirectorySession
    ) throws -> ChangeObstacle? {
        if users.isEmpty {
            let known = try UserTable(run.store, directory: run.directory)
                .somePresent(atMost: Self.asked)
            if try isLost(known, of: .users, on: session) {
                return ChangeObstacle("none of the users who are known is shown any more")
            }
        }
        if groups?.isEmpty == true {
            let known = try RoleGroupTable(run.store, directory: run.directory)
                .somePresent(atMost: Self.asked)
            if try isLost(known, of: .roles, on: session) {
                return ChangeObstacle("none of the role groups that are known is shown any more")
            }
        }
        return nil
    }

    private func isLost(
        _ known: [EntryID], of stream: DirectorySession.Stream,
        on session: borrowing DirectorySession
    ) throws(DirectoryFailure) -> Bool {
        guard !known.isEmpty, try !session.shows(anyOf: known, of: stream) else { return false }
        return try !session.showsAny(of: stream)
    }
}

extension DirectorySession {
    /// Whether any of these entries is found as a sync finds those of the stream.
    func shows(anyOf ids: [EntryID], of stream: Stream) throws(DirectoryFailure) -> Bool {
        guard let all = contents(of: stream) else { return false }
        do throws(DirectoryFailure) {
            return try !find(ids, bases: all.bases, scope: all.scope, filter: all.filter).isEmpty
        } catch  where error.code == .noSuchObject {
            // So slapd answers for a base that may not be seen.
            return false
        }
    }
}
