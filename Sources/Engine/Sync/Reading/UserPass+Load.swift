internal import LDAP
internal import LDAPClient
internal import Store

/// The first load of all: nobody is in the store, so no entry is looked up before it is stored.
extension UserPass {
    /// Users whom one transaction stores: as long as a page of known ones takes.
    private static let loadBatch = 4_000

    /// Whether this pass may load: nobody is in the store, whose indexes wait from here on.
    static func beginLoad(_ run: DirectoryRun) throws -> Bool {
        guard try LoadIndex.hasNoUsers(in: run.store) else { return false }
        return try run.store.write { transaction in
            guard try LoadIndex.dropUsers(in: transaction) else { return false }
            try DirectoryTable.setUnsettled(true, run.directory, in: transaction)
            return true
        }
    }

    /// Decides over a page, and has some pages stored at once while it reads on.
    func load(_ page: [Entry], _ unreadable: [UnreadableEntry]) throws {
        for entry in page {
            guard let id = glance.id(of: entry) else {
                waiting.append(unidentified(entry))
                continue
            }
            guard pending.insert(id).inserted else { continue }
            report.read += 1
            control = id
            waiting.append(try birth(entry, id))
        }
        for entry in unreadable {
            waiting.append(unidentified(entry))
        }
        if waiting.count >= Self.loadBatch { try handOver() }
    }

    /// Stores the rest of what was decided, and ends the thread that stores.
    func flushLoad() throws {
        defer { loader = nil }
        if !waiting.isEmpty { try handOver() }
        try takeBack()
    }

    private func handOver() throws {
        try takeBack()
        let batch = waiting
        waiting = []
        pending.removeAll(keepingCapacity: true)
        guard isLoading else { return try lookUpAndWrite(batch) }
        let writer = LoadWriter(run)
        if loader == nil { loader = Handover { writer.work($0) } }
        guard let loader else {
            isLoading = try write(batch, where: { try users.isLoading() })
            return isLoading ? () : try lookUpAndWrite(batch)
        }
        loader.give(batch)
        underWay = batch
    }

    private func takeBack() throws {
        guard let outcome = loader?.take() else { return }
        let batch = underWay
        underWay = []
        switch outcome {
        case .stored(let born, let counts):
            for user in born { seen.insert(user) }
            report.add(counts)
            tell(batch)
        case .refused:
            isLoading = false
            try lookUpAndWrite(batch)
        case .failed(let error):
            throw error
        }
    }

    private func tell(_ batch: [UserDecision]) {
        guard run.observer.change != nil else { return }
        for decision in batch {
            switch decision {
            case .create(let mapped):
                if let note = mapped.note { run.tell(note) }
                run.tell(.created, mapped.record, from: nil)
            case .reject(let rejection, _, _), .note(let rejection): run.tell(rejection)
            case .update, .same: break
            }
        }
    }

    /// For what was decided before somebody else opened the store to write and built the indexes.
    private func lookUpAndWrite(_ batch: [UserDecision]) throws {
        claimed.removeAll(keepingCapacity: true)
        try write(try batch.compactMap(reconsider))
    }

    /// nil: an operator took the user in meanwhile, or somebody has her username.
    private func reconsider(_ decision: UserDecision) throws -> UserDecision? {
        guard case .create(let mapped) = decision else { return decision }
        if let known = try users.known(mapped.record.entryID) {
            seen.insert(known.id)
            report.unchanged += 1
            return nil
        }
        guard let contest = try contest(mapped, nil) else { return decision }
        return wait(contest)
    }

    /// After the last page: what the lookups would have found, one entry twice or one username
    /// given to several, is found with the indexes.
    func finishLoad() throws {
        try flush()
        let duplicates = try LoadIndex.build(in: run.store)
        report.read -= duplicates
        report.created -= duplicates
        guard try DirectoryTable.isUnsettled(run.directory, in: run.store) else { return }
        let settlement = LoadSettlement(run: run, users: users, reader: reader) {
            [writer] rejection, transaction in
            try writer.reject(rejection, in: transaction)
        }
        report.created -= try settlement.carryOut()
    }

    private func birth(_ entry: Entry, _ id: EntryID) throws -> UserDecision {
        let disabled = glance.disabled(entry)
        do {
            var mapped = try mapper.map(
                entry, id: id, disabled: disabled, digest: glance.digest(entry, disabled: disabled))
            mapped.record.limits = glance.limits(entry)
            return .create(mapped)
        } catch {
            return .reject(mapper.rejection(of: entry, why: error.why), known: nil, mapped: nil)
        }
    }
}
