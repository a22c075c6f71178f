internal import Ground
internal import Identity
internal import Store

/// What an option is called, and what type of value it has: `parsed.value(.limit)` is an `Int64?`.
struct OptionKey<Value: OptionValue>: Sendable {
    /// Without the dashes.
    let name: String

    init(_ name: String) {
        self.name = name
    }
}

extension OptionKey where Value == Bool {
    static var json: Self { Self("json") }
    static var quiet: Self { Self("quiet") }
    static var verbose: Self { Self("verbose") }
    static var noColor: Self { Self("no-color") }
    static var version: Self { Self("version") }
    static var help: Self { Self("help") }

    static var sample: Self { Self("sample") }
    static var full: Self { Self("full") }
    static var dryRun: Self { Self("dry-run") }
    static var check: Self { Self("check") }
    static var ldif: Self { Self("ldif") }
    static var yes: Self { Self("yes") }
    static var force: Self { Self("force") }
    static var everywhere: Self { Self("everywhere") }
    static var restoreRoles: Self { Self("restore-roles") }
    static var revoked: Self { Self("revoked") }
    static var move: Self { Self("move") }
}

extension OptionKey where Value == String {
    static var config: Self { Self("config") }
    static var release: Self { Self("release") }
    static var reason: Self { Self("reason") }
    static var note: Self { Self("note") }
    static var from: Self { Self("from") }
    static var because: Self { Self("because") }
    static var serial: Self { Self("serial") }
    static var credential: Self { Self("credential") }
    static var user: Self { Self("user") }
    static var issuer: Self { Self("issuer") }
    static var html: Self { Self("html") }
}

extension OptionKey where Value == DirectoryName {
    static var directory: Self { Self("directory") }
}

extension OptionKey where Value == Int64 {
    static var max: Self { Self("max") }
    static var limit: Self { Self("limit") }
    /// In seconds.
    static var wait: Self { Self("wait") }
}

extension OptionKey where Value == ProcessID {
    static var takenBy: Self { Self("process") }
}

extension OptionKey where Value == Timestamp {
    static var since: Self { Self("since") }
    static var until: Self { Self("until") }
    static var at: Self { Self("at") }
}

extension OptionKey where Value == UserState {
    static var userState: Self { Self("state") }
}

extension OptionKey where Value == CredentialState {
    static var credentialState: Self { Self("state") }
}

extension OptionKey where Value == CertificateState {
    static var certificateState: Self { Self("state") }
}

extension OptionKey where Value == CredentialKind {
    static var kind: Self { Self("kind") }
}

extension OptionKey where Value == RevocationReason {
    static var revocation: Self { Self("reason") }
}

extension OptionKey where Value == AuditHead {
    static var head: Self { Self("head") }
}

extension OptionKey where Value == LogFormat {
    static var logFormat: Self { Self("log-format") }
}
