internal import Identity
internal import LDAP
internal import LDAPClient
internal import Store

/// What a group may call a user, and calls nobody else by now.
struct MemberNames {
    /// Her own DN first; empty: her name is another entry's.
    let dns: [DN]
    /// What `memberUid` may hold.
    let uids: [String]

    static let attributes: [AttributeName] = [.member, .uniqueMember, .memberUid]

    /// Compared as the directory would: DNs by their normalised form, without the optional bits of
    /// `uniqueMember` (RFC 4517, 3.3.21); `memberUid` in any case.
    func areHers(_ value: AttributeValue, in attribute: AttributeName) -> Bool {
        guard let text = value.text else { return false }
        if attribute == .memberUid {
            return uids.contains { $0.directoryFolded == text.directoryFolded }
        }
        return DN(nameAndOptionalUID: text).map { dns.contains($0) } ?? false
    }

    /// The values of an attribute that are hers, as the group spells them.
    func hers(in group: Entry, _ attribute: AttributeName) -> [AttributeValue] {
        group[attribute].filter { areHers($0, in: attribute) }
    }
}

extension DirectorySession {
    /// The names by which groups may know her.
    ///
    /// The name of the plan and that of the store count where no other entry goes by it now: whose it
    /// is, is whose membership it is.
    func memberNames(
        of user: User, planned: Membership, presence: EntryPresence
    ) throws(LDAPFailure) -> MemberNames {
        var dns: [DN] = []
        var uids: [String] = []
        if case .present(let entry) = presence {
            dns = [entry.dn]
            uids = entry[.uid].compactMap(\.text)
        }
        let former =
            planned.attribute == .memberUid ? nil : DN(nameAndOptionalUID: planned.value)
        for dn in [former, DN(user.record.dn)].compactMap(\.self) where !dns.contains(dn) {
            if try !isTaken(dn, from: user) { dns.append(dn) }
        }
        var formerUIDs = uids.isEmpty ? [user.record.username] : []
        if planned.attribute == .memberUid { formerUIDs.append(planned.value) }
        for uid in formerUIDs
        where !uids.contains(where: { $0.directoryFolded == uid.directoryFolded }) {
            if try !isTaken(uid: uid, from: user) { uids.append(uid) }
        }
        return MemberNames(dns: dns, uids: uids)
    }

    private func isTaken(_ dn: DN, from user: User) throws(LDAPFailure) -> Bool {
        guard let holder = try entry(at: dn, attributes: []) else { return false }
        return id(of: holder) != user.record.entryID
    }

    private func isTaken(uid: String, from user: User) throws(LDAPFailure) -> Bool {
        try people(matching: .equal(.uid, AttributeValue(uid)), attributes: [dialect.idAttribute])
            .contains { id(of: $0) != user.record.entryID }
    }
}

extension Entry {
    /// Whether the group's class asks for a member, or can't be seen: one which shows none hides them then.
    func requiresMember(_ dialect: Dialect) -> Bool {
        let classes = texts(.objectClass)
        return dialect.requiresMember(classes: classes)
            || classes.isEmpty && !dialect.allowsEmptyGroups
    }
}
