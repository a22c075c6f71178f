internal import Configuration
internal import Identity
internal import LDAP
internal import LDAPClient
internal import Store

/// Reads afresh, just before a plan is made, what the plan must know of the directory.
struct DirectoryReader {
    let directory: DirectorySettings
    let shared: SharedSession
    let store: Store

    /// The entry, found by its id, and every group that she is a direct member of.
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
        let account = try entry.map { (entry) throws(LDAPFailure) in
            try shared.session.account(of: entry)
        }
        let groups = try groups(of: user, entry: entry)
        let hidden = try hiddenGroups(of: entry, besides: groups)
        let named = try outside(entry, groups: groups).filter { name in
            try !hidden.contains { $0.text == name } && !isStale(name, entry: entry)
        }
        let (others, remaining) =
            try toWithdraw ? remains(of: entry, groups: groups, named: named) : ([], [])
        var view = DirectoryView(
            origin: .fresh(entry), dialect: dialect,
            disabling: disabling(account?.own ?? user.emptyEntry, clock: clock),
            account: entry.flatMap { dialect.accountState(of: $0, at: clock) },
            groups: groups, outsideGroups: named + others,
            computedRoles: computedRoles(entry, without: groups),
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
        of entry: Entry?, groups: [RoleGroupView], named: [String]
    ) throws -> (groups: [String], findings: [Finding]) {
        guard let entry else { return ([], []) }
        let remaining = RemainingAccess(directory: directory, shared: shared)
        let findings = try remaining.findings(of: entry)
        let known = groups.map(\.dn) + (named + findings.map(\.target)).compactMap { DN($0) }
        let holders = remaining.holders(of: entry, without: Set(known))
        return (holders.groups, findings + holders.findings)
    }

    /// Those that a proof has shown to be gone are not hidden.
    private func hiddenGroups(
        of entry: Entry?, besides groups: [RoleGroupView]
    ) throws -> [DN] {
        guard let entry else { return [] }
        let seen = Set(groups.filter { !$0.isUnseen }.map(\.dn))
        return try shared.session.hiddenGroups(of: entry, besides: seen).filter {
            try !store.isGone(group: $0, directory: directory.name)
        }
    }

    private func uids(of user: User, _ entry: Entry?) -> MemberUids {
        guard let entry else {
            return MemberUids(texts: user.record.formerUids, keys: user.record.uidKeys)
        }
        return MemberUids(texts: entry[.uid].compactMap(\.text), keys: [])
    }

    private func disabling(_ entry: Entry?, clock: Timestamp) -> [Modification] {
        entry.flatMap {
            shared.session.dialect.disable(
                $0, at: clock, hasEndTime: shared.session.hasPwdEndTime)
        } ?? []
    }

    /// The groups that she is a direct member of, without those whose ids are in `known`.
    func groups(
        of user: User, entry: Entry?, without known: Set<EntryID> = []
    ) throws -> [RoleGroupView] {
        guard let roles = directory.roles, try !isReplaced(user, entry: entry) else { return [] }
        let dn = entry?.dn.text ?? user.record.dn
        let uids = uids(of: user, entry)
        var seen: [EntryID: RoleGroupView] = [:]
        var order: [EntryID] = []
        func add(_ group: RoleGroupView) {
            guard !known.contains(group.entryID) else { return }
            if seen[group.entryID] == nil { order.append(group.entryID) }
            seen[group.entryID] = seen[group.entryID] ?? group
        }
        for group in try searched(roles, dn: dn, uids: uids) { add(group) }
        for held in try store.directGroups(of: user.id)
        where seen[held.group.entryID] == nil && !known.contains(held.group.entryID) {
            if let found = try stored(held.group, roles: roles, dn: dn, uids: uids) {
                add(found)
            } else if let unseen = try unseen(held, roles: roles, dn: dn, uids: uids) {
                add(unseen)
            }
        }
        for name in outside(entry, groups: order.compactMap { seen[$0] }) {
            guard let found = try named(name, roles: roles, dn: dn, uids: uids) else { continue }
            add(found)
        }
        for role in try managedRoles(of: entry, roles) { add(role) }
        return order.compactMap { seen[$0] }
    }

