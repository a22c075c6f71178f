/// An argument of a command.
struct ArgumentDescription: Sendable {
    let name: String
    let type: ValueType
    let required: Bool
    /// Whether all further words belong to it too.
    let repeats: Bool
    let summary: String

    init<Value>(
        _ key: ArgumentKey<Value>, _ type: ValueType, required: Bool = true, repeats: Bool = false,
        _ summary: String
    ) {
        name = key.name
        self.type = type
        self.required = required
        self.repeats = repeats
        self.summary = summary
    }

    /// As in `USER`, `[USER]` or `TEXT ...`.
    var shape: String {
        let words = repeats ? "\(name) ..." : name
        return required ? words : "[\(words)]"
    }
}
