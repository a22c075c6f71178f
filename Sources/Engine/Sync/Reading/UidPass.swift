internal import Configuration
internal import LDAP
internal import Store

/// Gives every user the key of the `uid` by which `memberUid` names them, once a group turns out to need
/// it.
///
/// Few directories have such groups, and the key costs an index: it is kept only from then on.
struct UidPass {
    let run: DirectoryRun

    func carryOut(on session: borrowing DirectorySession) throws {
        let users = try UserTable(run.store, directory: run.directory)
        let settings = run.settings.users
        let dialect = session.dialect
        let mapper = EntryMapper(run.settings, dialect: dialect, account: [])
        if let folding = try DirectoryTable(run.store).folding(of: run.directory) {
            mapper.folding = folding
        }
        for base in settings.bases {
            try session.enumerate(
                .users, base: base, scope: settings.scope, filter: settings.filter,
                attributes: [dialect.idAttribute, EntryMapper.uid],
                pageSize: run.settings.sync.pageSize
            ) { page, _ in
                try run.store.write { transaction in
                    for entry in page { try store(entry, users, mapper, dialect, in: transaction) }
                }
            }
        }
        // Written last: whatever ends the pass early, the next run begins it again.
        try run.store.write { transaction in
            try DirectoryTable(transaction.store).keepUids(run.directory, in: transaction)
        }
    }

    private func store(
        _ entry: Entry, _ users: UserTable, _ mapper: EntryMapper, _ dialect: Dialect,
        in transaction: borrowing Transaction
    ) throws {
        guard let value = entry[dialect.idAttribute].first,
            let id = EntryID(value, dialect: dialect)
        else { return }
        try users.setUids(mapper.uidKeys(of: entry), of: id, in: transaction)
    }
}
