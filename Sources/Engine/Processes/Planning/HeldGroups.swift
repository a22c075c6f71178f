internal import Configuration
internal import Identity
internal import LDAP
internal import Store

/// Role groups that have one user as a member, each looked at as a plan has to know it.
struct HeldGroups {
    private let directory: DirectorySettings
    private let roles: RolesSettings
    private let shared: SharedSession
    private let store: Store
    /// The name of the user's entry: the present one, else the one that was last seen.
    private let dn: StoredDN
    private let uids: MemberUids

    /// nil where no role groups are configured.
    init?(of user: User, _ entry: Entry?, by reader: DirectoryReader) {
        guard let roles = reader.directory.roles else { return nil }
        directory = reader.directory
        self.roles = roles
        shared = reader.shared
        store = reader.store
        dn = (entry?.dn).map(StoredDN.init) ?? user.record.dn
        uids =
            entry.map { MemberUids(texts: $0[.uid].compactMap(\.text), keys: []) }
            ?? MemberUids(texts: user.record.formerUids, keys: user.record.uidKeys)
    }

    /// Those that a search finds.
    func searched() throws -> [RoleGroupView] {
        // Bound to the classes, which servers index by default: one alternative without an index
        // makes slapd look at every group below the base.
        var ways: [Filter] = [
            .equal(.member, AttributeValue(dn.text)),
            .and([.isOfClass("groupOfUniqueNames"), .equal(.uniqueMember, AttributeValue(dn.text))]
            ),
        ]
        ways += uids.texts.map {
            .and([.isOfClass("posixGroup"), .names($0, on: shared.session.dialect)])
        }
        var found: [RoleGroupView] = []
        for base in roles.bases {
            let entries = try shared.session.connection.search(
                base: base, scope: roles.scope, filter: .and([roles.filter, .or(ways)]),
                attributes: attributes)
            for entry in entries {
                if let group = try group(entry) { found.append(group) }
            }
        }
        return found
    }

    /// One that the store knows, read again for its name and class.
    func stored(_ group: RoleGroup) throws -> RoleGroupView? {
        guard
            let entry = try shared.session.find(
                group.entryID, near: group.dn, attributes: attributes)
        else { return nil }
        let isOutdated = try showsOthers(entry) && !isSpelledOtherwise(in: entry)
        return try self.group(entry, isOutdated: isOutdated)
    }

    /// The same of one that can't be seen: the step that takes the user out of it looks for it once more.
    func unseen(_ held: StoredMembership) throws -> RoleGroupView? {
        guard let name = held.group.dn.dn,
            try shared.session.find(held.group.entryID, near: held.group.dn, attributes: []) == nil
        else { return nil }
        return RoleGroupView(
            entryID: held.group.entryID, row: held.row, dn: name, role: held.group.name,
            memberships: [
                held.isByUID
                    ? Membership(attribute: .memberUid, value: uids.texts.first ?? "")
                    : Membership(attribute: .member, value: dn.text)
            ], isKept: roles.keep.contains(name), isLastMember: false, isUnseen: true)
    }

    /// One that only `memberOf` tells of: its members may be hidden.
    func named(_ place: DN) throws -> RoleGroupView? {
        guard roles.bases.contains(where: { place.isDescendant(of: $0) }),
            try !showsOthersAlone(place),
            let entry = try shared.session.entry(
                at: place, matching: roles.filter, attributes: attributes)
        else { return nil }
        return try group(entry)
    }

    /// Whether `memberOf` names a role group that shows others and not the user.
    func isStale(_ place: DN) throws -> Bool {
        guard roles.bases.contains(where: { place.isDescendant(of: $0) })
        else { return false }
        return try showsOthersAlone(place)
    }

    private var attributes: [AttributeName] {
        [roles.name, .objectClass, .memberURL, shared.session.dialect.idAttribute]
    }

    private var names: MemberNames {
        var names = MemberNames(dns: [dn.dn].compactMap(\.self), uids: uids.texts)
        names.uidKeys = uids.keys
        return names
    }

    /// The group as the plan sees it; nil where its id can't be read, or a search alone finds the user.
    private func group(_ entry: Entry, isOutdated: Bool = false) throws -> RoleGroupView? {
        guard let id = shared.session.id(of: entry),
            try !shared.session.findsAlone(entry, dn: dn, uids: uids.texts),
            try !isFound(by: entry)
        else { return nil }
        let row = try store.groupRow(id, directory: directory.name)
        return RoleGroupView(
            entryID: id, row: row, dn: entry.dn, role: roles.role(of: entry),
            memberships: try memberships(in: entry), isKept: roles.keep.contains(entry.dn),
            isLastMember: try isLastMember(of: entry, row: row), isOutdated: isOutdated)
    }

