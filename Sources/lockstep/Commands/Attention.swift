internal import Ground
internal import Identity
internal import Store

/// Something that goes on only when a person does something, and what that is.
struct Attention {
    enum Kind: String, CaseIterable {
        case store
        case sync
        case plan
        case directory
        case step
        /// A program that is to hear of what has happened, and does not.
        case receiver
        case drift
        /// Somebody whom no sync locks, because the configuration protects the entry.
        case protected
        case request
        case rejected
        case clock
        case note
        /// What a CA says or fails to say.
        case authority
        /// One that a CA is said to have signed, and did not.
        case certificate
        case metrics
        case run

        /// Whether `status` has it; the others are told by the sync that finds them.
        var isOfStatus: Bool {
            switch self {
            case .store, .sync, .plan, .directory, .step, .receiver, .drift, .protected, .request,
                .rejected, .clock, .authority, .certificate:
                true
            case .note, .metrics, .run: false
            }
        }

        /// Whether nobody waits to hear that it is over.
        var isPassing: Bool {
            switch self {
            case .note, .request, .run: true
            case .store, .sync, .plan, .directory, .step, .receiver, .drift, .protected, .rejected,
                .clock, .authority, .certificate, .metrics:
                false
            }
        }
    }

    let kind: Kind
    /// A process, a plan or a directory, as text; empty where there is only one.
    let target: String
    let message: String
    let hint: String
    /// What makes it another one of the same target; nil: its message.
    var identity: String?
    /// What it is told of, where that outlives the target: a plan that grows is another plan of the same
    /// directory.
    var subject: String?
    /// Lines that go with it where there is room: whom it concerns.
    var people: [String] = []

    var matter: Matter {
        Matter(
            kind: kind.rawValue, target: subject ?? target, identity: identity ?? message,
            message: message)
    }

    var json: JSONValue {
        [
            "kind": .string(kind.rawValue), "target": .string(target), "message": .string(message),
            "hint": .string(hint),
        ]
    }
}
