internal import Configuration
internal import Identity
internal import LDAP
internal import Store

// Who may be gone, of those whom the changes of the users told of.
extension DirectorySync {
    /// Whoever was told to be gone, was not named among those who stay, or changed and was not found.
    func markGone(
        _ told: StreamChanges, _ pass: UserPass, on session: borrowing DirectorySession
    ) throws {
        let isDoubtful =
            told.namesPresent || !told.gone.isEmpty
            || told.changedRows.contains { !pass.seen.contains(UserID(rawValue: $0.rawValue)) }
        guard isDoubtful else { return }
        var present = SeenRows<UserID>()
        var doubted: [UserID] = []
        let users = try UserTable(run.store, directory: run.directory)
        try run.store.snapshot {
            try users.forEachPresent { user in
                guard !told.isDoubted(.init(user.id)) || pass.seen.contains(user.id) else {
                    doubted.append(user.id)
                    return
                }
                present.insert(user.id)
            }
        }
        guard !doubted.isEmpty else { return }
        try compareGroups(naming: doubted)
        let control = try pass.control ?? session.witness(of: .users)
        guard control != nil || present.count == 0 else {
            isUnproven(pass)
            return
        }
        try markMissing(
            pass, seen: present, control: control, read: Int(present.count), on: session)
    }

    /// Before they are marked: after a crash nobody would be told of again.
    private func compareGroups(naming doubted: [UserID]) throws {
        for page in doubted.slices(of: 1_000) {
            try run.store.write { transaction in
                for user in page {
                    try RoleGroupTable.compareGroups(naming: user, in: transaction)
                }
            }
        }
    }

    private func isUnproven(_ pass: UserPass) {
        leaveUnsettled()
        pass.report.notes.append(
            "nobody who is known to be there can be found by id: nobody is marked missing")
    }
}