    /// slapo-autogroup(5) stores whom a group's search finds, and takes nobody out by hand (19).
    private func isFound(by group: Entry) throws -> Bool {
        guard shared.session.dialect.fillsDynamicGroups, group.isDynamicGroup, let name = dn.dn
        else { return false }
        return try shared.session.isFound(name, by: group)
    }

    /// The user's names as the group has them: `uniqueMember` may carry bits, `memberUid` be in other case.
    ///
    /// The values of `member` may be a million, and are never asked for.
    private func memberships(in group: Entry) throws -> [Membership] {
        let attributes = group.memberAttributes
        let first = attributes[0]
        guard attributes != [.member] else {
            return [Membership(attribute: .member, value: dn.text)]
        }
        var names = self.names
        // Univention's groups have `uniqueMember` beside `memberUid`, without a class that says so.
        let others =
            attributes == [.memberUid]
            ? [.memberUid, .uniqueMember] : attributes.filter { $0 != .member }
        let stored = try shared.session.entry(at: group.dn, attributes: others)
        if let stored { names = try shared.session.asServed(names, in: stored) }
        var found = others.compactMap { name in
            stored.flatMap { names.values(in: $0, name).first?.text }
                .map { Membership(attribute: name, value: $0) }
        }
        if attributes.contains(.member),
            try shared.session.entry(
                at: group.dn, matching: .equal(.member, AttributeValue(dn.text)), attributes: [])
                != nil
        {
            found.append(Membership(attribute: .member, value: dn.text))
        }
        guard found.isEmpty else { return found }
        return [
            Membership(
                attribute: first, value: first == .memberUid ? uids.texts.first ?? "" : dn.text)
        ]
    }

    /// Asks for the members only of a group that the store knows to be small: one of a million
    /// members would be one message.
    private func isLastMember(of group: Entry, row: GroupID?) throws -> Bool {
        let attribute = group.memberAttributes[0]
        guard attribute != .memberUid, group.requiresMember(shared.session.dialect),
            try row.map({ try store.memberCount(group: $0, upTo: 3) }) ?? 0 < 3,
            let members = try shared.session.entry(at: group.dn, attributes: [attribute])?[
                attribute]
        else { return false }
        return members.count == 1
    }
}

// Whether a group shows members and not the user: `memberOf`, or the store, is out of date then.
extension HeldGroups {
    private func showsOthersAlone(_ place: DN) throws -> Bool {
        try showsOthers(place, than: [.member, .uniqueMember])
    }

    private func showsOthers(_ group: Entry) throws -> Bool {
        let byDN = group.memberAttributes.filter { $0 != .memberUid }
        if !byDN.isEmpty, try !showsOthers(group.dn, than: byDN) { return false }
        guard group.memberAttributes.contains(.memberUid) else { return true }
        // Servers compare `memberUid` exactly; here any case counts.
        guard let shown = try shared.session.entry(at: group.dn, attributes: [.memberUid]) else {
            return false
        }
        guard names.values(in: shown, .memberUid).isEmpty else { return false }
        return !byDN.isEmpty || shown.has(.memberUid)
    }

    private func showsOthers(_ place: DN, than attributes: [AttributeName]) throws -> Bool {
        let others = Filter.and([
            .or(attributes.map { .present($0) }),
            .not(.or(attributes.map { .equal($0, AttributeValue(dn.text)) })),
        ])
        return try shared.session.entry(at: place, matching: others, attributes: []) != nil
    }

    /// Whether the group has the user in a spelling that a filter does not match: `uniqueMember` with bits.
    private func isSpelledOtherwise(in group: Entry) throws -> Bool {
        let attributes = group.memberAttributes.filter { $0 != .member }
        guard !attributes.isEmpty,
            let stored = try shared.session.entry(at: group.dn, attributes: attributes)
        else { return false }
        return attributes.contains { !names.values(in: stored, $0).isEmpty }
    }
}

extension Filter {
    /// What `memberUid` has of somebody.
    ///
    /// Servers compare it octet by octet, but when they are asked to do otherwise (RFC 4511, 4.5.1.7.7;
    /// seen on slapd 2.5.13 and 389 2.3.1).
    static func names(_ uid: String, on dialect: Dialect) -> Filter {
        let exactly = Filter.equal(.memberUid, AttributeValue(uid))
        guard dialect.matchesUidsInAnyCase else { return exactly }
        let inAnyCase = Filter.extensible(
            .memberUid, dn: false, rule: "caseIgnoreIA5Match", AttributeValue(uid))
        return .or([exactly, inAnyCase])
    }

    static func isOfClass(_ name: String) -> Filter {
        .equal(.objectClass, AttributeValue(name))
    }
}
