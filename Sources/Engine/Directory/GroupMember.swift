internal import LDAP

/// Who joins or leaves a group, by the id and the names of her entry.
///
/// slapd's memberof overlay writes `memberOf` into her entry under the very controls of the group's
/// modify, and silently leaves it as it was where the assertion does not hold for her entry, too (seen
/// on 2.5.13): whoever goes by `memberOf` would believe her to be a member for ever.
struct GroupMember {
    let id: EntryID
    let dns: [DN]
}

extension Filter {
    /// What also holds for the member's own entry, under her own name alone: never for an entry that
    /// has taken the group's name.
    func orHolds(for member: GroupMember?, _ dialect: Dialect) -> Filter {
        guard let member, let isHers = member.id.filter(for: dialect), !member.dns.isEmpty else {
            return self
        }
        let isThere = member.dns.map { Filter.equal(.entryDN, AttributeValue($0.text)) }
        return .or([self, .and([isHers, .or(isThere)])])
    }
}

extension AttributeName {
    /// RFC 5020.
    fileprivate static let entryDN = AttributeName(trusted: "entryDN")
}
