internal import Identity

extension KeyTable {
    private static let rights = Right.allCases.map(\.rawValue)
    private static let useCases = UseCase.configured.map(\.word)
    private static let no = KeyAbsence.standard(.text("false"))

    static let top = [
        Key(
            "store", .either(.path, .section),
            .required(example: "store: /var/lib/lockstep/lockstep.db"),
            "The SQLite file in which Lockstep keeps users, credentials, certificates and its journal. A path, or path and create."
        ),
        Key(
            "store.path", .path, .required(example: "path: /var/lib/lockstep/lockstep.db"),
            "The store's file. A relative path is relative to the folder of this file."),
        Key(
            "store.create", .boolean, .standard(.text("true")),
            "Whether a sync may make the store when there is none. false protects against an unmounted disk."
        ),
        Key(
            "directories", .named, .required(example: "directories: {hq: {uri: …}}"),
            "The LDAP services, each under a name of your own."),
        Key(
            "approval", .section, .standard(.mapping([])),
            "Which use cases wait until a second person approves."),
        Key("approval.lock", .boolean, no, "Whether locking a user needs an approval."),
        Key("approval.deactivate", .boolean, no, "Whether deactivating a user needs an approval."),
        Key("approval.reactivate", .boolean, no, "Whether reactivating a user needs an approval."),
        Key("approval.unlock", .boolean, no, "Whether unlocking a user needs an approval."),
        Key(
            "approval.expires", .duration(atLeast: 1), .standard(.text("72h")),
            "How long a request stays open."),
        Key(
            "approval.approvers", .list(.text), .standard(.sequence([])),
            "The login names of those who may approve. Empty: everyone with the right approve."),
        Key(
            "operators", .named, .none,
            "Who may do what, by login name. Absent: whoever may write the store may do everything."
        ),
        Key("operators.*", .section, .none, "One operator, under the login name."),
        Key(
            "operators.*.may", .list(.word(rights)), .standard(.sequence([])),
            "What this operator may do."),
        Key(
            "operators.*.is", .text, .none,
            "The user that this operator is, so that nobody approves their own request. Looked up once, and then remembered; while nobody has that name, the operator can't approve."
        ),
        Key(
            "defaultRoles", .list(.text), .standard(.sequence([])),
            "The roles that a reactivated or unlocked user gets back: names, or DNs of groups."),
        Key(
            "samePerson", .list(.word(PersonProperty.allCases.map(\.rawValue))),
            .standard(.texts([PersonProperty.employeeNumber.rawValue])),
            "The properties that make accounts of two directories one person: whom lock --everywhere takes, too. Not what people may write themselves."
        ),
        Key("metrics", .path, .none, "A file that each sync writes its figures to."),
    ]

    static let reasons = [
        Key(
            "reasons", .named,
            .required(example: "reasons: {left-organization: {text: …, revocation: …}}"),
            "The reason catalogue: why a user may be locked, deactivated, reactivated or unlocked. Codes are letters, digits, dash, dot, underscore."
        ),
        Key("reasons.*", .section, .none, "One reason, under its code."),
        Key(
            "reasons.*.text", .text, .none,
            "What people read. Absent: the code."),
        Key(
            "reasons.*.for", .list(.word(useCases)), .standard(.texts([UseCase.lock.word])),
            "The use cases that this reason serves."),
        Key(
            "reasons.*.revocation", .word(RevocationReason.forLock.map(\.rawValue)), .none,
            "The RFC 5280 reason that certificates are revoked with. Required for a lock reason, and for no other."
        ),
        Key(
            "reasons.*.write", .named, .standard(.mapping([])),
            "What is written to the entry: attribute to value (replace), list (all values) or null (delete)."
        ),
        Key(
            "reasons.*.write.*", .either(.oneOrList(.template), .section), .none,
            "The new value, a template; a list of all new values; null deletes the attribute."),
        Key(
            "reasons.*.write.*.ifClass", .text, .required(example: "ifClass: posixAccount"),
            "An object class: entries without it are left alone."),
        Key(
            "reasons.*.write.*.value", .oneOrList(.template), .none,
            "What is written to entries of that class; absent: the attribute is deleted."),
        Key(
            "reasons.*.recognise", .named, .standard(.mapping([])),
            "Attribute values that, found by a sync, mean that the user was locked for this reason. All attributes must match, in any case."
        ),
        Key(
            "reasons.*.recognise.*", .oneOrList(.text), .none,
            "The value that is looked for, or a list of which one is enough."),
        Key(
            "reasons.*.enabled", .boolean, .standard(.text("true")),
            "false retires the reason: it is refused and no longer recognised."),
    ]
}

extension RevocationReason {
    /// What a lock may revoke with: it is final, so never on hold.
    static let forLock = ours.filter { $0 != .certificateHold }
}

/// Every key of `lockstep.yaml`, described once.
///
/// The reader takes from here what is known, required and the default; the tests hold the sample
/// and the JSON Schema against it.
enum KeyTable {
    static let all: [Key] =
        top + authorities + receivers + reasons + directory + tls + bind + users + roles + decisions

    private static let byPath = Dictionary(all.map { ($0.path, $0) }) { first, _ in first }

    private static let names = Dictionary(grouping: all, by: \.section).mapValues { keys in
        keys.map(\.name)
    }

    static func key(_ place: KeyPlace) -> Key? { byPath[place.pattern] }

    /// The sections in which a key of this name may stand.
    static func sections(with name: String) -> [String] {
        all.filter { $0.name == name }.map(\.section)
    }

    /// The sections whose names the administrator chooses, each with keys of its own: `directories`.
    static let ofSections = all.filter { $0.name == "*" && $0.kind == .section }.map(\.section)

    /// The names that may stand in a section, in the table's order.
    static func names(in place: KeyPlace) -> [String] { names[place.pattern] ?? [] }
}
