internal import Configuration
internal import Ground
internal import Identity
internal import LDAP
internal import LDAPClient
internal import Store

/// Takes in user entries, a page at a time, whoever reads them: decides first, then writes.
///
/// A page is one transaction, and none where nothing is new. Memory does not grow with the number
/// of entries: a bit for each user, and the few that want a username that somebody else has.
final class UserIntake {
    let run: DirectoryRun
    /// The store has users of no other directory.
    private let isAlone: Bool
    private let mapper: EntryMapper
    let glance: EntryGlance
    let users: UserTable
    private let reader: UserReader
    private let writer: UserWriter
    /// Whose entry is there.
    private(set) var seen = SeenRows<UserID>()
    /// An entry without a readable id came: nobody's absence can be believed.
    private(set) var hasUnidentified = false
    /// An entry that this read found; a search by id that does not find it proves nothing.
    private(set) var control: EntryID?
    private var contests = UsernameContests()
    /// Ids of the page at hand that are not yet written.
    private var pending: Set<EntryID> = []
    /// Beside what the writer counts.
    private var counted = DirectoryCounts()
    /// Of this run's births those that were taken back, and of the entries those that came twice: a first
    /// load finds that out at its end.
    private var takenBack = 0
    private var twice = 0

    init(_ run: DirectoryRun, dialect: Dialect) throws {
        self.run = run
        mapper = EntryMapper(
            run.settings, dialect: dialect,
            account: [dialect.idAttribute] + dialect.watchedAttributes,
            keepsUids: try DirectoryTable(run.store).keepsUids(run.directory))
        if let folding = try DirectoryTable(run.store).folding(of: run.directory) {
            mapper.folding = folding
        }
        glance = Self.glance(run.settings, dialect, run.now, mapper.requested)
        isAlone = try DirectoryTable(run.store).isAlone(run.directory)
        users = try UserTable(run.store, directory: run.directory)
        reader = try UserReader(run.store)
        writer = try UserWriter(run, users: users)
    }

    var requested: [AttributeName] { mapper.requested }

    /// Entries so far.
    var read: Int { counted.read }

    /// What all of it came to.
    var counts: DirectoryCounts {
        var counts = counted
        counts += writer.counts
        counts.created -= takenBack + twice
        counts.read -= twice
        return counts
    }

    /// Tells the entries of a page that say nothing new while the next page is read; nil where the system
    /// has no thread to give.
    func makeSieve() -> Handover<[Entry], PageSieve.Outcome>? {
        let sieve = PageSieve(path: run.store.path, directory: run.directory)
        let (settings, dialect, now) = (run.settings, glance.dialect, run.now)
        let requested = requested
        return Handover { sieve.work($0, Self.glance(settings, dialect, now, requested)) }
    }

    private static func glance(
        _ settings: DirectorySettings, _ dialect: Dialect, _ now: Timestamp,
        _ requested: [AttributeName]
    ) -> EntryGlance {
        let digest = EntryDigest(
            attributes: requested, rules: settings.mappingRules(dialect: dialect))
        return EntryGlance(dialect: dialect, now: now, digest: digest)
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
        _ page: [Entry], unreadable: [UnreadableEntry], unchanged: [UserID?] = []
    ) throws {
        contests.beginPage()
        pending.removeAll(keepingCapacity: true)
        let decisions = try run.store.snapshot {
            var decisions: [UserDecision] = []
            for index in page.indices {
                if !unchanged.isEmpty, let same = unchanged[index] {
                    pass(page[index], of: same)
                } else if let decision = try decide(page[index]) {
                    decisions.append(decision)
                }
            }
            return decisions
        }
        if let last = page.last { control = glance.id(of: last) ?? control }
        try write(decisions + unreadable.map(unidentified))
    }

