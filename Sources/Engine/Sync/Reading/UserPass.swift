internal import Configuration
internal import Identity
internal import LDAP
internal import LDAPClient
internal import Store

/// Takes in the user entries of one read, a page at a time: decides first, then writes.
///
/// A page is one transaction, and none where nothing is new. Memory does not grow with the number
/// of entries: a bit for each user, and the few that want a username that somebody else has.
final class UserPass {
    /// The octets that entries which wait for a username may take.
    private static let contestedBound = 8 << 20

    let run: DirectoryRun
    /// The store has users of no other directory.
    private let isAlone: Bool
    private(set) var mapper: EntryMapper
    var glance: EntryGlance
    let users: UserTable
    let reader: UserReader
    let writer: UserWriter
    var isLoading: Bool
    /// What a first load has decided and not yet written.
    var waiting: [UserDecision] = []
    /// What the thread of a first load has in hand.
    var underWay: [UserDecision] = []
    var loader: Handover<[UserDecision], LoadWriter.Outcome>?
    var sieve: Handover<[Entry], PageSieve.Outcome>?
    /// What the thread of the sieve has in hand.
    var inSieve: (page: [Entry], unreadable: [UnreadableEntry])?
    /// A directory of one page needs no thread.
    var isPastFirstPage = false
    var seen = SeenRows<UserID>()
    /// An entry without a readable id came: nobody's absence can be believed.
    private(set) var hasUnidentified = false
    /// Found by this read; a search by id that does not find it proves nothing.
    var control: EntryID?
    private(set) var contested: [ContestedUsername] = []
    private var contestedIDs: Set<EntryID> = []
    private var contestedSize = 0
    /// Usernames and ids that the page at hand has given away and not yet written.
    var claimed: Set<String> = []
    var pending: Set<EntryID> = []

    /// `account`: the attributes that say whether an account is disabled.
    init(_ run: DirectoryRun, dialect: Dialect, account: [AttributeName]) throws {
        self.run = run
        mapper = EntryMapper(
            run.settings, dialect: dialect, account: [dialect.idAttribute] + account,
            keepsUids: try DirectoryTable.keepsUids(run.directory, in: run.store))
        if let folding = try DirectoryTable.folding(of: run.directory, in: run.store) {
            mapper.folding = folding
        }
        let digest = EntryDigest(
            attributes: mapper.requested, rules: run.settings.mappingRules(dialect: dialect))
        glance = EntryGlance(dialect: dialect, now: run.now, digest: digest)
        isAlone = try DirectoryTable.isAlone(run.directory, in: run.store)
        isLoading = try Self.beginLoad(run)
        users = try UserTable(run.store, directory: run.directory)
        reader = try UserReader(run.store)
        writer = try UserWriter(run, users: users)
    }

    var requested: [AttributeName] { mapper.requested }
    var report: DirectoryReport {
        get { writer.report }
        set { writer.report = newValue }
    }

    /// Before a page is taken: finds out how the server compares the names in it.
    func askFolding(of page: [Entry], on session: borrowing DirectorySession) throws {
        let named = run.settings.users.map.username.attributes + [EntryMapper.uid]
        if let found = try session.folding(of: run, in: page, names: [], values: named) {
            mapper.folding = found
        }
    }

    /// `unchanged`: for each entry whether a sieve has told already that it says nothing new; empty:
    /// none was asked.
    func take(
        _ page: [Entry], unreadable: [UnreadableEntry], unchanged: [PageSieve.Unchanged?] = []
    ) throws {
        if isLoading { return try load(page, unreadable) }
        claimed.removeAll(keepingCapacity: true)
        pending.removeAll(keepingCapacity: true)
        let decisions = try run.store.snapshot {
            var decisions: [UserDecision] = []
            for (index, entry) in page.enumerated() {
                if !unchanged.isEmpty, let same = unchanged[index] {
                    pass(same)
                } else if let decision = try decide(entry) {
                    decisions.append(decision)
                }
            }
            return decisions
        }
        try write(decisions + unreadable.map(unidentified))
    }

    /// Decides who gets a username that several want, when no more entries come.
    func settleContested() throws {
        guard !contested.isEmpty else { return }
        let settlement = UsernameSettlement(run, users: users, reader: reader)
        let decisions = try settlement.decide(contested)
        contested = []
        var rest = decisions[...]
        while !rest.isEmpty {
            try write(Array(rest.prefix(1000)))
            rest = rest.dropFirst(1000)
        }
        report.created -= settlement.displaced
    }

    func write(_ decisions: [UserDecision]) throws {
        guard !decisions.isEmpty else { return }
        _ = try write(decisions) { true }
    }

