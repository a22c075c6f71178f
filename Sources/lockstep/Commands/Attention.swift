internal import Identity

/// Something that goes on only when a person does something, and what that is.
struct Attention {
    /// `store`, `sync`, `plan`, `directory`, `step`, `drift`, `request`, `rejected`.
    let kind: String
    /// A process, a plan or a directory, as text; empty where there is only one.
    let target: String
    let message: String
    let hint: String

    var json: JSONValue {
        [
            "kind": .string(kind), "target": .string(target), "message": .string(message),
            "hint": .string(hint),
        ]
    }
}
