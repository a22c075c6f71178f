internal import Configuration
internal import Crypto
internal import LDAP
internal import LDAPClient
internal import Store

extension ChangeTracking {
    /// nil where the server does not say how far it has come.
    func contextCSN(on session: borrowing DirectorySession) throws -> ContextCSN? {
        guard let suffix else { return nil }
        do {
            return try session.connection.contextCSN(of: suffix)
        } catch
            where [.noSuchObject, .insufficientAccessRights, .decodingError].contains(error.code)
        {
            // Not to be seen by this bind DN.
            return nil
        }
    }

    /// Whether the server lacks writes that another one, or it itself, has shown before.
    func lags(_ numbers: ContextCSN?) throws -> Bool {
        guard let numbers,
            let seen = try StreamTable(run.store).newestSeen(directory: run.directory)
        else { return false }
        return !numbers.isNotOlder(than: seen)
    }

    /// SHA-256 of the ids and names of what entries usually stand below; empty where the feed tells.
    ///
    /// A server that renames one of them tells nobody of the entries below, whose names change.
    func containers(on session: borrowing DirectorySession) throws -> [UInt8] {
        guard feed?.missesRenamedParents == true else { return [] }
        let classes = [
            "organizationalUnit", "organization", "domain", "dcObject", "locality", "country",
            "container", "nsContainer",
        ].map { Filter.equal(.objectClass, AttributeValue($0)) }
        let dialect = session.dialect
        var lines: [String] = []
        let bases =
            run.settings.users.bases.map { (DirectorySession.Stream.users, $0) }
            + (run.settings.roles?.bases ?? []).map { (.roles, $0) }
        for (stream, base) in bases {
            try session.enumerate(
                stream, base: base, scope: .subtree, filter: .or(classes),
                attributes: [dialect.idAttribute], pageSize: run.settings.sync.pageSize
            ) { page, _ in
                for entry in page {
                    lines.append("\(entry[dialect.idAttribute].first?.text ?? "") \(entry.dn)")
                }
            }
        }
        return SHA256.hash(lines.sorted().joined(separator: "\n"))
    }
}
