/// What `--log-format` takes.
enum LogFormat: String, Sendable, CaseIterable {
    case text
    case json
}
