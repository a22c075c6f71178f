internal import Configuration
internal import Identity
internal import LDAP
internal import Store

/// Carries out what was decided about user entries, within the caller's transaction, and counts.
final class UserWriter {
    private(set) var counts = DirectoryCounts()
    private let run: DirectoryRun
    private let users: UserTable
    private let memberships: MembershipTable
    private let birth: Birth
    private let rejected: RejectedTable
    private let hasMemberships: Bool
    private let roles: RoleReader

    init(_ run: DirectoryRun, users: UserTable) throws {
        self.run = run
        self.users = users
        memberships = try MembershipTable(run.store)
        birth = Birth(run.settings, users: users, certificates: try EntryCertificates(run.store))
        rejected = try RejectedTable(run.store, directory: run.directory)
        hasMemberships = try !memberships.isEmpty()
        roles = try RoleReader(run.store)
    }

    /// The user whose entry is stored now; nil where there is none.
    func write(_ decision: UserDecision, in transaction: borrowing Transaction) throws -> UserID? {
        switch decision {
        case .create(let mapped):
            return try create(mapped, in: transaction)
        case .update(let user, let mapped):
            try update(user, mapped, in: transaction)
            return user.id
        case .same(let user, let digest):
            try users.update(user, digest: digest, in: transaction)
            counts.unchanged += 1
            return user
        case .reject(let rejection, let known, let mapped):
            try reject(rejection, in: transaction)
            guard let known, let mapped else { return nil }
            note(mapped.record, after: known.record)
            if mapped.record != known.record || known.missingSince != nil {
                try store(mapped.record, of: known, in: transaction)
                countFacts(known, mapped.record)
            }
            try birth.certificates.store(mapped, of: known.id, at: run.now, in: transaction)
            return known.id
        case .note(let rejection):
            try reject(rejection, in: transaction)
            counts.unchanged += 1
            return nil
        }
    }

    /// Whether every certificate is in the store, and none of a CA's is thought to be somebody's.
    func knowsAll(_ mapped: MappedUser, of user: UserID) throws -> Bool {
        try birth.certificates.knowsAll(mapped, of: user)
    }

    /// What was counted since this was last asked for.
    func takeCounts() -> DirectoryCounts {
        defer { counts = DirectoryCounts() }
        return counts
    }

    private func create(_ mapped: MappedUser, in transaction: borrowing Transaction) throws
        -> UserID
    {
        if let note = mapped.note { try reject(note, in: transaction) }
        note(mapped.record, after: nil)
        let user = try birth.carryOut(mapped, at: run.now, run: run.run, in: transaction)
        counts.created += 1
        // Groups may have had the DN as a member before there was an entry.
        if hasMemberships { counts.roles.granted += Int64(try roles.roles(of: user).count) }
        run.tell(.created, mapped.record, from: nil)
        return user
    }

    private func update(
        _ user: User, _ mapped: MappedUser, in transaction: borrowing Transaction
    ) throws {
        if let note = mapped.note { try reject(note, in: transaction) }
        note(mapped.record, after: user.record)
        try store(mapped.record, of: user, in: transaction)
        try birth.certificates.store(mapped, of: user.id, at: run.now, in: transaction)
        count(user, mapped.record)
    }

    private func store(
        _ record: UserRecord, of user: User, in transaction: borrowing Transaction
    ) throws {
        if record.dnKey != user.record.dnKey {
            try memberships.rename(user.record.dnKey, to: record.dnKey, in: transaction)
        }
        try renameUids(of: user.record, to: record, in: transaction)
        try users.update(user.id, from: user.record, to: record, in: transaction)
    }

    /// A name that became another takes the memberships along; where there are several names, the groups
    /// themselves tell.
    private func renameUids(
        of old: UserRecord, to new: UserRecord, in transaction: borrowing Transaction
    ) throws {
        let (before, after) = (old.uidKeys, new.uidKeys)
        let (gone, come) = (before.subtracting(after), after.subtracting(before))
        if let from = gone.first, let to = come.first, gone.count == 1, come.count == 1 {
            return try memberships.rename(from, to: to, in: transaction)
        }
        let groups = try RoleGroupTable(run.store, directory: run.directory)
        for key in gone.union(come) {
            try groups.compareGroups(naming: key, in: transaction)
        }
    }

    private func count(_ user: User, _ record: UserRecord) {
        if user.missingSince != nil {
            counts.updated += 1
            run.tell(.returned, record, from: user.record)
        } else if user.record.dnKey != record.dnKey {
            counts.renamed += 1
            run.tell(.renamed, record, from: user.record)
        } else {
            counts.updated += 1
            run.tell(.updated, record, from: user.record)
        }
        countFacts(user, record)
    }

    private func countFacts(_ user: User, _ record: UserRecord) {
        for change in FactChange.between(user.record, record) {
            switch change {
            case .disabled: counts.disabled += 1
            case .reenabled: counts.reenabled += 1
            case .recognised: break
            }
        }
    }

    func reject(_ rejection: RejectedTable.Rejection, in transaction: borrowing Transaction) throws
    {
        if try rejected.insert(rejection, at: run.now, run: run.run, in: transaction) {
            counts.rejectionsChanged = true
        }
        run.tell(rejection)
    }

    /// A value that could not be kept is told once: from then on the store knows of it.
    private func note(_ record: UserRecord, after old: UserRecord?) {
        guard !record.leftOut.isEmpty, record.leftOut != old?.leftOut else { return }
        let why = record.leftOut.joined(separator: "; ")
        counts.noteLeftOut("\(record.dn): left out, because \(why)")
    }
}

/// What an entry that was read means for the store.
///
/// A user has twenty references in it: boxed, to hand one on is to count one of them.
enum UserDecision: Sendable {
    indirect case create(MappedUser)
    /// `old` is what the store has.
    indirect case update(User, MappedUser)
    /// The entry says the same in another form: the id of the user, and the new digest.
    case same(UserID, digest: [UInt8])
    /// The entry can't be a user as it is. What it says of a user who is known is stored all the same,
    /// under the name that they had: somebody without a username may be disabled, too.
    indirect case reject(RejectedTable.Rejection, known: User?, mapped: MappedUser?)
    /// Nothing is new but what is wrong with the entry, which is reported on every run.
    case note(RejectedTable.Rejection)
}

/// What two reads of an entry say about its account: the facts that state changes are decided by.
enum FactChange: Equatable {
    case disabled
    case reenabled
    /// By the reason's code.
    case recognised(String)

    /// A pure function of what was stored and what is.
    ///
    /// An account that could not be read, before or now, has neither been disabled nor enabled.
    static func between(_ old: UserRecord, _ new: UserRecord) -> [FactChange] {
        var changes: [FactChange] = []
        switch (old.disabled, new.disabled) {
        case (false, true), (nil, true): changes.append(.disabled)
        case (true, false): changes.append(.reenabled)
        case (_, nil), (nil, false), (true, true), (false, false): break
        }
        if let reason = new.recognised, reason != old.recognised {
            changes.append(.recognised(reason))
        }
        return changes
    }
}
