internal import Configuration
internal import Ground
internal import Identity
internal import LDAP
internal import Store

/// Reads afresh, just before a plan is made, what the plan must know of the directory.
struct DirectoryReader {
    let directory: DirectorySettings
    let shared: SharedSession
    let store: Store

    /// The entry, found by its id, and every group that the user is a direct member of.
    ///
    /// The groups are the union of the store, a fresh search and `memberOf`: an access rule may hide
    /// some from each.
    ///
    /// `toWithdraw`: what holds the user beside the role groups is looked for, too.
    func view(
        of user: User, asking attributes: [AttributeName], toWithdraw: Bool, clock: Timestamp
    ) throws -> DirectoryView {
        let dialect = shared.session.dialect
        let names =
            shared.session.accountAttributes + dialect.roleAttributes + attributes
            + [.memberOf, .uid]
            + dialect.limitAttributes + RemainingAccess.attributes(dialect)
        let entry = try shared.session.find(
            user.record.entryID, near: user.record.dn, attributes: names)
        let account = try entry.map { (entry) throws(DirectoryFailure) in
            try shared.session.account(of: entry)
        }
        let groups = try groups(of: user, entry: entry)
        let hidden = try hiddenGroups(of: entry, besides: groups)
        let held = HeldGroups(of: user, entry, by: self)
        let named = try outside(entry, groups: groups).filter { name in
            try !hidden.contains(name) && held?.isStale(name) != true
        }
        let (others, remaining) =
            try toWithdraw ? remains(of: entry, groups: groups, named: named) : ([], [])
        var view = DirectoryView(
            origin: .fresh(entry), dialect: dialect,
            disabling: disabling(account?.own ?? user.emptyEntry, clock: clock),
            account: entry.flatMap { dialect.accountState(of: $0, at: clock) },
            groups: groups, outsideGroups: named + others,
            computedRoles: ServerRoles(shared).computed(of: entry, without: groups),
            placeholder: directory.placeholder,
            remaining: remaining + hidden.map(RemainingAccess.hidden),
            heldThroughKept: try store.groupsAbove(groups.filter(\.isKept).compactMap(\.row)))
        view.hasRoleGroups = directory.roles != nil
        view.deletesEmptyGroups = directory.roles?.lastMember == .deleteGroup
        view.values = account
        return view
    }

    /// Groups that no step strips and that `memberOf` does not name, and other access that remains.
    private func remains(
        of entry: Entry?, groups: [RoleGroupView], named: [DN]
    ) throws -> (groups: [DN], findings: [Finding]) {
        guard let entry else { return ([], []) }
        let remaining = RemainingAccess(directory: directory, shared: shared)
        let findings = try remaining.findings(of: entry)
        let known = groups.map(\.dn) + named + findings.compactMap { DN($0.target) }
        let holders = remaining.holders(of: entry, without: Set(known))
        return (holders.groups, findings + holders.findings)
    }

    /// Role groups that the entry names and that can't be seen; one that was proven to be gone is not hidden.
    func hiddenGroups(of entry: Entry?, besides groups: [RoleGroupView] = []) throws -> [DN] {
        guard let entry else { return [] }
        let seen = Set(groups.filter { !$0.isUnseen }.map(\.dn))
        return try shared.session.hiddenGroups(of: entry, besides: seen).filter {
            try !store.isGone(group: $0, directory: directory.name)
        }
    }

    private func disabling(_ entry: Entry?, clock: Timestamp) -> [Modification] {
        entry.flatMap {
            shared.session.dialect.disable(
                $0, at: clock, hasEndTime: shared.session.hasPwdEndTime)
        } ?? []
    }

    /// The groups that the user is a direct member of, without those whose ids are in `known`.
    func groups(
        of user: User, entry: Entry?, without known: Set<EntryID> = []
    ) throws -> [RoleGroupView] {
        guard let roles = directory.roles, let held = HeldGroups(of: user, entry, by: self),
            try !isReplaced(user, entry: entry)
        else { return [] }
        var seen: [EntryID: RoleGroupView] = [:]
        var order: [EntryID] = []
        func add(_ group: RoleGroupView) {
            guard !known.contains(group.entryID) else { return }
            if seen[group.entryID] == nil { order.append(group.entryID) }
            seen[group.entryID] = seen[group.entryID] ?? group
        }
        for group in try held.searched() { add(group) }
        for stored in try store.directGroups(of: user.id)
        where seen[stored.group.entryID] == nil && !known.contains(stored.group.entryID) {
            let group = try held.stored(stored.group) ?? held.unseen(stored)
            if let group { add(group) }
        }
        for name in outside(entry, groups: order.compactMap { seen[$0] }) {
            if let group = try held.named(name) { add(group) }
        }
        for role in try ServerRoles(shared).managed(of: entry, roles) { add(role) }
        return order.compactMap { seen[$0] }
    }

    /// Whether another entry has the name of the user's entry, which is gone: the memberships under that
    /// name are not the user's.
    private func isReplaced(_ user: User, entry: Entry?) throws -> Bool {
        guard entry == nil, let dn = user.record.dn.dn,
            let holder = try shared.session.entry(at: dn, attributes: []),
            let id = shared.session.id(of: holder)
        else { return false }
        return id != user.record.entryID
    }

    /// The groups that give these roles, as far as the store knows them and they can be read.
    ///
    /// Refused where a name is that of two groups: which of them is meant nobody can tell.
    func groups(
        ofRoles names: [String], for user: User, entry: Entry?
    ) throws -> [RoleGroupView] {
        guard let held = HeldGroups(of: user, entry, by: self) else { return [] }
        var seen: Set<EntryID> = []
        var found: [RoleGroupView] = []
        for (name, groups) in try store.groups(ofRoles: names, directory: directory.name) {
            guard groups.count < 2 else {
                throw Refusal(
                    .refused, RolesSettings.ambiguity(of: name, groups.map(\.dn.text)),
                    hint: "Name the group by its DN in defaultRoles.")
            }
            for group in groups where seen.insert(group.entryID).inserted {
                if let view = try held.stored(group) { found.append(view) }
            }
        }
        return found
    }

    /// Groups that the entry names and that no step strips.
    private func outside(_ entry: Entry?, groups: [RoleGroupView]) -> [DN] {
        let covered = Set(groups.map(\.dn))
        return (entry?[.memberOf] ?? []).compactMap { $0.text.flatMap { DN($0) } }
            .filter { !covered.contains($0) }
    }
}

extension User {
    /// The entry as far as its DN goes, where nothing of it can be read.
    var emptyEntry: Entry? { record.dn.dn.map { Entry(dn: $0, attributes: []) } }
}

extension DirectorySettings {
    var placeholder: DN? {
        if case .placeholder(let dn) = roles?.lastMember { dn } else { nil }
    }
}
