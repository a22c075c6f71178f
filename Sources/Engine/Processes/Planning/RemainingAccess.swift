internal import Configuration
internal import Identity
internal import LDAP
internal import LDAPClient

/// What still gives a user access once no role group names them any more: it is told, and never called
/// stripped.
struct RemainingAccess {
    /// At most so many groups that no step strips are named.
    private static let mostGroups = 100

    let directory: DirectorySettings
    let shared: SharedSession

    static func hidden(_ group: DN) -> Finding {
        Finding(
            kind: .group, target: group.text,
            because:
                "hidden from the bind DN: the membership may still stand. Let it read the group")
    }

    /// What must be read of the entry for it.
    static func attributes(_ dialect: Dialect) -> [AttributeName] {
        dialect.hasPrimaryGroups ? [.primaryGroupID, .objectSid] : []
    }

    func findings(of entry: Entry) throws -> [Finding] {
        // Where there are primary groups, none is dynamic.
        shared.session.dialect.hasPrimaryGroups
            ? try primaryGroup(of: entry) : try dynamicGroups(with: entry)
    }

    /// The groups anywhere in the directory that have the user as a member, without those in `known`.
    ///
    /// One search of the naming context. What goes wrong with it is a finding: it must not keep
    /// anybody from being locked.
    func holders(
        of entry: Entry, without known: Set<DN>
    ) -> (groups: [DN], findings: [Finding]) {
        var groups: [DN] = []
        for context in contexts(of: entry.dn) {
            do throws(DirectoryFailure) {
                let found = try shared.session.connection.search(
                    base: context, scope: .subtree, filter: holding(entry),
                    attributes: [shared.session.dialect.idAttribute], sizeLimit: Self.mostGroups)
                groups += found.filter { !known.contains($0.dn) }.map(\.dn)
                if found.count >= Self.mostGroups {
                    return (groups, [unnamed(context, "\(Self.mostGroups) groups were found")])
                }
            } catch {
                return (groups, [unnamed(context, error.answer)])
            }
        }
        return (groups, [])
    }

    private func unnamed(_ context: DN, _ why: String) -> Finding {
        Finding(
            kind: .group, target: context.text,
            because: "\(why): other groups may hold the user, which no lock strips")
    }

    /// Bound to the classes, which servers index by default: one alternative without an index makes
    /// slapd look at everything that there is.
    private func holding(_ entry: Entry) -> Filter {
        let dn = AttributeValue(entry.dn.text)
        let named = Filter.or(
            ["groupOfNames", "groupOfMembers", "group", "groupOfURLs"].map(Filter.isOfClass))
        var ways: [Filter] = [
            .and([named, .equal(.member, dn)]),
            .and([.isOfClass("groupOfUniqueNames"), .equal(.uniqueMember, dn)]),
            .and([.isOfClass("posixGroup"), .or([.equal(.member, dn), .equal(.uniqueMember, dn)])]),
        ]
        ways += entry[.uid].compactMap(\.text).map {
            .and([.isOfClass("posixGroup"), .names($0, on: shared.session.dialect)])
        }
        return .or(ways)
    }

    /// The naming contexts of the entry and of the role groups; the configured bases where the server
    /// names none.
    private func contexts(of dn: DN) -> [DN] {
        let all = shared.session.rootDSE.namingContexts
        var contexts: [DN] = []
        for place in [dn] + (directory.roles?.bases ?? []) {
            let longest = all.filter { place.isWithin($0) }.max { $0.rdns.count < $1.rdns.count }
            if let longest, !contexts.contains(longest) { contexts.append(longest) }
        }
        return contexts.isEmpty ? directory.users.bases + (directory.roles?.bases ?? []) : contexts
    }

    /// A group whose members are found by a search that finds the user.
    private func dynamicGroups(with entry: Entry) throws -> [Finding] {
        var findings: [Finding] = []
        for base in contexts(of: entry.dn) {
            let groups = try shared.session.connection.search(
                base: base, scope: .subtree,
                filter: .equal(.objectClass, AttributeValue("groupOfURLs")),
                attributes: [.memberURL])
            for group in groups {
                if try hidesSearch(group) {
                    findings.append(
                        Finding(
                            kind: .group, target: group.dn.text,
                            because:
                                "a dynamic group whose memberURL is hidden from the bind DN: whether "
                                + "it finds the user can't be seen, and no lock strips it"))
                }
                guard try shared.session.isFound(entry.dn, by: group) else { continue }
                findings.append(
                    Finding(
                        kind: .group, target: group.dn.text,
                        because:
                            "a dynamic group, whose memberURL finds the user: no lock strips it"))
            }
        }
        return findings
    }

    /// A group that shows no search may have one all the same.
    private func hidesSearch(_ group: Entry) throws(DirectoryFailure) -> Bool {
        guard group[.memberURL].isEmpty else { return false }
        return try !shared.session.lacks([.memberURL], group.dn)
    }

    /// `memberOf` does not have the primary group ([MS-ADA2] 2.45), nor the group's `member` the user
    /// (seen on Samba 4.17.12): its SID is the user's with the last part replaced.
    private func primaryGroup(of entry: Entry) throws -> [Finding] {
        guard let id = SecurityIdentifier.ofPrimaryGroup(entry) else { return [] }
        let group = try shared.session.entry(at: .sid(id), attributes: [.objectSid])
        let isIt = group?[.objectSid].first.flatMap(SecurityIdentifier.init) == id
        let name = isIt ? group?.dn : nil
        let own = Finding(
            kind: .group, target: name?.text ?? "\(id)",
            because: "the primary group of the account: no lock strips it")
        return [own] + (name.map { above($0, of: entry) } ?? [])
    }

    /// The groups that hold the user because they hold the primary group, at whatever depth.
    private func above(_ group: DN, of entry: Entry) -> [Finding] {
        var findings: [Finding] = []
        for context in contexts(of: entry.dn) {
            do throws(DirectoryFailure) {
                let found = try shared.session.connection.search(
                    base: context, scope: .subtree, filter: .holdsAtAnyDepth(group),
                    attributes: [], sizeLimit: Self.mostGroups)
                findings += found.map { Self.heldThrough(group, $0.dn) }
                if found.count >= Self.mostGroups {
                    findings.append(unnamed(context, "\(Self.mostGroups) groups were found"))
                }
            } catch {
                findings.append(unnamed(context, error.answer))
            }
        }
        return findings
    }

    private static func heldThrough(_ primary: DN, _ group: DN) -> Finding {
        Finding(
            kind: .group, target: group.text,
            because: "held through the primary group of the account, \(primary): no lock strips it")
    }
}

extension Filter {
    /// LDAP_MATCHING_RULE_IN_CHAIN ([MS-ADTS] 3.1.1.3.4.4.3).
    fileprivate static func holdsAtAnyDepth(_ member: DN) -> Filter {
        .extensible(
            .member, dn: false, rule: "1.2.840.113556.1.4.1941", AttributeValue(member.text))
    }
}
