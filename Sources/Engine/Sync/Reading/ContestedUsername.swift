internal import Identity
internal import LDAP
internal import Store

/// An entry that wants a username which somebody else has; decided when everything is read.
struct ContestedUsername {
    let mapped: MappedUser
    /// nil: the store does not know the entry's user.
    let user: User?

    var key: String { mapped.record.usernameKey }

    /// About how much memory it takes.
    var size: Int {
        let kept = mapped.record.attributes.reduce(0) { sum, attribute in
            attribute.values.reduce(sum) { $0 + $1.utf8.count }
        }
        return mapped.certificates.reduce(2048 + 2 * kept) { $0 + 1024 + $1.der.count }
    }
}

/// The usernames that a page has given away, and the entries that wait for one.
struct UsernameContests {
    /// The octets that entries which wait may take.
    private static let bound = 8 << 20

    private var waiting: [ContestedUsername] = []
    private var ids: Set<EntryID> = []
    private var size = 0
    /// Given away by the page at hand and not yet written.
    private var claimed: Set<String> = []

    mutating func beginPage() { claimed.removeAll(keepingCapacity: true) }

    var isEmpty: Bool { ids.isEmpty }

    /// Whether an entry waits, or would had there been room.
    func contains(_ id: EntryID) -> Bool { ids.contains(id) }

    /// nil where nobody else has the username: from then on it is claimed.
    mutating func contest(
        _ mapped: MappedUser, _ user: User?, among users: UserTable
    ) throws -> ContestedUsername? {
        let key = mapped.record.usernameKey
        if let user, user.missingSince == nil, user.record.usernameKey == key { return nil }
        let isHeld = try users.holder(of: key, except: user?.id) != nil
        if !isHeld, claimed.insert(key).inserted { return nil }
        return ContestedUsername(mapped: mapped, user: user)
    }

    /// nil: it waits; else there is no room for one more.
    mutating func wait(_ contest: ContestedUsername) -> UserDecision? {
        ids.insert(contest.mapped.record.entryID)
        size += contest.size
        guard size <= Self.bound else {
            return UsernameSettlement.rejected(contest, holder: "another entry")
        }
        waiting.append(contest)
        return nil
    }

    /// Those who wait, to be settled.
    mutating func takeAll() -> [ContestedUsername] {
        defer { waiting = [] }
        return waiting
    }
}