    /// Whether another entry has the name of one that is gone: its memberships are not hers.
    private func isReplaced(_ user: User, entry: Entry?) throws -> Bool {
        guard entry == nil, let dn = DN(user.record.dn),
            let holder = try shared.session.entry(at: dn, attributes: []),
            let id = shared.session.id(of: holder)
        else { return false }
        return id != user.record.entryID
    }

    /// A role group that only `memberOf` tells of: its members may be hidden.
    private func named(
        _ name: String, roles: RolesSettings, dn: String, uids: MemberUids
    ) throws -> RoleGroupView? {
        guard let place = DN(name), roles.bases.contains(where: { place.isDescendant(of: $0) }),
            try !showsOthersAlone(place, dn: dn),
            let entry = try shared.session.entry(
                at: place, matching: roles.filter,
                attributes: groupAttributes(roles))
        else { return nil }
        return try group(entry, roles: roles, dn: dn, uids: uids)
    }

    /// Whether her `memberOf` names a role group that shows others and not her.
    private func isStale(_ name: String, entry: Entry?) throws -> Bool {
        guard let place = DN(name), let entry, let roles = directory.roles,
            roles.bases.contains(where: { place.isDescendant(of: $0) })
        else { return false }
        return try showsOthersAlone(place, dn: entry.dn.text)
    }

    /// Whether the group shows members and not her: her `memberOf`, or the store, is out of date then.
    private func showsOthersAlone(_ place: DN, dn: String) throws -> Bool {
        try showsOthers(place, than: [(.member, dn), (.uniqueMember, dn)])
    }

    private func showsOthers(_ group: Entry, dn: String, uids: MemberUids) throws -> Bool {
        let byDN = group.memberAttributes.filter { $0 != .memberUid }
        if !byDN.isEmpty, try !showsOthers(group.dn, than: byDN.map { ($0, dn) }) { return false }
        guard group.memberAttributes.contains(.memberUid) else { return true }
        // Servers compare it exactly, we don't.
        var names = MemberNames(dns: [], uids: uids.texts)
        names.uidKeys = uids.keys
        guard let shown = try shared.session.entry(at: group.dn, attributes: [.memberUid]) else {
            return false
        }
        guard names.hers(in: shown, .memberUid).isEmpty else { return false }
        return !byDN.isEmpty || shown.has(.memberUid)
    }

    private func showsOthers(
        _ place: DN, than hers: [(attribute: AttributeName, value: String)]
    ) throws -> Bool {
        let others = Filter.and([
            .or(hers.map { .present($0.attribute) }),
            .not(.or(hers.map { .equal($0.attribute, AttributeValue($0.value)) })),
        ])
        return try shared.session.entry(at: place, matching: others, attributes: []) != nil
    }

    private func searched(
        _ roles: RolesSettings, dn: String, uids: MemberUids
    ) throws -> [RoleGroupView] {
        // Bound to the classes, which servers index by default: one alternative without an index
        // makes slapd look at every group below the base.
        var ways: [Filter] = [
            .equal(.member, AttributeValue(dn)),
            .and([.isOfClass("groupOfUniqueNames"), .equal(.uniqueMember, AttributeValue(dn))]),
        ]
        ways += uids.texts.map {
            .and([.isOfClass("posixGroup"), .names($0, on: shared.session.dialect)])
        }
        var found: [RoleGroupView] = []
        for base in roles.bases {
            let entries = try shared.session.connection.search(
                base: base, scope: roles.scope, filter: .and([roles.filter, .or(ways)]),
                attributes: groupAttributes(roles))
            for entry in entries {
                if let group = try group(entry, roles: roles, dn: dn, uids: uids) {
                    found.append(group)
                }
            }
        }
        return found
    }

    private func groupAttributes(_ roles: RolesSettings) -> [AttributeName] {
        [roles.name, .objectClass, .memberURL, shared.session.dialect.idAttribute]
    }

