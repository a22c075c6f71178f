internal import Configuration
internal import Identity
internal import LDAP

/// Roles of 389 and FreeIPA: an entry has a managed role by a value of its own, and the server computes
/// the others.
struct ServerRoles {
    private let shared: SharedSession

    init(_ shared: SharedSession) { self.shared = shared }

    /// The managed roles that the entry has been given; one that can't be read has no id to go by.
    func managed(
        of entry: Entry?, _ roles: RolesSettings
    ) throws(DirectoryFailure) -> [RoleGroupView] {
        let given = entry.map { shared.session.dialect.managedRoles(of: $0) } ?? []
        var found: [RoleGroupView] = []
        for (dn, value) in given {
            let names = [roles.name, .cn, shared.session.dialect.idAttribute]
            guard let role = try shared.session.entry(at: dn, attributes: names),
                let id = shared.session.id(of: role)
            else { continue }
            found.append(
                RoleGroupView(
                    entryID: id, row: nil, dn: role.dn,
                    role: (role.namingValues(of: roles.name).first
                        ?? role.namingValues(of: .cn).first)?.text ?? role.dn.text,
                    memberships: [Membership(attribute: .nsRoleDN, value: value)],
                    isKept: roles.keep.contains(role.dn), isLastMember: false))
        }
        return found
    }

    /// The roles of the entry that are none of `groups`: filtered or nested, or not to be read.
    func computed(of entry: Entry?, without groups: [RoleGroupView]) -> [DN] {
        guard let entry, !shared.session.dialect.roleAttributes.isEmpty else { return [] }
        let covered = Set(groups.map(\.dn))
        var shown: Set<DN> = []
        return (entry[.nsRole] + entry[.nsRoleDN]).compactMap { $0.text.flatMap { DN($0) } }
            .filter {
                !covered.contains($0) && !Dialect.isInactivation(role: $0)
                    && shown.insert($0).inserted
            }
    }
}

extension Dialect {
    /// Each value of `nsRoleDN`, but for the role that inactivates the account.
    fileprivate func managedRoles(of entry: Entry) -> [(DN, String)] {
        guard !roleAttributes.isEmpty else { return [] }
        return entry[.nsRoleDN].compactMap(\.text).compactMap { text in
            DN(text).flatMap { Self.isInactivation(role: $0) ? nil : ($0, text) }
        }
    }
}
