internal import Configuration
internal import Crypto
internal import Ground
internal import LDAP
internal import LDAPClient
internal import Store

extension ChangeTracking {
    /// nil where the server does not say how far it has come.
    func contextCSN(on session: borrowing DirectorySession) throws -> ContextCSN? {
        guard let suffix else { return try session.updateVector() }
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
        let left = run.now.advanced(by: -Self.leftOutAfter)
        return !numbers.isNotOlder(than: seen.without(unknownTo: numbers, writtenBefore: left))
    }

    /// A replica that nobody knows any more was taken out by CLEANALLRUV once its last change is as old
    /// as that: 389 keeps no older ones for a replica that lags (nsDS5ReplicaPurgeDelay, a week).
    private static let leftOutAfter: Int64 = 7 * 24 * 60 * 60

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

extension DirectorySession {
    /// How far each replica of 389 has come, as this one knows it; nil where there are none, or the bind DN
    /// may not see it.
    ///
    /// Seen on 2.3.1: the tombstone that has it is served as an entry of the configuration, whose name has the
    /// suffix in it as whoever made the backend spelt it. So it is searched for, and not read by its name.
    fileprivate func updateVector() throws(DirectoryFailure) -> ContextCSN? {
        guard dialect.changes == .changelog, let tree = DN("cn=mapping tree,cn=config") else {
            return nil
        }
        let vector = AttributeName(trusted: "nsds50ruv")
        let bases = settings.users.bases + (settings.roles?.bases ?? [])
        let replicas: [Entry]
        do throws(DirectoryFailure) {
            replicas = try connection.search(
                base: tree, scope: .subtree,
                filter: .equal(.objectClass, AttributeValue("nsds5replica")), attributes: [vector])
        } catch  where [.noSuchObject, .insufficientAccessRights].contains(error.code) {
            return nil
        }
        // A suffix below another one has a replica of its own.
        let own = replicas.filter { replica in
            guard let suffix = replica.dn.replicatedSuffix else { return false }
            return bases.allSatisfy { $0.isWithin(suffix) }
        }.max { $0.dn.replicatedSuffix?.rdns.count ?? 0 < $1.dn.replicatedSuffix?.rdns.count ?? 0 }
        return own.flatMap { ContextCSN(updateVector: $0[vector]) }
    }
}
