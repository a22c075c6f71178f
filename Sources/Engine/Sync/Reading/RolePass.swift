internal import Configuration
internal import Ground
internal import Identity
internal import LDAP
internal import LDAPClient
internal import Store

/// Takes in the role groups of one read: decides group by group, writes many in one transaction.
final class RolePass {
    /// Memberships that one transaction writes: about as long as a page of users takes.
    private static let slice = 10_000

    private(set) var counts = DirectoryCounts()
    private let run: DirectoryRun
    private var reader: GroupReader
    private let groups: RoleGroupTable
    private let memberships: MembershipTable
    private let writer: GroupWriter
    private var seen = SeenRows<GroupID>()
    private var hasUnidentified = false
    /// False: no group is believed to be gone.
    private let believesAbsence: Bool
    /// What a pass of the same read has withheld before.
    private let withheld: [GroupChange]
    /// Whether everything was stored that was read, and everybody gone who was not.
    private(set) var isSettled = true
    /// Groups whose members could not be seen.
    private(set) var unread: [EntryID] = []
    /// Known groups of which that is news.
    private var unreadable: [GroupChange] = []
    /// A group names members by their `uid`.
    private(set) var sawUids = false
    private var remarks = GroupRemarks()
    private var control: EntryID?
    private var waiting: [GroupDecision] = []
    /// The new groups among them: two bases may overlap.
    private var waitingIDs: Set<EntryID> = []
    private var waitingCount = 0
    /// The thread of a first load; nil: this one writes.
    private var loader: Handover<[GroupDecision], GroupLoadWriter.Outcome>?

    init(
        _ run: DirectoryRun, _ reader: GroupReader, believesAbsence: Bool,
        withheld: [GroupChange] = []
    ) throws {
        self.run = run
        self.reader = reader
        self.believesAbsence = believesAbsence
        self.withheld = withheld
        groups = try RoleGroupTable(run.store, directory: run.directory)
        memberships = try MembershipTable(run.store)
        var isFirst = false
        if try memberships.isEmpty() {
            try run.store.write { transaction in try LoadIndex.dropMembers(in: transaction) }
            isFirst = true
        }
        writer = GroupWriter(run, groups: groups, memberships: memberships)
        // Whoever wants to be told of each role is told by this thread.
        guard isFirst, run.observer.role == nil else { return }
        try writer.expectChanges()
        let load = GroupLoadWriter(run, slice: Self.slice)
        loader = Handover { load.work($0) }
    }

    func take(
        _ page: [Entry], unreadable: [UnreadableEntry], from session: borrowing DirectorySession
    ) throws {
        if let first = unreadable.first {
            if !hasUnidentified { counts.notes.append("group \(first.dn): \(first.why)") }
            hasUnidentified = true
        }
        reader.folding =
            try session.folding(
                of: run, in: page, names: [.member, .uniqueMember], values: []) ?? reader.folding
        for entry in page {
            guard let decision = try decide(entry, session) else { continue }
            waiting.append(decision)
            waitingCount += decision.difference.count + 1
            if waitingCount >= Self.slice { try flush() }
        }
    }

    /// After everything was read: who is no longer there, and what all of it granted and withdrew.
    func finish(on session: borrowing DirectorySession) throws {
        try flush()
        try takeBack()
        loader = nil
        try LoadIndex.build(in: run.store)
        try settle(on: session)
        counts.changedGroups += writer.changed
        counts.roles = try writer.count()
        counts.notes += remarks.sentences
    }

    /// nil: nothing is new.
    private func decide(
        _ entry: Entry, _ session: borrowing DirectorySession
    ) throws -> GroupDecision? {
        counts.groups += 1
        guard let group = reader.group(entry) else {
            hasUnidentified = true
            counts.notes.append("group \(entry.dn) has no readable id and is left out")
            return nil
        }
        control = group.entryID
        if reader.namesUids(entry) { sawUids = true }
        remarks.note(entry, by: reader)
        let known = try groups.known(group.entryID)
        if let known, seen.contains(known.id) { return nil }
        if let known {
            seen.insert(known.id)
        } else if !waitingIDs.insert(group.entryID).inserted {
            return nil
        }
        guard !reader.isUnreadable(entry) else { return keep(group, known) }
        let digest = reader.digest(entry, group)
        if let known, known.digest == digest, !known.isMissing, !known.isUnreadable { return nil }
        let members = reader.members(entry)
        counts.foreignMembers += members.foreign
        let difference =
            if let known {
                try memberships.difference(of: known.id, to: members.keys)
            } else {
                MembershipTable.Difference(added: members.keys)
            }
        if !reader.showsMembers(entry), !difference.removed.isEmpty, !entry.isDynamicGroup,
            try session.hidesMembers(of: entry)
        {
            return keep(group, known)
        }
        return GroupDecision(known: known, group: group, digest: digest, difference: difference)
    }

    /// A group whose members can't be seen.
    private func keep(_ group: RoleGroup, _ known: RoleGroupTable.Known?) -> GroupDecision? {
        unread.append(group.entryID)
        if let known, !known.isMissing, !known.isUnreadable {
            unreadable.append(GroupChange(group: known.id, dn: group.dn.text, kind: .unreadable))
        }
        counts.notes.append("group \(group.dn) shows no member: what is stored of it stays")
        return nil
    }

    private func flush() throws {
        guard !waiting.isEmpty else { return }
        if let loader {
            try takeBack()
            loader.give(waiting)
            waiting = []
            waitingCount = 0
            return
        }
        defer {
            waiting.removeAll()
            waitingIDs.removeAll()
            waitingCount = 0
        }
        for group in try writer.write(waiting, slice: Self.slice) { seen.insert(group) }
    }

    /// What the thread of a first load has stored.
    ///
    /// The ids stay among the waiting ones: a group that came a second time had no row yet.
    private func takeBack() throws {
        switch loader?.take() {
        case nil: break
        case .stored(let rows, let changed):
            for group in rows { seen.insert(group) }
            counts.changedGroups += changed
        case .failed(let error): throw error
        }
    }

    /// After a read of only some: those that nothing speaks against count as read.
    ///
    /// `asked`: those that were looked for by their ids. The rows of those who are in doubt and were not
    /// read.
    func spare(
        _ isDoubted: (GroupID) -> Bool, asked: Set<EntryID>, on session: borrowing DirectorySession
    ) throws -> [GroupID] {
        try flush()
        try takeBack()
        var doubted: [GroupID] = []
        for (id, group) in try groups.present() where !seen.contains(id) {
            if isDoubted(id) || asked.contains(group.entryID) {
                doubted.append(id)
            } else {
                seen.insert(id)
            }
        }
        if control == nil, !doubted.isEmpty { control = try session.witness(of: .roles) }
        return doubted
    }

    /// What vanished and what can't be seen any more, where the limit allows it.
    private func settle(on session: borrowing DirectorySession) throws {
        let unseen = try groups.present().filter { !seen.contains($0.id) }
        let isBelieved = believesAbsence && !hasUnidentified
        if !unseen.isEmpty, !isBelieved {
            isSettled = false
            counts.notes.append(
                unseen.count == 1
                    ? "a group was not read, and is kept"
                    : "\(unseen.count) groups were not read, and are kept")
        }
        let vanished = VanishedGroups(
            run: run, groups: groups, writer: writer, unseen: unseen, isBelieved: isBelieved,
            unreadable: unreadable, withheld: withheld, control: control)
        let outcome = try vanished.carryOut(on: session)
        counts += outcome.counts
        if !outcome.isSettled { isSettled = false }
    }
}