    /// The group as the plan sees it; nil where its id can't be read, or a search alone finds her.
    private func group(
        _ entry: Entry, roles: RolesSettings, dn: String, uids: MemberUids, isOutdated: Bool = false
    ) throws -> RoleGroupView? {
        guard let id = shared.session.id(of: entry),
            try !shared.session.findsAlone(entry, dn: dn, uids: uids.texts),
            try !isFound(dn, by: entry)
        else { return nil }
        let row = try store.groupRow(id, directory: directory.name)
        return RoleGroupView(
            entryID: id, row: row, dn: entry.dn, role: roles.role(of: entry),
            memberships: try memberships(in: entry, dn: dn, uids: uids),
            isKept: roles.keep.contains(entry.dn),
            isLastMember: try isLastMember(of: entry, row: row), isOutdated: isOutdated)
    }

    /// slapo-autogroup(5) stores whom a group's search finds, and takes nobody out by hand (19).
    private func isFound(_ dn: String, by group: Entry) throws -> Bool {
        guard shared.session.dialect == .openldap, group.isDynamicGroup, let name = DN(dn) else {
            return false
        }
        return try shared.session.isFound(name, by: group)
    }

    /// Her names as the group has them: `uniqueMember` may carry bits, `memberUid` be in other case.
    ///
    /// The values of `member` may be a million, and are never asked for.
    private func memberships(
        in group: Entry, dn: String, uids: MemberUids
    ) throws -> [Membership] {
        let attributes = group.memberAttributes
        let first = attributes[0]
        guard attributes != [.member] else { return [Membership(attribute: .member, value: dn)] }
        var names = MemberNames(dns: [dn].compactMap { DN($0) }, uids: uids.texts)
        names.uidKeys = uids.keys
        // Univention's groups have `uniqueMember` beside `memberUid`, without a class that says so.
        let others =
            attributes == [.memberUid]
            ? [.memberUid, .uniqueMember] : attributes.filter { $0 != .member }
        let stored = try shared.session.entry(at: group.dn, attributes: others)
        if let stored { names = try shared.session.asServed(names, in: stored) }
        var found = others.compactMap { name in
            stored.flatMap { names.hers(in: $0, name).first?.text }
                .map { Membership(attribute: name, value: $0) }
        }
        if attributes.contains(.member),
            try shared.session.entry(
                at: group.dn, matching: .equal(.member, AttributeValue(dn)), attributes: []) != nil
        {
            found.append(Membership(attribute: .member, value: dn))
        }
        guard found.isEmpty else { return found }
        return [
            Membership(attribute: first, value: first == .memberUid ? uids.texts.first ?? "" : dn)
        ]
    }

    /// A group that only the store knows her to be in, read again for its name and class.
    private func stored(
        _ group: RoleGroup, roles: RolesSettings, dn: String, uids: MemberUids
    ) throws -> RoleGroupView? {
        guard
            let entry = try shared.session.find(
                group.entryID, near: group.dn, attributes: groupAttributes(roles))
        else { return nil }
        let isOutdated =
            try showsOthers(entry, dn: dn, uids: uids)
            && !isSpelledOtherwise(in: entry, dn: dn, uids: uids)
        return try self.group(
            entry, roles: roles, dn: dn, uids: uids, isOutdated: isOutdated)
    }

    /// Whether the group has her in a spelling that a filter does not match: `uniqueMember` with bits.
    private func isSpelledOtherwise(
        in group: Entry, dn: String, uids: MemberUids
    ) throws -> Bool {
        let attributes = group.memberAttributes.filter { $0 != .member }
        guard !attributes.isEmpty,
            let stored = try shared.session.entry(at: group.dn, attributes: attributes)
        else { return false }
        var names = MemberNames(dns: [dn].compactMap { DN($0) }, uids: uids.texts)
        names.uidKeys = uids.keys
        return attributes.contains { !names.hers(in: stored, $0).isEmpty }
    }

