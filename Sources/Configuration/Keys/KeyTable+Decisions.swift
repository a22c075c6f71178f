internal import LDAP

extension KeyTable {
    private static let policies = LastMemberPolicy.words

    static let roles = [
        Key(
            "directories.*.roles", .section, .none,
            "Which groups are roles. Absent: no role is read and none is withdrawn."),
        Key(
            "directories.*.roles.base", .oneOrList(.dn),
            .required(example: "base: \"ou=groups,dc=example,dc=com\""),
            "Below which entry to look for groups, or a list of such entries."),
        Key(
            "directories.*.roles.scope", .word(SearchScope.allCases.map(\.rawValue)),
            .standard(.text(SearchScope.subtree.rawValue)),
            "How far below: base, one or subtree."),
        Key(
            "directories.*.roles.filter", .filter,
            .standard(.text("(objectClass=groupOfNames)")), "Which entries there are role groups."),
        Key(
            "directories.*.roles.name", .attribute, .standard(.text("cn")),
            "The attribute that names the role."),
        Key(
            "directories.*.roles.rename", .named, .standard(.mapping([])),
            "Better names for some roles: the group's name, then the role's."),
        Key("directories.*.roles.rename.*", .text, .none, "The role's name."),
        Key(
            "directories.*.roles.keep", .list(.dn), .standard(.sequence([])),
            "Groups that no lock strips."),
        Key(
            "directories.*.roles.lastMember", .either(.word(policies), .section),
            .standard(.mapping([])),
            "What to do where a group may not become empty. A policy, or policy and dn."),
        Key(
            "directories.*.roles.lastMember.policy", .word(policies),
            .standard(.text(LastMemberPolicy.words[0])),
            "placeholder puts dn in, fail leaves the step failed, deleteGroup deletes the group."),
        Key(
            "directories.*.roles.lastMember.dn", .dn, .none,
            "The placeholder. Absent: cn=nobody below the dc parts of roles.base, or below its last part where it has none."
        ),
    ]

    static let decisions = [
        Key(
            "directories.*.sync", .section, .standard(.mapping([])), "How changes are found."),
        Key(
            "directories.*.sync.strategy", .word(["auto"] + SyncStrategy.allCases.map(\.rawValue)),
            .standard(.text("auto")), "auto takes the best that the server offers."),
        Key(
            "directories.*.sync.pageSize", .integer(1...100_000), .standard(.text("1000")),
            "How many entries to ask for at a time."),
        Key(
            "directories.*.sync.deadline", .duration(atLeast: 1), .standard(.text("1h")),
            "After this time a sync ends where it is, and says so."),
        Key(
            "directories.*.sync.every", .duration(atLeast: 1), .standard(.text("30s")),
            "How often follow reads a directory whose server tells nobody of changes."),
        Key(
            "directories.*.reasons", .named, .standard(.mapping([])),
            "For this directory alone: what a reason writes or recognises."),
        Key("directories.*.reasons.*", .section, .none, "A reason, by its code."),
        Key(
            "directories.*.reasons.*.write", .named, .none,
            "Takes the place of the reason's own write."),
        Key(
            "directories.*.reasons.*.write.*", .either(.oneOrList(.template), .section), .none,
            "The new value, a list of all new values, or null to delete the attribute."),
        Key(
            "directories.*.reasons.*.write.*.ifClass", .text,
            .required(example: "ifClass: posixAccount"),
            "An object class: entries without it are left alone."),
        Key(
            "directories.*.reasons.*.write.*.value", .oneOrList(.template), .none,
            "What is written to entries of that class; absent: the attribute is deleted."),
        Key(
            "directories.*.reasons.*.recognise", .named, .none,
            "Takes the place of the reason's own recognise."),
        Key(
            "directories.*.reasons.*.recognise.*", .oneOrList(.text), .none,
            "The value that is looked for, or a list of which one is enough."),
        Key(
            "directories.*.renamedFrom", .name, .none,
            "The name that this directory had before, so that its users are taken along."),
        Key(
            "directories.*.missing", .section, .standard(.mapping([])),
            "What follows when an entry is gone."),
        Key(
            "directories.*.missing.then", .word(Consequence.allCases.map(\.rawValue)),
            .standard(.text(Consequence.keep.rawValue)), "lock, deactivate or keep the user."),
        Key(
            "directories.*.missing.reason", .name, .none,
            "The reason's code; a lock needs one. Absent for deactivate: directory-disabled."),
        Key(
            "directories.*.missing.after", .duration(atLeast: 0), .standard(.text("24h")),
            "How long an entry must be gone. 0s acts in the same run."),
        Key(
            "directories.*.disabled", .section, .standard(.mapping([])),
            "What follows when an account is disabled in the directory."),
        Key(
            "directories.*.disabled.then", .word(Consequence.allCases.map(\.rawValue)),
            .standard(.text(Consequence.deactivate.rawValue)),
            "deactivate, lock or keep the user."),
        Key(
            "directories.*.disabled.reason", .name, .none,
            "The reason's code; a lock needs one. Absent for deactivate: directory-disabled, which is built in."
        ),
        Key(
            "directories.*.expired", .section, .standard(.mapping([])),
            "What follows when an account is past its end date (Active Directory's accountExpires)."
        ),
        Key(
            "directories.*.expired.then", .word(Consequence.allCases.map(\.rawValue)),
            .standard(.text(Consequence.keep.rawValue)),
            "deactivate, lock or keep the user. Counts against limits.disabled."),
        Key(
            "directories.*.expired.reason", .name, .none,
            "The reason's code; a lock needs one. Absent for deactivate: directory-disabled, which is built in."
        ),
        Key(
            "directories.*.drift", .word(DriftPolicy.allCases.map(\.rawValue)),
            .standard(.text(DriftPolicy.enforce.rawValue)),
            "What to do when a locked user was enabled again or has a role group again: enforce the lock, or report."
        ),
        Key(
            "directories.*.limits", .section, .standard(.mapping([])),
            "Above these a sync changes nobody's state and waits for a release. Numbers, or percentages of the directory's users."
        ),
        limit("missing", "5%", "Users who went missing within 24 hours."),
        limit("disabled", "5%", "Users who were disabled within 24 hours."),
        limit("reenabled", "5%", "Users who were enabled again within 24 hours."),
        limit("locks", "50", "Users locked within 24 hours, and people in one lock --from."),
        limit("drift", "50", "Locks enforced again within 24 hours."),
        limit(
            "groups", "5%",
            "Role groups that disappeared or became unreadable within 24 hours; a percentage is of the role groups."
        ),
        limit(
            "rejected", "10%",
            "Entries that can't be users: more, and the run is partial. A percentage is of the entries that were read."
        ),
        Key(
            "directories.*.protect", .list(.protected), .standard(.sequence([])),
            "First RDNs or whole DNs that no sync locks, and no operator without --force."),
    ]

    private static func limit(_ name: String, _ standard: String, _ explanation: String) -> Key {
        Key("directories.*.limits.\(name)", .limit, .standard(.text(standard)), explanation)
    }
}
