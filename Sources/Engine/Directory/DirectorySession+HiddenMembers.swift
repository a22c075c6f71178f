internal import LDAP
internal import LDAPClient

extension DirectorySession {
    /// Whether a group that shows no member may have some that the bind DN can't see.
    ///
    /// `group`: read with its classes. Where the class asks for a member it has one. 389 allows none and
    /// tells who may read what. In Active Directory a person's `memberOf` shows what a group's `member`
    /// hides.
    func hidesMembers(of group: Entry) throws(LDAPFailure) -> Bool {
        if group.requiresMember(dialect) { return true }
        switch dialect {
        case .directoryServer389, .freeIPA:
            let rights = try effectiveRights(on: group.dn, to: MemberNames.attributes) ?? [:]
            return group.listedMemberAttributes.contains { name in
                rights[name.folded].map { !$0.contains("r") } ?? false
            }
        case .activeDirectory:
            let isMember = Filter.equal(.memberOf, AttributeValue(group.dn.text))
            return try !people(matching: isMember, attributes: [dialect.idAttribute]).isEmpty
        case .openldap, .eDirectory, .openDJ, .pingDirectory, .ibmSDS, .custom:
            return false
        }
    }
}
