internal import Identity
internal import LDAP
internal import LDAPClient
internal import Store

/// What was told of one stream: which entries to look at, and who may be gone.
///
/// Believes nothing: an entry that was told of is read again, and one that may be gone is asked for.
struct StreamChanges {
    /// The row of a user, or of a group: of whichever the stream is.
    struct Row: RowID {
        let rawValue: Int64

        init(rawValue: Int64) {
            self.rawValue = rawValue
        }

        init(_ id: some RowID) {
            self.init(rawValue: id.rawValue)
        }
    }

    /// What the store has of an entry.
    enum Known {
        /// Its row, and its DN.
        case present(Row, dn: StoredDN)
        case missing
        case unknown
    }

    /// More changes than this are read faster with all the rest, and would not fit into memory.
    static let bound = 20_000

    /// Changed, new, or unknown to the store and said to be there.
    private(set) var changed: Set<EntryID> = []
    /// Those of them of whom the store has nobody present.
    private(set) var arrivals: Set<EntryID> = []
    /// The rows of those of them that the store has.
    private(set) var changedRows: Set<Row> = []
    /// Rows of entries that the server said are no longer in the content.
    private(set) var gone: Set<Row> = []
    /// Rows of entries that the server said are still there.
    private(set) var present = SeenRows<Row>()
    /// The server named all that stays: what it did not name may be gone.
    private(set) var namesPresent = false

    var isEmpty: Bool { changed.isEmpty && gone.isEmpty && !namesPresent }
    var isTooMuch: Bool { changed.count + gone.count > Self.bound }

    /// Whether the entry of a row is to be asked for before it is believed to be there or gone.
    func isDoubted(_ row: Row) -> Bool {
        gone.contains(row) || changedRows.contains(row) || namesPresent && !present.contains(row)
    }

    /// Whether the server told that an entry is not there, or the store has nobody present of it.
    func tellsOfAbsence(of known: Known) -> Bool {
        guard case .present(let row, _) = known else { return true }
        return isDoubted(row)
    }

    /// A message of content synchronization.
    mutating func note(
        _ event: ContentSync.Event, dialect: Dialect, known: (EntryID) throws -> Known
    ) throws {
        func id(_ uuid: [UInt8]) -> EntryID? { EntryID(syncUUID: uuid, dialect: dialect) }
        switch event {
        case .entry(_, let state, let uuid, _), .unreadable(_, let state, let uuid, _):
            if let id = id(uuid) { try note(id, state, known) }
        case .idSet(let ids, let refreshDeletes, _):
            for uuid in ids {
                if let id = id(uuid) { try note(id, refreshDeletes ? .delete : .present, known) }
            }
        case .refreshPresent:
            nameAllPresent()
        case .refreshDelete, .newCookie:
            break
        case .done(let refreshDeletes, _):
            if !refreshDeletes { nameAllPresent() }
        }
    }

    /// An entry that a sweep over all of them found, and where.
    mutating func note(
        _ id: EntryID, at dn: DN, isChanged: Bool, _ known: (EntryID) throws -> Known
    ) throws {
        switch try known(id) {
        case .present(let row, let stored):
            present.insert(row)
            guard isChanged || !stored.isSpelt(as: StoredDN(dn)) else { return }
            changed.insert(id)
            changedRows.insert(row)
        case .missing, .unknown:
            changed.insert(id)
            arrivals.insert(id)
        }
    }

    /// What was not named may be gone.
    mutating func nameAllPresent() { namesPresent = true }

    mutating func note(
        _ id: EntryID, _ state: ContentSync.State, _ known: (EntryID) throws -> Known
    ) throws {
        switch (state, try known(id)) {
        case (.add, .present(let row, _)), (.modify, .present(let row, _)):
            changed.insert(id)
            changedRows.insert(row)
        case (.add, _), (.modify, _):
            changed.insert(id)
            arrivals.insert(id)
        case (.present, .present(let row, _)): present.insert(row)
        // The store has nobody present of that id: a look will tell why.
        case (.present, _):
            changed.insert(id)
            arrivals.insert(id)
        case (.delete, .present(let row, _)): gone.insert(row)
        // The server's log also names entries that were never ours.
        case (.delete, _): break
        }
    }
}
