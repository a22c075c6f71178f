package import Identity
package import LDAP

/// The users of a directory in the order of their rows, in which a server shows their entries more often than
/// not: the next one is looked at before anybody is looked for.
///
/// Within a snapshot; `endPage` before it ends.
package final class ExpectedUsers {
    private let directory: DirectoryID
    private let users: UserTable
    private let following: Statement
    private var last = UserID(rawValue: 0)
    private var isReading = false
    /// Who was not the next one, in a row: beyond a few, a page is in an order of its own.
    private var misses = 0

    private static let mostMisses = 8

    package init(_ store: Store, directory: DirectoryID) throws(StoreError) {
        self.directory = directory
        users = try UserTable(store, directory: directory)
        following = try store.database.prepare(
            """
            SELECT id, directory, entry_id, digest, missing_since FROM users NOT INDEXED \
            WHERE id > ? ORDER BY id
            """)
    }

    /// The user who is present, and of whom the store has that digest; nil: there is none.
    package func present(_ entry: EntryID, digest: [UInt8]) throws(StoreError) -> UserID? {
        if misses < Self.mostMisses, try next(entry) {
            misses = 0
            last = try following.id("id")
            guard try following.isNull("missing_since"), try following.equals(digest, "digest")
            else { return nil }
            return last
        }
        misses += 1
        guard let known = try users.known(entry), !known.isMissing else { return nil }
        move(to: known.id)
        return known.digest == digest ? known.id : nil
    }

    package func endPage() {
        misses = 0
        move(to: last)
    }

    /// Whether the next row is that entry's.
    private func next(_ entry: EntryID) throws(StoreError) -> Bool {
        if !isReading { try following.bind(last, at: 1) }
        isReading = true
        guard try following.step() else {
            move(to: last)
            return false
        }
        guard try following.equals(entry.text, "entry_id") else { return false }
        return try following.int("directory") == directory.rawValue
    }

    private func move(to user: UserID) {
        last = user
        following.reset()
        isReading = false
    }
}
