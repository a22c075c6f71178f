internal import Identity
internal import LDAP
internal import Store

/// Decides, after a first load, who keeps a username that the load gave to several users.
///
/// The first by DN keeps it, as when users are told apart before they are stored; a user with whom an
/// operator has done something since keeps theirs in any case.
struct LoadSettlement {
    let run: DirectoryRun
    let users: UserTable
    let reader: UserReader
    /// Tells of an entry whose user was taken back.
    let reject: (RejectedTable.Rejection, borrowing Transaction) throws -> Void

    /// How many users that this run had made were taken back.
    func carryOut() throws -> Int {
        var removed = 0
        var last = ""
        while true {
            let keys = try users.sharedUsernames(after: last)
            guard let end = keys.last else { break }
            for key in keys { removed += try settle(key) }
            last = end
        }
        try run.store.write { transaction in
            try DirectoryTable(transaction.store).setUnsettled(
                false, run.directory, in: transaction)
        }
        return removed
    }

    private func settle(_ key: String) throws -> Int {
        var first: UserTable.Holder?
        try forEachPage(of: key) { page in
            first = (page + [first].compactMap(\.self)).min { Self.goesBefore($0, $1) }
        }
        guard let first else { return 0 }
        var removed = 0
        try forEachPage(of: key) { page in
            try run.store.write { transaction in
                for other in page where other.id != first.id {
                    let isGone = try takeBack(other, for: first, in: transaction)
                    // A load that was cut short has counted its own.
                    if isGone, other.bornRun == run.run { removed += 1 }
                }
            }
        }
        return removed
    }

    private func forEachPage(
        of key: String, _ body: ([UserTable.Holder]) throws -> Void
    ) throws {
        var last: UserID?
        while true {
            let page = try users.holders(of: key, after: last)
            guard let end = page.last else { return }
            try body(page)
            last = end.id
        }
    }

    private func takeBack(
        _ other: UserTable.Holder, for first: UserTable.Holder,
        in transaction: borrowing Transaction
    ) throws -> Bool {
        guard other.revision == 0, let user = try reader.user(other.id),
            try users.unbear(user.id, user.record, in: transaction)
        else { return false }
        try reject(
            UsernameSettlement.rejection(of: user.record, holder: first.dn.text), transaction)
        return true
    }

    private static func goesBefore(
        _ left: UserTable.Holder, _ right: UserTable.Holder
    ) -> Bool {
        guard (left.revision > 0) == (right.revision > 0) else { return left.revision > 0 }
        return left.dn < right.dn
    }
}
