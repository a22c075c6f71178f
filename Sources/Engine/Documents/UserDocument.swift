package import Ground
package import Identity
internal import LDAP
package import Store

/// All that the store knows of one user, as `show` tells it.
package struct UserDocument {
    package let user: User
    package let lock: RecordedLock?
    package let roles: [Role]
    package let credentials: [Credential]
    package let certificates: [CertificateFacts]
    package let pending: [Step]
    /// What the CAs are owed beside the processes.
    package let owed: [OwedStep]
    package let history: [AuditEvent]

    package init(_ user: User, store: Store) throws {
        self.user = user
        lock = try store.lock(of: user)
        roles = try store.roles(of: user.id)
        credentials = try store.credentials(of: user.id)
        let claims = try CertificateClaims(store)
        certificates = try store.certificates(of: user.id, revoked: false, since: nil)
            .map { try CertificateFacts($0, claims, store: store) }
        pending = try store.processes.unfinishedSteps(of: user.id)
        owed = try OwedTellingTable(store).all(of: user.id).map { try OwedStep($0, store: store) }
        var events: [AuditEvent] = []
        try store.audit.read(user: user.id, since: nil) { events.append($0.event) }
        history = events
    }

    /// The serials of the certificates on a credential.
    package func serials(on credential: Credential) -> [String] {
        certificates.map(\.certificate).filter { $0.credential == credential.id }
            .map(\.content.serial)
    }

    package func json(at now: Timestamp) -> JSONValue {
        let record = user.record
        var attributes: [String: JSONValue] = [:]
        for kept in record.attributes {
            attributes[kept.name] = .array(kept.values.map { .string($0) })
        }
        return [
            "id": JSONValue(user.id), "directory": user.directory.json,
            "entryID": .string(record.entryID.text), "dn": .string(record.dn.text),
            "username": .string(record.username), "givenName": JSONValue(record.givenName),
            "familyName": JSONValue(record.familyName),
            "displayName": JSONValue(record.displayName), "mail": JSONValue(record.mail),
            "employeeNumber": JSONValue(record.employeeNumber),
            "attributes": .object(attributes), "state": .string(user.state.rawValue),
            "account": record.account(at: now), "missingSince": user.missingSince.json,
            "lock": lock?.json ?? .null,
            "roles": .array(roles.map(\.json)),
            "credentials": .array(
                credentials.map { $0.json(certificates: serials(on: $0)) }),
            "certificates": .array(
                certificates.map { $0.json(at: now) }),
            "pending": .array(pending.map(\.pendingJSON) + owed.map(\.pendingJSON)),
            "history": .array(history.map(\.historyJSON)),
        ]
    }
}

extension UserRecord {
    /// Why the account lets nobody in though it is not disabled, as the last sync saw it.
    package func hindrances(at now: Timestamp) -> [String] { limits?.hindrances(at: now) ?? [] }

    /// `{disabled, expiresAt, beginsAt, hindrances}`.
    fileprivate func account(at now: Timestamp) -> JSONValue {
        [
            "disabled": disabled.map { .bool($0) } ?? .null,
            "expiresAt": limits?.expiresAt.json ?? .null,
            "beginsAt": limits?.beginsAt.json ?? .null,
            "hindrances": .array(hindrances(at: now).map { .string($0) }),
        ]
    }
}

extension Step {
    /// `{process, step, target, lastError}`.
    fileprivate var pendingJSON: JSONValue {
        [
            "process": JSONValue(process), "step": .string(kind.rawValue),
            "target": .string(target),
            "lastError": error?.json ?? .null,
        ]
    }
}

extension AuditEvent {
    /// `{at, by, event, process, reason}`.
    fileprivate var historyJSON: JSONValue {
        [
            "at": at.json, "by": .string(by), "event": .string(event),
            "process": JSONValue(process), "reason": detail["reason"] ?? .null,
        ]
    }
}

/// The holders of what a list shows, each read once while they follow one another.
package struct UserCache {
    private let store: Store
    private var last: User?

    package init(store: Store) {
        self.store = store
    }

    package mutating func reference(_ id: UserID) throws -> JSONValue {
        try find(id)?.reference ?? .null
    }

    package mutating func username(_ id: UserID) throws -> String {
        try find(id)?.record.username ?? ""
    }

    package mutating func find(_ id: UserID) throws -> User? {
        if last?.id != id { last = try store.user(id) }
        return last
    }
}
