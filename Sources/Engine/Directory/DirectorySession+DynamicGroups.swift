internal import LDAP
internal import LDAPClient

// Groups whose members are found by a search of their own: nobody can be taken out of them.
extension DirectorySession {
    /// The page, with dynamic groups as they are stored.
    ///
    /// One that is gone meanwhile stays as it was read.
    func withoutFoundMembers(
        _ page: [Entry], attributes: [AttributeName]
    ) throws(DirectoryFailure) -> [Entry] {
        guard dialect.fillsDynamicGroups, page.contains(where: \.isDynamicGroup) else {
            return page
        }
        var groups: [Entry] = []
        for group in page {
            let stored =
                group.isDynamicGroup
                ? try storedEntry(at: group.dn, .present(.objectClass), attributes) : group
            groups.append(stored ?? group)
        }
        return groups
    }

    /// Whether a group is dynamic and does not name the user itself.
    func findsAlone(_ group: Entry, dn: StoredDN, uids: [String]) throws(DirectoryFailure) -> Bool {
        guard dialect.fillsDynamicGroups, group.isDynamicGroup else { return false }
        let name = AttributeValue(dn.text)
        let isNamed = Filter.or(
            [.equal(.member, name), .equal(.uniqueMember, name)]
                + uids.map { .equal(.memberUid, AttributeValue($0)) })
        return try storedEntry(at: group.dn, isNamed, [.objectClass]) == nil
    }

    private func storedEntry(
        at dn: DN, _ filter: Filter, _ attributes: [AttributeName]
    ) throws(DirectoryFailure) -> Entry? {
        do {
            return try connection.search(
                base: dn, scope: .base, filter: filter, attributes: attributes,
                controls: [.manageDSAIT]
            ).first
        } catch  where error.code == .noSuchObject {
            return nil
        }
    }
}

extension Entry {
    var isDynamicGroup: Bool { !self[.memberURL].isEmpty }
}
