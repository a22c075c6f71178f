internal import Configuration
internal import LDAP
internal import LDAPClient
internal import Store

/// Looks where the entries of missing users are now, and whether they can still sign in there.
///
/// An entry that is moved out of `users.base`, or no longer matches `users.filter`, is told of by nothing
/// that follows the changes. Who is locked and was moved is looked at by each run; who was deleted, when
/// everything is read.
struct ElsewherePass {
    private static let batch = 100

    let run: DirectoryRun
    /// Everything was read.
    let isFull: Bool

    func carryOut(on session: borrowing DirectorySession) throws {
        let table = ElsewhereTable(run.store, directory: run.directory)
        let missing = try table.missing(since: run.now, all: isFull)
        for batch in missing.slices(of: Self.batch) {
            let places = try places(of: batch.map(\.entryID), on: session)
            let changed = batch.filter { places[$0.entryID] != $0.elsewhere }
            guard !changed.isEmpty else { continue }
            try run.store.write { transaction in
                for user in changed {
                    try table.set(places[user.entryID], of: user.id, in: transaction)
                }
            }
        }
    }

    private func places(
        of ids: [EntryID], on session: borrowing DirectorySession
    ) throws -> [EntryID: ElsewhereTable.Place] {
        var places: [EntryID: ElsewhereTable.Place] = [:]
        for entry in try session.entries(of: ids, attributes: session.accountAttributes) {
            guard let id = session.id(of: entry) else { continue }
            let account = session.dialect.accountState(of: entry, at: run.now)
            places[id] = ElsewhereTable.Place(
                dn: entry.dn.text, disabled: account.map { $0 != .enabled },
                group: try group(of: entry.dn, on: session))
        }
        return places
    }

    /// A role group that has the entry as a member, and that a lock takes it out of.
    private func group(of dn: DN, on session: borrowing DirectorySession) throws -> String? {
        guard let roles = run.settings.roles else { return nil }
        let name = AttributeValue(dn.text)
        for base in roles.bases {
            let found = try session.connection.search(
                base: base, scope: roles.scope,
                filter: .and([
                    roles.filter, .or([.equal(.member, name), .equal(.uniqueMember, name)]),
                ]),
                attributes: [session.dialect.idAttribute])
            if let group = found.first(where: { !roles.keep.contains($0.dn) }) {
                return group.dn.text
            }
        }
        return nil
    }
}

extension DirectorySession {
    /// The entries of these ids, wherever they are; for few.
    fileprivate func entries(
        of ids: [EntryID], attributes: [AttributeName]
    ) throws(DirectoryFailure) -> [Entry] {
        let names = attributes + [dialect.idAttribute]
        if dialect.namesEntriesByID {
            var entries: [Entry] = []
            for id in ids {
                if let entry = try read(entryID: id, bases: [], attributes: names) {
                    entries.append(entry)
                }
            }
            return entries
        }
        let byID = ids.compactMap { $0.filter(for: dialect) }
        guard !byID.isEmpty else { return [] }
        var found: [EntryID: Entry] = [:]
        for context in rootDSE.namingContexts {
            do throws(DirectoryFailure) {
                for entry in try connection.search(
                    base: context, scope: .subtree, filter: .or(byID), attributes: names)
                {
                    if let id = id(of: entry) { found[id] = entry }
                }
            } catch  where [.noSuchObject, .insufficientAccessRights].contains(error.code) {
                continue
            }
        }
        return Array(found.values)
    }
}
