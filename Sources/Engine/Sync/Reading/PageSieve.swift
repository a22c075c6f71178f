internal import Identity
internal import LDAP
internal import Store

/// Finds the entries of a page that say nothing new, on a thread and a connection to the store of its
/// own.
///
/// Where hardly anything has changed, that is nearly all the work beside the reading itself, and takes
/// about as long.
struct PageSieve: Sendable {
    /// The user whose entry says what it said before.
    struct Unchanged: Sendable {
        let id: EntryID
        let user: UserID
    }

    enum Outcome: Sendable {
        /// One for each entry; nil: the entry is to be looked at.
        case sifted([Unchanged?])
        case failed(any Error)
    }

    let path: String
    let directory: DirectoryID
    let glance: EntryGlance

    func work(_ exchange: Exchange<[Entry], Outcome>) {
        var tables: (store: Store, users: UserTable)?
        var glance = glance
        while let page = exchange.next() {
            do {
                let ready = try tables ?? open()
                tables = ready
                exchange.answer(.sifted(try sift(page, ready.store, ready.users, &glance)))
            } catch {
                exchange.answer(.failed(error))
            }
        }
    }

    private func open() throws -> (Store, UserTable) {
        let store = try Store.openBeside(path, toWrite: false)
        return (store, try UserTable(store, directory: directory))
    }

    private func sift(
        _ page: [Entry], _ store: Store, _ users: UserTable, _ glance: inout EntryGlance
    ) throws -> [Unchanged?] {
        try store.snapshot {
            var sifted: [Unchanged?] = []
            sifted.reserveCapacity(page.count)
            for entry in page {
                sifted.append(try unchanged(entry, users, &glance))
            }
            return sifted
        }
    }

    private func unchanged(
        _ entry: Entry, _ users: UserTable, _ glance: inout EntryGlance
    ) throws -> Unchanged? {
        guard let id = glance.id(of: entry), let known = try users.known(id), !known.isMissing,
            known.digest == glance.digest(entry, disabled: glance.disabled(entry))
        else { return nil }
        return Unchanged(id: id, user: known.id)
    }
}
