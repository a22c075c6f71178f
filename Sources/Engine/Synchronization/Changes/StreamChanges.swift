internal import LDAP
internal import LDAPClient
internal import Store

/// What the refreshes of one stream told: which entries to look at, and who may be gone.
///
/// Believes nothing: an entry that was told of is read again, and one that may be gone is asked for.
struct StreamChanges {
    /// What the store has of an entry.
    enum Known {
        case present(Int64)
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
    private(set) var changedRows: Set<Int64> = []
    /// Rows of entries that the server said are no longer in the content.
    private(set) var gone: Set<Int64> = []
    /// Rows of entries that the server said are still there.
    private(set) var present = SeenRows()
    /// The server named all that stays: what it did not name may be gone.
    private(set) var namesPresent = false
    /// A changed entry has entries below it, whose names may have changed with its own.
    private(set) var hasChangedParent = false
    /// What the bases' refreshes ended with; nil: the one before is still in force.
    private(set) var cookies: [[UInt8]?] = []

    var isEmpty: Bool { changed.isEmpty && gone.isEmpty && !namesPresent }
    var isTooMuch: Bool { changed.count + gone.count > Self.bound }

    /// Whether the entry of a row is to be asked for before it is believed to be there or gone.
    func isDoubted(_ row: Int64) -> Bool {
        gone.contains(row) || changedRows.contains(row) || namesPresent && !present.contains(row)
    }

    mutating func note(
        _ event: ContentSync.Event, known: (EntryID) throws -> Known
    ) throws {
        switch event {
        case .entry(let entry, let state, let uuid, _):
            if entry[.hasSubordinates].first?.equalsIgnoringCase("true") == true {
                hasChangedParent = hasChangedParent || state == .add || state == .modify
            }
            try note(state, uuid, known)
        case .unreadable(_, let state, let uuid, _):
            try note(state, uuid, known)
        case .idSet(let ids, let refreshDeletes, _):
            for id in ids { try note(refreshDeletes ? .delete : .present, id, known) }
        case .refreshPresent:
            namesPresent = true
        case .refreshDelete, .newCookie:
            break
        case .done(let refreshDeletes, let cookie):
            if !refreshDeletes { namesPresent = true }
            cookies.append(cookie)
        }
    }

    private mutating func note(
        _ state: ContentSync.State, _ uuid: [UInt8], _ known: (EntryID) throws -> Known
    ) throws {
        guard let id = EntryID(syncUUID: uuid, dialect: .openldap) else { return }
        switch (state, try known(id)) {
        case (.add, .present(let row)), (.modify, .present(let row)):
            changed.insert(id)
            changedRows.insert(row)
        case (.add, _), (.modify, _):
            changed.insert(id)
            arrivals.insert(id)
        case (.present, .present(let row)): present.insert(row)
        // The store has nobody present of that id: a look will tell why.
        case (.present, _):
            changed.insert(id)
            arrivals.insert(id)
        case (.delete, .present(let row)): gone.insert(row)
        // The server's log also names entries that were never ours.
        case (.delete, _): break
        }
    }
}
