internal import Configuration
internal import Ground
internal import Identity
internal import LDAP
internal import Store

/// What a receiver reads on its stdin: what has happened, and how things are now
/// (`schema/receiver.schema.json`).
struct ReceiverDocument {
    private let store: Store
    private let settings: Settings
    private let now: Timestamp

    init(_ context: EngineContext) {
        store = context.store
        settings = context.settings
        now = context.clock()
    }

    func json(
        of process: IdentityProcess, _ step: Step, _ notify: Notify, event: String
    ) throws -> JSONValue {
        try store.snapshot {
            guard let user = try store.user(process.user) else {
                throw Refusal(.noSuchUser, "\(process.user.word) is not in the store")
            }
            let trigger = try store.processes.trigger(of: process.id)
            return try json(
                Head(
                    event: event, isTest: false, useCase: process.useCase, at: process.at,
                    by: process.by.login,
                    trigger: notify.isOfList && trigger == .operator ? .list : trigger,
                    forced: process.forced, reason: process.reason, text: process.reasonText,
                    note: process.note),
                user: user, before: notify.before, steps: process.steps.map(\.json))
        }
    }

    /// What `receiver test` sends: a lock that never was, of a user, or of nobody.
    func test(of user: User?, by: Operator) throws -> JSONValue {
        let reason = settings.reasons.first { $0.useCases.contains(.lock) }
        let head = Head(
            event: "test", isTest: true, useCase: .lock, at: now, by: by.login,
            trigger: .operator, forced: false, reason: reason?.code ?? "test",
            text: reason?.text ?? "A test", note: nil)
        guard let user else { return json(head, user: nil, [], [], [:], steps: []) }
        return try store.snapshot {
            try json(
                head, user: user, before: try store.subject(user).asHeard(at: now), steps: [])
        }
    }

    /// What an event is about.
    private struct Head {
        let event: String
        let isTest: Bool
        let useCase: UseCase
        let at: Timestamp
        let by: String
        let trigger: ProcessTrigger
        let forced: Bool
        let reason: String
        let text: String
        let note: String?
    }

    private func json(
        _ head: Head, user: User, before: Notify.Before, steps: [JSONValue]
    ) throws -> JSONValue {
        let document = try UserDocument(user, store: store)
        let held = document.roles.map(\.asHeard)
        return json(
            head, user: document.json(at: now),
            document.credentials.map { credential in
                credential.json(certificates: document.serials(on: credential)).adding([
                    "before": JSONValue(before.credentials[credential.id]?.rawValue),
                    "after": .string(credential.state.rawValue),
                ])
            },
            document.certificates.map { shown in
                shown.json(at: now).adding([
                    "before": JSONValue(before.certificates[shown.certificate.id]?.rawValue),
                    "after": .string(shown.certificate.state(at: now).rawValue),
                ])
            },
            [
                "withdrawn": .array(before.roles.filter { !held.contains($0) }.map(\.json)),
                "granted": .array(held.filter { !before.roles.contains($0) }.map(\.json)),
            ], steps: steps)
    }

    private func json(
        _ head: Head, user: JSONValue?, _ credentials: [JSONValue], _ certificates: [JSONValue],
        _ roles: [String: JSONValue], steps: [JSONValue]
    ) -> JSONValue {
        let none: [String: JSONValue] = ["withdrawn": [], "granted": []]
        return [
            "event": .string(head.event), "test": .bool(head.isTest),
            "useCase": .string(head.useCase.rawValue), "at": head.at.json,
            "by": .string(head.by), "trigger": .string(head.trigger.rawValue),
            "forced": .bool(head.forced),
            "reason": ["code": .string(head.reason), "text": .string(head.text)],
            "note": JSONValue(head.note), "user": user ?? .null,
            "credentials": .array(credentials), "certificates": .array(certificates),
            "roles": .object(roles.isEmpty ? none : roles), "steps": .array(steps),
        ]
    }
}

extension PlanSubject {
    /// What a receiver takes to be so before anything is done.
    func asHeard(at now: Timestamp) -> Notify.Before {
        var before = Notify.Before(
            credentials: [:], certificates: [:], roles: roles.map(\.asHeard))
        for credential in credentials { before.credentials[credential.id] = credential.state }
        for certificate in certificates {
            before.certificates[certificate.id] = certificate.state(at: now)
        }
        return before
    }
}

extension Role {
    fileprivate var asHeard: Notify.HeldRole {
        Notify.HeldRole(name: name, group: groupDN.text, direct: direct)
    }
}

extension JSONValue {
    /// The same object with more members.
    fileprivate func adding(_ members: [String: JSONValue]) -> JSONValue {
        .object((object ?? [:]).merging(members) { _, new in new })
    }
}
