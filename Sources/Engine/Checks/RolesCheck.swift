internal import Configuration
internal import LDAP

/// Whether the bases and the filter of `roles` find groups, and their members can be seen.
enum RolesCheck {
    /// Of a directory that has no `roles`.
    static let none = CheckVerdict.warning(
        "no role groups are configured: a lock takes nobody out of any group, and its report names "
            + "those that it finds. Write roles.base and roles.filter.")

    static func verdicts(
        _ survey: RolesSurvey, _ roles: RolesSettings, dialect: Dialect, defaultRoles: [String]
    ) -> [CheckVerdict] {
        let failures = survey.failures.map { CheckVerdict.failed($0.sentence) }
        guard failures.isEmpty else { return failures }
        let place = "below " + roles.bases.map(\.text).joined(separator: " and ")
        guard !survey.groups.isEmpty else {
            return [
                .warning(
                    "roles.filter \(roles.filter) matches nothing \(place): no lock would strip a "
                        + "group. Correct roles.filter or roles.base, or let the bind DN read there."
                )
            ]
        }
        let ambiguous = survey.ambiguous(defaultRoles).map { role, groups in
            RolesSettings.ambiguity(of: role, groups.map(\.text)) + ". Name the group by its DN."
        }
        let found = [nameless(survey), memberless(survey, dialect)].compactMap(\.self) + ambiguous
        return found.isEmpty
            ? [.ok("groups that \(roles.filter) finds \(place): \(survey.groups.count)")]
            : found.map { .failed($0) }
    }

    private static func nameless(_ survey: RolesSurvey) -> String? {
        guard let example = survey.nameless.first else { return nil }
        return survey.nameless.count.of(survey.groups.count, "groups", "shows", "show")
            + " no id, such as \(example). Let the bind DN read it: no lock can strip a group "
            + "without it."
    }

    private static func memberless(_ survey: RolesSurvey, _ dialect: Dialect) -> String? {
        let mustShow = survey.mustShow(dialect).sorted { $0.dn.normalized < $1.dn.normalized }
        if let example = mustShow.first {
            return mustShow.count.of(survey.groups.count, "groups", "shows", "show")
                + " no member though there must be one, such as \(example.dn). Let the bind DN "
                + "read member."
        }
        let unknown = survey.groups.values.filter { !$0.showsMembers && $0.classes.isEmpty }
            .sorted { $0.dn.normalized < $1.dn.normalized }
        if let example = unknown.first {
            return unknown.count.of(survey.groups.count, "groups", "shows", "show")
                + " neither objectClass nor a member, such as \(example.dn): both may be hidden. Let "
                + "the bind DN read objectClass and member."
        }
        guard let example = survey.hidden.first else { return nil }
        return survey.hidden.count.of(survey.groups.count, "groups", "hides its", "hide their")
            + " members from the bind DN, such as \(example). Let it read member."
    }
}

extension RolesSurvey {
    /// Groups that show none of the members that they have by their class.
    fileprivate func mustShow(_ dialect: Dialect) -> [Group] {
        groups.values.filter { !$0.showsMembers && dialect.requiresMember(classes: $0.classes) }
    }

    /// Names of roles that several groups have and that `defaultRoles` gives.
    fileprivate func ambiguous(_ defaultRoles: [String]) -> [(role: String, groups: [DN])] {
        let byRole = Dictionary(grouping: groups.values, by: \.role)
        return defaultRoles.compactMap { name in
            let groups = (byRole[name] ?? []).map(\.dn)
            return groups.count > 1
                ? (name, groups.sorted { $0.normalized < $1.normalized }) : nil
        }
    }
}
