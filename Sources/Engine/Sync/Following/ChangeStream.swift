internal import Configuration
internal import LDAP
internal import LDAPClient
internal import Store

/// One of the two sets of entries whose changes are followed, as the configuration describes it.
struct ChangeStream {
    let stream: StreamState.Stream
    let bases: [DN]
    let scope: SearchScope
    let filter: Filter
    let pageSize: Int
    /// DNs of the entries that showed no id when they were last read.
    ///
    /// Each of them is read by its name in every run, so that a sweep may pass over them.
    var unidentified: Set<String> = []

    /// nil: it is not configured.
    init?(_ stream: StreamState.Stream, of settings: DirectorySettings) {
        self.stream = stream
        pageSize = settings.sync.pageSize
        switch stream {
        case .users:
            bases = settings.users.bases
            scope = settings.users.scope
            filter = settings.users.filter
        case .groups:
            guard let roles = settings.roles else { return nil }
            bases = roles.bases
            scope = roles.scope
            filter = roles.filter
        }
    }

    /// What the stream is called in sentences about an enumeration.
    var enumerated: DirectorySession.Stream {
        switch stream {
        case .users: .users
        case .groups: .roles
        }
    }
}

extension ChangeStream {
    /// Entries that one search asks for.
    private static let batch = 100

    /// Asks for the entries with these ids, so many at a time, with the stream's own filter.
    ///
    /// A page of groups is in memory at once, and a group may be large.
    func forEachPage(
        of ids: Set<EntryID>, _ attributes: [AttributeName],
        from session: borrowing DirectorySession,
        _ body: ([Entry], [UnreadableEntry]) throws -> Void
    ) throws {
        let dialect = session.dialect
        let most = stream == .groups ? 20 : Self.batch
        for batch in ids.sorted(by: { $0.text < $1.text }).slices(of: Self.batch) {
            let alternatives = batch.compactMap { $0.filter(for: dialect) }
            for base in bases {
                try session.enumerate(
                    enumerated, base: base, scope: scope,
                    filter: .and([filter, .or(alternatives)]), attributes: attributes,
                    pageSize: min(pageSize, most)
                ) { page, unreadable in
                    let (asked, others) = session.sorted(page, among: batch)
                    try body(asked, unreadable + others)
                }
            }
        }
    }

    /// Compares the ids of all entries with those that the store has: whoever is not among them may be gone.
    ///
    /// `isChanged`: whether the entry was written since; nil where it does not say. `hidden`: why nothing can
    /// be told where an entry does not show its id, or that, and was not known to show none.
    func sweep(
        _ attributes: [AttributeName] = [], hidden: ChangeObstacle,
        _ known: (EntryID) throws -> StreamChanges.Known, into changes: inout StreamChanges,
        on session: borrowing DirectorySession, _ check: () throws -> Void,
        isChanged: (Entry) -> Bool?
    ) throws {
        for base in bases {
            try session.enumerate(
                enumerated, base: base, scope: scope, filter: filter,
                attributes: [session.dialect.idAttribute] + attributes, pageSize: pageSize
            ) { page, unreadable in
                try check()
                guard unreadable.allSatisfy({ unidentified.contains($0.dn) }) else { throw hidden }
                for entry in page {
                    guard let id = session.id(of: entry) else {
                        guard unidentified.contains(entry.dn.text) else { throw hidden }
                        continue
                    }
                    guard let isChanged = isChanged(entry) else { throw hidden }
                    try changes.note(id, at: entry.dn, isChanged: isChanged, known)
                }
                if changes.isTooMuch { throw ChangeObstacle.tooMuch }
            }
        }
        changes.nameAllPresent()
    }

    /// An entry by its name; none where it is not there or does not match.
    func entry(
        at name: DN, _ attributes: [AttributeName], on session: borrowing DirectorySession
    ) throws -> (entries: [Entry], unreadable: [UnreadableEntry]) {
        var entries: [Entry] = []
        var unreadable: [UnreadableEntry] = []
        do {
            try session.enumerate(
                enumerated, base: name, scope: .base, filter: filter, attributes: attributes,
                pageSize: 1
            ) {
                entries += $0
                unreadable += $1
            }
        } catch let failure as DirectoryFailure where failure.code == .noSuchObject {
            return ([], [])
        }
        return (entries, unreadable)
    }
}

extension DirectorySession {
    /// The entries of a page that were asked for by id, and those that were not.
    ///
    /// One that shows no id is among the first: it is rejected for that.
    fileprivate func sorted(
        _ page: [Entry], among asked: ArraySlice<EntryID>
    ) -> (asked: [Entry], others: [UnreadableEntry]) {
        let ids = Set(asked)
        var wanted: [Entry] = []
        var others: [UnreadableEntry] = []
        for entry in page {
            if let id = id(of: entry), !ids.contains(id) {
                others.append(
                    UnreadableEntry(
                        dn: entry.dn.text, why: "came for another entry that was asked for"))
            } else {
                wanted.append(entry)
            }
        }
        return (wanted, others)
    }
}
