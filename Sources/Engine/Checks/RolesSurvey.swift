internal import Configuration
internal import LDAP

/// What a read of the role groups shows, without their members.
struct RolesSurvey {
    struct Group {
        let dn: DN
        let classes: [String]
        /// Whether it shows a member at all.
        var showsMembers = false
        /// The role's name.
        let role: String
    }

    /// Roles by name: one for each group of the directory.
    private(set) var groups: [DN: Group] = [:]
    private(set) var nameless: [DN] = []
    /// Without a member that the bind DN sees, and not known to have none.
    private(set) var hidden: [DN] = []
    private(set) var failures: [DirectoryFailure] = []
    /// Groups without members that are asked about: each is a search.
    private static let mostAsked = 100

    init(_ session: borrowing DirectorySession, _ roles: RolesSettings) throws {
        for base in roles.bases {
            do {
                try session.enumerate(
                    .roles, base: base, scope: roles.scope, filter: roles.filter,
                    attributes: [session.dialect.idAttribute, .objectClass, roles.name],
                    pageSize: session.settings.sync.pageSize
                ) { page, _ in
                    for entry in page {
                        groups[entry.dn] = Group(
                            dn: entry.dn,
                            classes: entry.texts(.objectClass).map { $0.lowercased() },
                            role: roles.role(of: entry))
                        if session.id(of: entry) == nil { nameless.append(entry.dn) }
                    }
                }
                try noteMembers(session, roles, base)
            } catch let failure as DirectoryFailure {
                failures.append(failure)
            }
        }
        noteHidden(session)
    }

    private mutating func noteHidden(_ session: borrowing DirectorySession) {
        let empty = groups.values.filter { !$0.showsMembers }
            .sorted { $0.dn.normalized < $1.dn.normalized }
        for group in empty.prefix(Self.mostAsked) {
            let classes = Entry.Attribute(
                name: .objectClass, values: group.classes.map { AttributeValue($0) })
            let entry = Entry(dn: group.dn, attributes: [classes])
            if (try? session.hidesMembers(of: entry)) == true { hidden.append(group.dn) }
        }
    }

    /// The values may be a million, and are never asked for.
    private mutating func noteMembers(
        _ session: borrowing DirectorySession, _ roles: RolesSettings, _ base: DN
    ) throws {
        let hasMembers = Filter.or([.present(.member), .present(.uniqueMember)])
        try session.enumerate(
            .roles, base: base, scope: roles.scope, filter: .and([roles.filter, hasMembers]),
            attributes: [session.dialect.idAttribute], pageSize: session.settings.sync.pageSize
        ) { page, _ in
            for entry in page { groups[entry.dn]?.showsMembers = true }
        }
    }
}
