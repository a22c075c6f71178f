internal import LDAP
internal import LDAPClient
internal import Store

/// The first load of all: nobody is in the store, so no entry is looked up before it is stored.
///
/// What is decided is stored by a thread of its own while the read goes on.
final class FirstLoad {
    /// Users whom one transaction stores: as long as a page of known ones takes.
    private static let batch = 4_000

    private let intake: UserIntake
    /// False: somebody else has opened the store to write and built the indexes.
    private(set) var isAlone = true
    /// What was decided and not yet written, and the ids of those entries.
    private var waiting: [UserDecision] = []
    private var ids: Set<EntryID> = []
    /// What the thread has in hand.
    private var underWay: [UserDecision] = []
    private var thread: Handover<[UserDecision], LoadWriter.Outcome>?

    /// After `begin`.
    init(_ intake: UserIntake) {
        self.intake = intake
    }

    /// Whether this read is one: nobody is in the store, whose indexes wait from here on.
    static func begin(_ run: DirectoryRun) throws -> Bool {
        guard try LoadIndex.hasNoUsers(in: run.store) else { return false }
        return try run.store.write { transaction in
            guard try LoadIndex.dropUsers(in: transaction) else { return false }
            try DirectoryTable(transaction.store).setUnsettled(true, run.directory, in: transaction)
            return true
        }
    }

    /// Decides over a page, and has some pages stored at once while the next ones are read.
    func take(_ page: [Entry], unreadable: [UnreadableEntry]) throws {
        for entry in page {
            guard let id = intake.glance.id(of: entry) else {
                waiting.append(intake.unidentified(entry))
                continue
            }
            guard ids.insert(id).inserted else { continue }
            waiting.append(intake.birth(of: entry, id))
        }
        for entry in unreadable {
            waiting.append(intake.unidentified(entry))
        }
        if waiting.count >= Self.batch { try handOver() }
    }

    /// Stores the rest of what was decided, and ends the thread that stores.
    func flush() throws {
        defer { thread = nil }
        if !waiting.isEmpty { try handOver() }
        try takeBack()
    }

    private func handOver() throws {
        try takeBack()
        let batch = waiting
        waiting = []
        ids.removeAll(keepingCapacity: true)
        guard isAlone else { return try intake.reconsider(batch) }
        if thread == nil {
            let writer = LoadWriter(intake.run)
            thread = Handover { writer.work($0) }
        }
        guard let thread else {
            isAlone = try intake.write(batch, where: { try intake.users.isLoading() })
            return isAlone ? () : try intake.reconsider(batch)
        }
        thread.give(batch)
        underWay = batch
    }

    private func takeBack() throws {
        guard let outcome = thread?.take() else { return }
        let batch = underWay
        underWay = []
        switch outcome {
        case .stored(let born, let counts):
            intake.add(born, counts)
            tell(batch)
        case .refused:
            isAlone = false
            try intake.reconsider(batch)
        case .failed(let error):
            throw error
        }
    }

    /// The thread has nobody to report an error to.
    private func tell(_ batch: [UserDecision]) {
        let run = intake.run
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
}
