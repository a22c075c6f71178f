internal import Configuration
internal import Identity
internal import LDAP
internal import LDAPClient

/// What a user still holds once she is out of every group that names her: told, never called stripped.
struct RemainingAccess {
    let directory: DirectorySettings
    let shared: SharedSession

    /// What must be read of the entry for it.
    static func attributes(_ dialect: Dialect) -> [AttributeName] {
        switch dialect {
        case .activeDirectory: [.primaryGroupID, .objectSid]
        case .openldap, .directoryServer389, .freeIPA, .eDirectory, .openDJ, .pingDirectory,
            .ibmSDS, .custom:
            []
        }
    }

    func findings(of entry: Entry) throws -> [Finding] {
        switch shared.session.dialect {
        case .activeDirectory: try primaryGroup(of: entry)
        case .openldap, .directoryServer389, .freeIPA, .eDirectory, .openDJ, .pingDirectory,
            .ibmSDS, .custom:
            try dynamicGroups(with: entry)
        }
    }

    /// A group whose members are found by a search that finds her.
    private func dynamicGroups(with entry: Entry) throws -> [Finding] {
        guard let roles = directory.roles else { return [] }
        var findings: [Finding] = []
        for base in roles.bases {
            let groups = try shared.session.connection.search(
                base: base, scope: roles.scope,
                filter: .equal(.objectClass, AttributeValue("groupOfURLs")),
                attributes: [.memberURL])
            for group in groups where try isFound(entry, by: group) {
                findings.append(
                    Finding(
                        kind: "group", target: group.dn.text,
                        because: "a dynamic group, whose memberURL finds her: no lock strips it"))
            }
        }
        return findings
    }

    private func isFound(_ entry: Entry, by group: Entry) throws -> Bool {
        for url in group[.memberURL].compactMap({ $0.text.flatMap { SearchURL($0) } })
        where url.reaches(entry.dn) {
            let found = try shared.session.entry(
                at: entry.dn, matching: url.filter, attributes: [])
            if found != nil { return true }
        }
        return false
    }

    /// `memberOf` does not have the primary group ([MS-ADA2] 2.45), nor the group's `member` the user
    /// (seen on Samba 4.17.12): its SID is the user's with the last part replaced.
    private func primaryGroup(of entry: Entry) throws -> [Finding] {
        guard let id = SecurityIdentifier.ofPrimaryGroup(entry) else { return [] }
        let name = try shared.session.entry(at: .sid(id), attributes: [])?.dn.text
        return [
            Finding(
                kind: "group", target: name ?? "\(id)",
                because: "the primary group of the account: no lock strips it")
        ]
    }
}
