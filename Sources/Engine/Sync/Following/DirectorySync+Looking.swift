internal import Configuration
internal import LDAP
internal import LDAPClient
internal import Store

// A look at the entries that were told of.
extension DirectorySync {
    /// Entries that one search asks for.
    private static let batch = 100

    /// Asks for the entries with these ids, so many at a time, with the stream's own filter.
    func forEachPage(
        of ids: Set<EntryID>, _ stream: DirectorySession.Stream, _ bases: [DN],
        _ scope: SearchScope, _ filter: Filter, _ attributes: [AttributeName],
        from session: borrowing DirectorySession,
        _ body: ([Entry], [UnreadableEntry]) throws -> Void
    ) throws {
        let dialect = session.dialect
        let pageSize = stream == .roles ? 20 : Self.batch
        for batch in ids.sorted(by: { $0.text < $1.text }).slices(of: Self.batch) {
            let alternatives = batch.compactMap { $0.filter(for: dialect) }
            for base in bases {
                try session.enumerate(
                    stream, base: base, scope: scope, filter: .and([filter, .or(alternatives)]),
                    attributes: attributes, pageSize: min(run.settings.sync.pageSize, pageSize)
                ) { page, unreadable in
                    try checkDeadline()
                    let (asked, others) = session.sorted(page, among: batch)
                    try body(asked, unreadable + others)
                }
            }
        }
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

    /// An entry by its name; none where it is not there or does not match.
    func enumerateOne(
        _ name: DN, _ filter: Filter, _ attributes: [AttributeName]
    ) throws -> (entries: [Entry], unreadable: [UnreadableEntry]) {
        var entries: [Entry] = []
        var unreadable: [UnreadableEntry] = []
        do {
            try enumerate(
                .users, base: name, scope: .base, filter: filter, attributes: attributes,
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
