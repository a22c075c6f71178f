internal import Identity
internal import LDAP
internal import Store

/// Decides, when everything is read, who gets a username that several entries want.
///
/// The known user keeps it, else the first by DN. People who exchange their usernames, two or a
/// whole ring of them, all get what they want.
final class UsernameSettlement {
    /// How many users that this run had made were taken back.
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
        let ordered = contests.sorted { $0.mapped.record.dn < $1.mapped.record.dn }
        let movers = try self.movers(among: ordered)
        var decisions: [UserDecision] = []
        var taken: [String: String] = [:]
        for contest in ordered {
            guard let user = contest.user, movers.contains(user.id) else { continue }
            decisions.append(.update(user, contest.mapped))
            taken[contest.key] = contest.mapped.record.dn.text
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
        return .reject(
            rejection(of: record, holder: holder), known: contest.user,
            mapped: contest.user.map { user in
                var mapped = contest.mapped
                mapped.record = record.withoutItsUsername(
                    keeping: user.missingSince == nil ? user.record : nil)
                return mapped
            })
    }

    /// Why an entry whose username another one has can't be a user.
    static func rejection(
        of record: UserRecord, holder: String
    ) -> RejectedTable.Rejection {
        RejectedTable.Rejection(
            dn: record.dn, why: "username \(record.username) is already that of \(holder)",
            names: [record.username] + record.otherNames.map(\.text), contacts: record.contacts)
    }

    /// The known users who get their new names, because whoever has it gets another, too.
    private func movers(among contests: [ContestedUsername]) throws -> Set<UserID> {
        var wanted: [String: UserID] = [:]
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
        _ contest: ContestedUsername, _ taken: inout [String: String], leaving: Set<UserID>
    ) throws -> [UserDecision] {
        let record = contest.mapped.record
        if let dn = taken[contest.key] { return [Self.rejected(contest, holder: dn)] }
        let holder = try users.holder(of: contest.key, except: contest.user?.id)
        if let holder, !leaving.contains(holder.id) {
            guard let displaced = try displace(holder, by: contest) else {
                return [Self.rejected(contest, holder: holder.dn.text)]
            }
            taken[contest.key] = record.dn.text
            return [
                .create(contest.mapped),
                .reject(displaced, known: nil, mapped: nil),
            ]
        }
        taken[contest.key] = record.dn.text
        return [contest.user.map { .update($0, contest.mapped) } ?? .create(contest.mapped)]
    }

    /// Takes back the birth of a user whom this run made and whose DN comes later; nil: there is no such
    /// user.
    private func displace(
        _ holder: UserTable.Holder, by contest: ContestedUsername
    ) throws -> RejectedTable.Rejection? {
        guard contest.user == nil, holder.bornRun == run.run, holder.revision == 0,
            contest.mapped.record.dn < holder.dn, let user = try reader.user(holder.id)
        else { return nil }
        let isGone = try run.store.write { transaction in
            try users.unbear(user.id, user.record, in: transaction)
        }
        guard isGone else { return nil }
        displaced += 1
        return Self.rejection(of: user.record, holder: contest.mapped.record.dn.text)
    }
}

extension UserRecord {
    /// What is kept of an entry that can't be a user, so that nobody is taken for it: as with users, a
    /// mail address has the sign, because people may write any text there.
    fileprivate var contacts: [String] {
        [mail.flatMap { $0.utf8.contains(UInt8(ascii: "@")) ? $0 : nil }, employeeNumber]
            .compactMap(\.self)
    }

    /// What is stored of a user whose username another entry has: the name that was theirs before, or the
    /// DN; the other one is a name of theirs all the same.
    func withoutItsUsername(keeping old: UserRecord?) -> UserRecord {
        var kept = self
        kept.goByFormerName(of: old)
        kept.addName(Name(text: username, key: usernameKey))
        kept.digest = []
        return kept
    }
}

extension EntryMapper {
    /// Why the entry can't be a user, with all that people may ask for it by.
    func rejection(
        of entry: Entry, why: String, isUnidentified: Bool = false
    ) -> RejectedTable.Rejection {
        let id = EntryID(entry.dn.text)
        let mapped = try? map(entry, id: id, disabled: nil, digest: [])
        let record =
            mapped?.record ?? mapWithoutUsername(entry, id: id, disabled: nil, keeping: nil).record
        return RejectedTable.Rejection(
            dn: StoredDN(entry.dn), why: why, isUnidentified: isUnidentified,
            names: (mapped.map { [$0.record.username] } ?? []) + record.otherNames.map(\.text),
            contacts: record.contacts)
    }
}
