internal import Identity
internal import LDAP
internal import Store

/// Finds the entries of a page that say nothing new, on a thread and a connection to the store of its
/// own.
///
/// Where hardly anything has changed, that is nearly all the work beside the reading itself, and takes
/// about as long.
struct PageSieve: Sendable {
    enum Outcome: Sendable {
        /// One for each entry: the user whose entry says what it said before; nil: it is to be looked at.
        case sifted([UserID?])
        case failed(any Error)
    }

    let path: String
    let directory: DirectoryID

    /// `glance` is the thread's own.
    func work(_ exchange: Exchange<[Entry], Outcome>, _ glance: EntryGlance) {
        var users: (store: Store, table: ExpectedUsers)?
        while let page = exchange.next() {
            do {
                let ready = try users ?? open()
                users = ready
                exchange.answer(.sifted(try sift(page, ready.store, ready.table, glance)))
            } catch {
                exchange.answer(.failed(error))
            }
        }
    }

    private func open() throws -> (Store, ExpectedUsers) {
        let store = try Store.openBeside(path, toWrite: false)
        return (store, try ExpectedUsers(store, directory: directory))
    }

    private func sift(
        _ page: [Entry], _ store: Store, _ users: ExpectedUsers, _ glance: EntryGlance
    ) throws -> [UserID?] {
        try store.snapshot {
            defer { users.endPage() }
            var sifted: [UserID?] = []
            sifted.reserveCapacity(page.count)
            for index in page.indices {
                sifted.append(try unchanged(page[index], users, glance))
            }
            return sifted
        }
    }

    private func unchanged(
        _ entry: Entry, _ users: ExpectedUsers, _ glance: EntryGlance
    ) throws -> UserID? {
        guard let id = glance.id(of: entry) else { return nil }
        return try users.present(id, digest: glance.digest(entry, disabled: glance.disabled(entry)))
    }
}
