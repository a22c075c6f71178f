internal import Configuration
internal import LDAP
internal import LDAPClient

extension DirectorySession {
    /// Whether a group that shows no member may have some that the bind DN can't see.
    ///
    /// `group`: read with its classes. Where the class asks for a member it has one. 389 allows none and
    /// tells who may read what. In Active Directory a person's `memberOf` shows what a group's `member`
    /// hides.
    func hidesMembers(of group: Entry) throws(DirectoryFailure) -> Bool {
        if group.requiresMember(dialect) { return true }
        switch dialect.emptyGroups {
        case .effectiveRights:
            let rights = try effectiveRights(on: group.dn, to: MemberNames.attributes) ?? [:]
            return group.listedMemberAttributes.contains { name in
                rights[name.folded].map { !$0.contains("r") } ?? false
            }
        case .memberOf:
            let isMember = Filter.equal(.memberOf, AttributeValue(group.dn.text))
            return try !people(matching: isMember, attributes: [dialect.idAttribute], atMost: 1)
                .isEmpty
        case .untold: return false
        }
    }

    /// Role groups that the entry names in `memberOf` and that can't be seen: whether it is still in one
    /// nobody can tell.
    func hiddenGroups(
        of entry: Entry, besides seen: Set<DN> = []
    ) throws(DirectoryFailure) -> [DN] {
        guard let roles = settings.roles else { return [] }
        var hidden: [DN] = []
        for dn in entry.texts(.memberOf).compactMap({ DN($0) })
        where !seen.contains(dn) && !roles.keep.contains(dn) && roles.reaches(dn) {
            if try !canSee(dn) { hidden.append(dn) }
        }
        return hidden
    }

    private func canSee(_ dn: DN) throws(DirectoryFailure) -> Bool {
        do throws(DirectoryFailure) {
            return try entry(at: dn, attributes: []).flatMap { id(of: $0) } != nil
        } catch  where error.code == .insufficientAccessRights {
            return false
        }
    }

    /// Whether a dynamic group's own search finds the entry of this name.
    func isFound(_ dn: DN, by group: Entry) throws(DirectoryFailure) -> Bool {
        for url in group.texts(.memberURL).compactMap({ SearchURL($0) }) where url.reaches(dn) {
            if try entry(at: dn, matching: url.filter, attributes: []) != nil { return true }
        }
        return false
    }
}

extension RolesSettings {
    /// Whether a group of this name would be read.
    func reaches(_ dn: DN) -> Bool {
        bases.contains { scope.reaches(dn, from: $0) }
    }
}
