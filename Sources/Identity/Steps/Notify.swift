package import Ground
package import LDAP

/// The receiver that is the step's target is to hear what has happened to the user.
package struct Notify: RemoteStep {
    package static let kind = StepKind("notify", .elsewhere("Receivers"))

    /// What the receiver takes to be so: how it was when the process was begun, or, where an older one
    /// was not delivered, when that one was.
    package let before: Before
    /// The process is one of a list that somebody gave.
    package let isOfList: Bool
    /// The unlock that was refused after the receiver had heard of it: a lock that stands again is told
    /// anew, as another event.
    package let after: ProcessID?

    package init(before: Before, isOfList: Bool, after: ProcessID? = nil) {
        self.before = before
        self.isOfList = isOfList
        self.after = after
    }

    /// What a receiver may know of the user; numbers are row ids.
    package struct Before: Hashable, Sendable {
        package var credentials: [CredentialID: CredentialState]
        package var certificates: [CertificateID: CertificateState]
        package var roles: [HeldRole]

        package init(
            credentials: [CredentialID: CredentialState],
            certificates: [CertificateID: CertificateState],
            roles: [HeldRole]
        ) {
            self.credentials = credentials
            self.certificates = certificates
            self.roles = roles
        }
    }

    package struct HeldRole: Hashable, Sendable {
        package let name: String
        /// The DN of the group.
        package let group: String
        package let direct: Bool

        package init(name: String, group: String, direct: Bool) {
            self.name = name
            self.group = group
            self.direct = direct
        }
    }

    package var entry: EntryID? { nil }

    package var journal: JSONValue {
        ["before": before.json, "list": .bool(isOfList), "after": JSONValue(after)]
    }

    package init(journal: JSONValue, entry: EntryID?) throws(Unreadable) {
        try journal.requireKeys("before", "list", "after")
        guard case .bool(let isOfList) = journal["list"] else {
            throw Unreadable("says something else than yes or no of “list”")
        }
        let after: ProcessID?
        switch journal["after"] {
        case .null: after = nil
        case .int(let process): after = ProcessID(rawValue: process)
        default: throw Unreadable("names no process in “after”")
        }
        self.init(
            before: try Before(json: journal["before"] ?? .null), isOfList: isOfList, after: after)
    }
}

extension StepKind {
    package static let notify = Notify.kind
}

extension Notify.Before {
    fileprivate var json: JSONValue {
        [
            "credentials": Self.json(credentials), "certificates": Self.json(certificates),
            "roles": .array(roles.map(\.json)),
        ]
    }

    fileprivate init(json: JSONValue) throws(Unreadable) {
        try json.requireKeys("credentials", "certificates", "roles")
        self.init(
            credentials: try Self.states(json, "credentials"),
            certificates: try Self.states(json, "certificates"),
            roles: try json.elements("roles", Notify.HeldRole.init(json:)))
    }

    private static func json<ID: RowID, State: RawRepresentable<String>>(
        _ states: [ID: State]
    ) -> JSONValue {
        .array(
            states.sorted { $0.key < $1.key }.map {
                ["id": JSONValue($0.key), "state": .string($0.value.rawValue)]
            })
    }

    private static func states<ID: RowID, State: RawRepresentable<String>>(
        _ json: JSONValue, _ key: String
    ) throws(Unreadable) -> [ID: State] {
        var states: [ID: State] = [:]
        let pairs = try json.elements(key) { element throws(Unreadable) in
            guard case .int(let id)? = element["id"] else { throw Unreadable("has no “id”") }
            guard let state = State(rawValue: try element.text("state")) else {
                throw Unreadable.unknown
            }
            return (ID(rawValue: id), state)
        }
        for (id, state) in pairs { states[id] = state }
        return states
    }
}

extension Notify.HeldRole {
    /// With the keys that `show` gives a role.
    package var json: JSONValue {
        ["name": .string(name), "group": .string(group), "direct": .bool(direct)]
    }

    fileprivate init(json: JSONValue) throws(Unreadable) {
        guard case .bool(let direct) = json["direct"] else {
            throw Unreadable("says something else than yes or no of “direct”")
        }
        self.init(name: try json.text("name"), group: try json.text("group"), direct: direct)
    }
}