    /// False, and nothing done, where `condition` does not hold within the transaction.
    func write(_ decisions: [UserDecision], where condition: () throws -> Bool) throws -> Bool {
        try run.store.write { transaction in
            guard try condition() else { return false }
            for decision in decisions {
                if let user = try writer.write(decision, in: transaction) { seen.insert(user) }
            }
            return true
        }
    }

    private var noID: String {
        "no readable id: \(glance.dialect.idAttribute) is absent or hidden"
    }

    private func pass(_ same: PageSieve.Unchanged) {
        control = same.id
        guard !contestedIDs.contains(same.id), !seen.contains(same.user) else { return }
        report.read += 1
        report.unchanged += 1
        seen.insert(same.user)
    }

    /// nil: nothing is new.
    private func decide(_ entry: Entry) throws -> UserDecision? {
        guard let id = glance.id(of: entry) else {
            return unidentified(entry)
        }
        let disabled = glance.disabled(entry)
        let digest = glance.digest(entry, disabled: disabled)
        control = id
        let known = try users.known(id)
        guard isFirstSight(of: id, known) else { return nil }
        report.read += 1
        if let known, !known.isMissing {
            seen.insert(known.id)
            if known.digest == digest {
                report.unchanged += 1
                return nil
            }
        }
        let user = try known.flatMap { try reader.user($0.id) }
        return try decide(entry, id, disabled, digest, user)
    }

    private func decide(
        _ entry: Entry, _ id: EntryID, _ disabled: Bool?, _ digest: [UInt8], _ user: User?
    ) throws -> UserDecision? {
        var mapped: MappedUser
        do {
            mapped = try mapper.map(entry, id: id, disabled: disabled, digest: digest)
        } catch let rejection {
            // Somebody else may have the name by now of one who was gone.
            var kept = user.map {
                mapper.mapWithoutUsername(
                    entry, id: id, disabled: disabled,
                    keeping: $0.missingSince == nil ? $0.record : nil)
            }
            kept?.record.limits = glance.limits(entry)
            return .reject(
                mapper.rejection(of: entry, why: rejection.why), known: user, mapped: kept)
        }
        mapped.record.limits = glance.limits(entry)
        if user == nil, !isAlone, let known = try users.foreign(id) {
            let why = "the entry is known as \(known.directory):\(known.username) already"
            return .reject(.init(dn: entry.dn.text, why: why), known: nil, mapped: nil)
        }
        if let contest = try contest(mapped, user) {
            return wait(contest)
        }
        guard let user, user.missingSince == nil else {
            return user.map { .update($0, mapped) } ?? .create(mapped)
        }
        mapped.record.digest = user.record.digest
        if mapped.record == user.record, try writer.knowsAll(mapped, of: user.id) {
            return mapped.note.map { .note($0) } ?? .same(user.id, digest: digest)
        }
        mapped.record.digest = mapped.note == nil ? digest : []
        return .update(user, mapped)
    }

    /// Two bases may overlap, and a page may come twice.
    private func isFirstSight(of id: EntryID, _ known: UserTable.Known?) -> Bool {
        if contestedIDs.contains(id) { return false }
        if let known, !known.isMissing { return !seen.contains(known.id) }
        return pending.insert(id).inserted
    }

    /// Whose entry it is can't be told: while there is one, nobody can become missing.
    func unidentified(_ entry: Entry) -> UserDecision {
        reject(unidentified: mapper.rejection(of: entry, why: noID, isUnidentified: true))
    }

    func unidentified(_ entry: UnreadableEntry) -> UserDecision {
        reject(unidentified: .init(dn: entry.dn, why: entry.why, isUnidentified: true))
    }

    private func reject(unidentified rejection: RejectedTable.Rejection) -> UserDecision {
        hasUnidentified = true
        report.read += 1
        return .reject(rejection, known: nil, mapped: nil)
    }

    /// nil where nobody else has the username.
    func contest(_ mapped: MappedUser, _ user: User?) throws -> ContestedUsername? {
        let key = mapped.record.usernameKey
        if let user, user.missingSince == nil, user.record.usernameKey == key { return nil }
        let isHeld = try users.holder(of: key, except: user?.id) != nil
        if !isHeld, claimed.insert(key).inserted { return nil }
        return ContestedUsername(mapped: mapped, user: user)
    }

    func wait(_ contest: ContestedUsername) -> UserDecision? {
        contestedIDs.insert(contest.mapped.record.entryID)
        contestedSize += contest.size
        guard contestedSize <= Self.contestedBound else {
            return UsernameSettlement.rejected(contest, holder: "another entry")
        }
        contested.append(contest)
        return nil
    }
}
