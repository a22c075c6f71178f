internal import Identity
internal import Store

/// Something that goes on only when a person does something, and what that is.
struct Attention {
    /// `store`, `sync`, `plan`, `directory`, `step`, `drift`, `request`, `rejected`; told by a sync
    /// alone are `clock`, `note`, `metrics`.
    let kind: String
    /// A process, a plan or a directory, as text; empty where there is only one.
    let target: String
    let message: String
    let hint: String
    /// What makes it another one of the same target; nil: its message.
    var identity: String?

    var matter: Matter {
        Matter(kind: kind, target: target, identity: identity ?? message, message: message)
    }

    var json: JSONValue {
        [
            "kind": .string(kind), "target": .string(target), "message": .string(message),
            "hint": .string(hint),
        ]
    }
}
