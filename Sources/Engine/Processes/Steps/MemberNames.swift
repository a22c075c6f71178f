internal import Identity
internal import LDAP
internal import Store

/// What a group may call a user, and calls nobody else by now.
struct MemberNames {
    /// The user's own DN first; empty: another entry has that name now.
    let dns: [DN]
    /// What `memberUid` may hold.
    let uids: [String]
    /// The same for a user whose entry is gone, and whose values of `uid` the store has only as keys.
    var uidKeys: Set<MemberKey> = []
    /// How the server compares names; nil: it was not asked.
    var folding: Folding?

    static let attributes: [AttributeName] = [.member, .uniqueMember, .memberUid]

    /// Compared as the directory would: DNs by their normalised form, without the optional bits of
    /// `uniqueMember` (RFC 4517, 3.3.21); `memberUid` in any case.
    func areHers(_ value: AttributeValue, in attribute: AttributeName) -> Bool {
        guard let text = value.text else { return false }
        if attribute == .memberUid {
            return uids.contains { $0.directoryFolded == text.directoryFolded }
                || (!uidKeys.isEmpty && uidKeys.contains(MemberKey(uid: value.bytes)))
        }
        guard let dn = DN(nameAndOptionalUID: text) else { return false }
        let folding = folding ?? .apart
        return dns.contains { folding.key($0) == folding.key(dn) }
    }

    /// The values of an attribute that name the user, as the group spells them.
    func values(in group: Entry, _ attribute: AttributeName) -> [AttributeValue] {
        group[attribute].filter { areHers($0, in: attribute) }
    }
}

extension DirectorySession {
    /// The names by which groups may know the user.
    ///
    /// The plan's name and the store's count where no other entry has them now: a membership belongs to
    /// whoever has the name.
    func memberNames(
        of user: User, planned: Membership, presence: EntryPresence
    ) throws(DirectoryFailure) -> MemberNames {
        var dns: [DN] = []
        var uids: [String] = []
        if case .present(let entry) = presence {
            dns = [entry.dn]
            uids = entry[.uid].compactMap(\.text)
        }
        let former =
            planned.attribute == .memberUid ? nil : DN(nameAndOptionalUID: planned.value)
        for dn in [former, user.record.dn.dn].compactMap(\.self) where !dns.contains(dn) {
            if try !isTaken(dn, from: user) { dns.append(dn) }
        }
        var formerUIDs = uids.isEmpty ? user.record.formerUids : []
        if planned.attribute == .memberUid { formerUIDs.append(planned.value) }
        for uid in formerUIDs
        where !uids.contains(where: { $0.directoryFolded == uid.directoryFolded }) {
            if try !isTaken(uid: uid, from: user) { uids.append(uid) }
        }
        return MemberNames(dns: dns, uids: uids)
    }

    /// The names as the server compares them, which is asked where the letter `İ` makes a difference.
    ///
    /// Whether an entry goes by both spellings tells; of an entry that is gone, whether the server finds
    /// the group by a name that stands in none of its values.
    func asServed(_ names: MemberNames, in group: Entry) throws(DirectoryFailure) -> MemberNames {
        let values = (group[.member] + group[.uniqueMember]).filter { $0.text?.hasDottedI == true }
        guard names.folding == nil, !values.isEmpty || names.dns.contains(where: \.text.hasDottedI)
        else { return names }
        var names = names
        for dn in names.dns + values.compactMap({ $0.text.flatMap { DN(nameAndOptionalUID: $0) } })
        {
            names.folding = try folding(of: dn)
            if names.folding != nil { return names }
        }
        let isFound = Filter.or(
            names.dns.flatMap { dn in
                [AttributeName.member, .uniqueMember].map {
                    .equal($0, AttributeValue(dn.text))
                }
            })
        let isNamed = [AttributeName.member, .uniqueMember].contains {
            !names.values(in: group, $0).isEmpty
        }
        if !isNamed, try entry(at: group.dn, matching: isFound, attributes: []) != nil {
            names.folding = .together
        }
        return names
    }

    private func isTaken(_ dn: DN, from user: User) throws(DirectoryFailure) -> Bool {
        guard let holder = try entry(at: dn, attributes: []) else { return false }
        return id(of: holder) != user.record.entryID
    }

    private func isTaken(uid: String, from user: User) throws(DirectoryFailure) -> Bool {
        try people(matching: .equal(.uid, AttributeValue(uid)), attributes: [dialect.idAttribute])
            .contains { id(of: $0) != user.record.entryID }
    }
}

extension Entry {
    /// Whether the group's class asks for a member, or can't be seen: such a group hides its members if
    /// it shows none.
    func requiresMember(_ dialect: Dialect) -> Bool {
        let classes = texts(.objectClass)
        return dialect.requiresMember(classes: classes)
            || classes.isEmpty && !dialect.allowsEmptyGroups
    }
}

/// What `memberUid` may call somebody.
struct MemberUids {
    let texts: [String]
    /// Of an entry that is gone: the store has keys of the values alone.
    let keys: Set<MemberKey>
}

extension UserRecord {
    /// What `memberUid` may have called the user whose entry is gone.
    var formerUids: [String] {
        (goesByDN ? [] : [username]) + otherNames.map(\.text)
    }
}