    /// The same of one that can't be seen: the step that takes her out of it looks for it once more.
    private func unseen(
        _ held: StoredMembership, roles: RolesSettings, dn: String, uids: MemberUids
    ) throws -> RoleGroupView? {
        guard let name = DN(held.group.dn),
            try shared.session.find(held.group.entryID, near: held.group.dn, attributes: []) == nil
        else { return nil }
        return RoleGroupView(
            entryID: held.group.entryID, row: held.row, dn: name, role: held.group.name,
            memberships: [
                held.isByUID
                    ? Membership(attribute: .memberUid, value: uids.texts.first ?? "")
                    : Membership(attribute: .member, value: dn)
            ], isKept: roles.keep.contains(name), isLastMember: false, isUnseen: true)
    }

    /// The groups that give these roles, as far as the store knows them and they can be read.
    ///
    /// Refused where a name is that of two groups: which of them is meant nobody can tell.
    func groups(
        ofRoles names: [String], for user: User, entry: Entry?
    ) throws -> [RoleGroupView] {
        guard let roles = directory.roles else { return [] }
        let dn = entry?.dn.text ?? user.record.dn
        let uids = uids(of: user, entry)
        var seen: Set<EntryID> = []
        var found: [RoleGroupView] = []
        for (name, groups) in try store.groups(ofRoles: names, directory: directory.name) {
            guard groups.count < 2 else {
                throw Refusal(
                    .refused,
                    "defaultRoles names \(name), which \(groups.count) groups are called: "
                        + groups.map(\.dn).joined(separator: " and "),
                    hint: "Name the group by its DN in defaultRoles.")
            }
            for group in groups where seen.insert(group.entryID).inserted {
                guard let view = try stored(group, roles: roles, dn: dn, uids: uids) else {
                    continue
                }
                found.append(view)
            }
        }
        return found
    }

    /// Asks for the members only of a group that the store knows to be small: one of a million
    /// members would be one message.
    private func isLastMember(of group: Entry, row: Int64?) throws -> Bool {
        let attribute = group.memberAttributes[0]
        guard attribute != .memberUid, group.requiresMember(shared.session.dialect),
            try row.map({ try store.memberCount(group: $0, upTo: 3) }) ?? 0 < 3,
            let members = try shared.session.entry(at: group.dn, attributes: [attribute])?[
                attribute]
        else { return false }
        return members.count == 1
    }

    /// Groups that the entry names and that no step strips.
    private func outside(_ entry: Entry?, groups: [RoleGroupView]) -> [String] {
        let covered = Set(groups.map(\.dn))
        return (entry?[.memberOf] ?? []).compactMap { $0.text.flatMap { DN($0) } }
            .filter { !covered.contains($0) }.map(\.text)
    }
}

extension User {
    /// The entry as far as its DN goes, where nothing of it can be read.
    var emptyEntry: Entry? { DN(record.dn).map { Entry(dn: $0, attributes: []) } }
}

extension DirectorySettings {
    var placeholder: DN? {
        if case .placeholder(let dn) = roles?.lastMember { dn } else { nil }
    }
}

extension Filter {
    /// What `memberUid` has of somebody.
    ///
    /// Servers compare it octet by octet, but when they are asked to do otherwise (RFC 4511, 4.5.1.7.7;
    /// seen on slapd 2.5.13 and 389 2.3.1).
    static func names(_ uid: String, on dialect: Dialect) -> Filter {
        let exactly = Filter.equal(.memberUid, AttributeValue(uid))
        switch dialect {
        case .openldap, .directoryServer389, .freeIPA:
            let inAnyCase = Filter.extensible(
                .memberUid, dn: false, rule: "caseIgnoreIA5Match", AttributeValue(uid))
            return .or([exactly, inAnyCase])
        case .activeDirectory, .eDirectory, .openDJ, .pingDirectory, .ibmSDS, .custom:
            return exactly
        }
    }

    static func isOfClass(_ name: String) -> Filter {
        .equal(.objectClass, AttributeValue(name))
    }
}
