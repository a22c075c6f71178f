package import Configuration
internal import Store

/// Whether as many people may change state as a run found: a rule with its reason.
enum SafetyLimit {
    /// A sentence for people, without the directory's name; nil where they may.
    ///
    /// `found` are newly missing, beside `recent` of the 24 hours before. *Over* means more than;
    /// a percentage is of those who are neither locked nor missing, rounded up.
    static func verdict(
        missing found: Int64, recent: Int64, of countable: Int64, read: Int,
        limit: LimitSettings.Limit
    ) -> String? {
        guard found > 0 else { return nil }
        if read == 0 {
            return "the read found no user at all where the store has \(found): nobody is marked "
                + "missing. Check users.base, users.filter and what the bind DN may read."
        }
        let most = limit.count(of: countable)
        guard found + recent > most else { return nil }
        return "\(people(found)) would become missing\(beside(recent)), more than limits.missing "
            + "allows (\(limit.words(of: countable))): nobody is marked missing."
    }

    /// So many people, in words.
    static func people(_ count: Int64) -> String { count == 1 ? "1 user" : "\(count) users" }

    /// How many were changed for the same cause before.
    static func beside(_ recent: Int64) -> String {
        recent == 0 ? "" : ", beside \(recent) of the last 24 hours"
    }

    /// The same of role groups that vanished or became unreadable; `isAnySeen`: the read found one at all.
    static func verdict(
        groups found: Int64, recent: Int64, of present: Int64, isAnySeen: Bool,
        limit: LimitSettings.Limit
    ) -> String? {
        guard found > 0 else { return nil }
        if !isAnySeen {
            return "the read found no role group at all where the store has \(present): no role is "
                + "withdrawn. Check roles.base, roles.filter and what the bind DN may read."
        }
        let most = limit.count(of: present)
        guard found + recent > most else { return nil }
        let groups =
            found == 1
            ? "1 role group is gone or shows no member"
            : "\(found) role groups are gone or show no member"
        return "\(groups)\(beside(recent)), more than limits.groups "
            + "allows (\(limit.words(of: present, "role group"))): no role is withdrawn."
    }

    /// Whether so many of the entries can't be users that somebody must look.
    static func verdict(
        rejected: Int64, of read: Int64, limit: LimitSettings.Limit
    ) -> String? {
        guard rejected > 0 else { return nil }
        if rejected > limit.count(of: read) {
            let users = rejected == 1 ? "a user" : "users"
            return "\(rejected) of the entries can't be \(users), more than limits.rejected allows "
                + "(\(limit.words(of: read, "entry", "entries"))): somebody must look at "
                + (rejected == 1 ? "it." : "them.")
        }
        guard rejected >= read else { return nil }
        return
            "not one of the entries can be a user, \(rejected) in all: somebody must look at them."
    }
}

extension LimitSettings.Limit {
    /// How many people it allows; a percentage is rounded up.
    package func count(of people: @autoclosure () throws -> Int64) rethrows -> Int64 {
        switch self {
        case .count(let count): Int64(count)
        case .percent(let percent): (try people() * Int64(percent) + 99) / 100
        }
    }

    /// `5% of 240 users, that is 12`; a number speaks for itself.
    func words(of all: Int64, _ one: String = "user", _ many: String? = nil) -> String {
        switch self {
        case .count(let count): String(count)
        case .percent(let percent):
            "\(percent)% of \(all) \(all == 1 ? one : many ?? one + "s"), "
                + "that is \(count(of: all))"
        }
    }
}