    /// Decides who gets a username that several want, when no more entries come.
    func settleContested() throws {
        let contested = contests.takeAll()
        guard !contested.isEmpty else { return }
        let settlement = UsernameSettlement(run, users: users, reader: reader)
        let decisions = try settlement.decide(contested)
        for page in decisions.slices(of: 1000) { try write(Array(page)) }
        takenBack += settlement.displaced
    }

    /// What the first load of all leaves to find out, or left when it was cut short: one entry that came
    /// twice, or one username of several.
    func settleLoad() throws {
        twice += try LoadIndex.build(in: run.store)
        guard try DirectoryTable(run.store).isUnsettled(run.directory) else { return }
        let settlement = LoadSettlement(run: run, users: users, reader: reader) {
            [writer] rejection, transaction in
            try writer.reject(rejection, in: transaction)
        }
        takenBack += try settlement.carryOut()
    }

    private func write(_ decisions: [UserDecision]) throws {
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

    private func pass(_ entry: Entry, of user: UserID) {
        if !contests.isEmpty, let id = glance.id(of: entry), contests.contains(id) { return }
        guard seen.insert(user) else { return }
        counted.read += 1
        counted.unchanged += 1
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
        counted.read += 1
        if let known, !known.isMissing {
            seen.insert(known.id)
            if known.digest == digest {
                counted.unchanged += 1
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
            // The name of a user who was gone may be somebody else's by now.
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
            let why = "the entry is known as \(known.directory.naming(known.username)) already"
            return .reject(.init(dn: StoredDN(entry.dn), why: why), known: nil, mapped: nil)
        }
        if let contest = try contests.contest(mapped, user, among: users) {
            return contests.wait(contest)
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
        if contests.contains(id) { return false }
        if let known, !known.isMissing { return !seen.contains(known.id) }
        return pending.insert(id).inserted
    }

    /// Nobody can tell whose entry it is: while there is such an entry, nobody can become missing.
    func unidentified(_ entry: Entry) -> UserDecision {
        reject(unidentified: mapper.rejection(of: entry, why: noID, isUnidentified: true))
    }

    func unidentified(_ entry: UnreadableEntry) -> UserDecision {
        reject(
            unidentified: .init(dn: StoredDN(text: entry.dn), why: entry.why, isUnidentified: true))
    }

    private func reject(unidentified rejection: RejectedTable.Rejection) -> UserDecision {
        hasUnidentified = true
        counted.read += 1
        return .reject(rejection, known: nil, mapped: nil)
    }
}

// What the first load of all decides without a look into the store.
extension UserIntake {
    /// What an entry means for the store when the store knows nobody.
    func birth(of entry: Entry, _ id: EntryID) -> UserDecision {
        counted.read += 1
        control = id
        let disabled = glance.disabled(entry)
        do throws(MappingRejection) {
            var mapped = try mapper.map(
                entry, id: id, disabled: disabled, digest: glance.digest(entry, disabled: disabled))
            mapped.record.limits = glance.limits(entry)
            return .create(mapped)
        } catch {
            return .reject(mapper.rejection(of: entry, why: error.why), known: nil, mapped: nil)
        }
    }

    /// Whom another connection has stored, and what it counted.
    func add(_ born: [UserID], _ counts: DirectoryCounts) {
        for user in born { seen.insert(user) }
        counted += counts
    }

    /// For what was decided before somebody else opened the store to write and built the indexes.
    func reconsider(_ batch: [UserDecision]) throws {
        contests.beginPage()
        try write(try batch.compactMap(reconsidered))
    }

    /// nil: an operator took the user in meanwhile, or somebody has their username.
    private func reconsidered(_ decision: UserDecision) throws -> UserDecision? {
        guard case .create(let mapped) = decision else { return decision }
        if let known = try users.known(mapped.record.entryID) {
            seen.insert(known.id)
            counted.unchanged += 1
            return nil
        }
        guard let contest = try contests.contest(mapped, nil, among: users) else {
            return decision
        }
        return contests.wait(contest)
    }
}
