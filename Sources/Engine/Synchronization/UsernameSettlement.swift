internal import LDAP
internal import Store

/// Decides, when everything is read, who gets a username that several entries want.
///
/// The known user keeps it, else the first by DN. People who exchange their usernames, two or a
/// whole ring of them, all get what they want.
final class UsernameSettlement {
    /// How many users that this run had made it took back.
    private(set) var displaced = 0
    private let run: DirectoryRun
    private let users: UserTable
    private let reader: UserReader

    init(_ run: DirectoryRun, users: UserTable, reader: UserReader) {
        self.run = run
        self.users = users
        self.reader = reader
    }

    func decide(_ contests: [ContestedUsername]) throws -> [UserDecision] {
        let ordered = contests.sorted { Self.normalized($0) < Self.normalized($1) }
        let movers = try self.movers(among: ordered)
        var decisions: [UserDecision] = []
        var taken: [String: String] = [:]
        for contest in ordered {
            guard let user = contest.user, movers.contains(user.id) else { continue }
            decisions.append(.update(user, contest.mapped))
            taken[contest.key] = contest.mapped.record.dn
        }
        let leaving = Set(movers)
        for contest in ordered {
            if let user = contest.user, movers.contains(user.id) { continue }
            decisions += try settle(contest, &taken, leaving: leaving)
        }
        return decisions
    }

    static func rejected(_ contest: ContestedUsername, holder: String) -> UserDecision {
        let record = contest.mapped.record
        let why = "username \(record.username) is already that of \(holder)"
        var kept: UserRecord?
        if let user = contest.user, user.missingSince == nil {
            kept = record
            kept?.username = user.record.username
            kept?.usernameKey = user.record.usernameKey
            kept?.digest = []
        }
        return .reject(.init(dn: record.dn, why: why), known: contest.user, record: kept)
    }

    /// The known users who get their new names, because whoever has it gets another, too.
    private func movers(among contests: [ContestedUsername]) throws -> Set<Int64> {
        var wanted: [String: Int64] = [:]
        for contest in contests {
            guard let user = contest.user, wanted[contest.key] == nil else { continue }
            wanted[contest.key] = user.id
        }
        var movers = Set(wanted.values)
        var changed = true
        while changed {
            changed = false
            for (key, id) in wanted where movers.contains(id) {
                guard let holder = try users.holder(of: key, except: id) else { continue }
                if !movers.contains(holder.id) {
                    movers.remove(id)
                    changed = true
                }
            }
        }
        return movers
    }

    private func settle(
        _ contest: ContestedUsername, _ taken: inout [String: String], leaving: Set<Int64>
    ) throws -> [UserDecision] {
        let record = contest.mapped.record
        if let dn = taken[contest.key] { return [Self.rejected(contest, holder: dn)] }
        let holder = try users.holder(of: contest.key, except: contest.user?.id)
        if let holder, !leaving.contains(holder.id) {
            guard try displace(holder, by: contest) else {
                return [Self.rejected(contest, holder: holder.dn)]
            }
            taken[contest.key] = record.dn
            let why = "username \(record.username) is already that of \(record.dn)"
            return [
                .create(contest.mapped),
                .reject(.init(dn: holder.dn, why: why), known: nil, record: nil),
            ]
        }
        taken[contest.key] = record.dn
        return [contest.user.map { .update($0, contest.mapped) } ?? .create(contest.mapped)]
    }

    /// Takes back the birth of one whom this run made and whose DN comes later.
    private func displace(
        _ holder: UserTable.Holder, by contest: ContestedUsername
    ) throws -> Bool {
        guard contest.user == nil, holder.bornRun == run.run, holder.revision == 0,
            let user = try reader.user(holder.id), let dn = DN(holder.dn),
            Self.normalized(contest) < dn.normalized
        else { return false }
        let isGone = try run.database.transaction { try users.unbear(user.id, user.record) }
        if isGone { displaced += 1 }
        return isGone
    }

    private static func normalized(_ contest: ContestedUsername) -> String {
        DN(contest.mapped.record.dn)?.normalized ?? contest.mapped.record.dn
    }
}
