package import Configuration
package import Identity

/// One line of `check`.
package struct CheckLine: Hashable, Sendable {
    /// What is looked at, in the order in which it is shown.
    package enum Subject: String, Sendable, CaseIterable {
        case configuration
        case files
        case authority
        case revocation
        case server
        case tls
        case bind
        case clock
        case dialect
        case schema
        case users
        case map
        case reasons
        case roles
        case strategy
        case rights
        case policy
        case lockAttribute
        case canary
        case owner
        case operators
        case receivers
        case store
        case tables
        case audit
        case head
        case modes
        case space
    }

    /// Whose fault a failure is; what the exit code says.
    package enum Area: Sendable {
        case configuration
        case store
        case directory
    }

    package let subject: Subject
    /// nil: of no one directory.
    package let directory: DirectoryName?
    package let verdict: CheckVerdict

    package init(_ subject: Subject, of directory: DirectoryName? = nil, _ verdict: CheckVerdict) {
        self.subject = subject
        self.directory = directory
        self.verdict = verdict
    }

    package var area: Area {
        switch subject {
        // What the file says of attributes is its own mistake, whatever the server is.
        case .configuration, .files, .authority, .map, .reasons, .owner, .operators, .receivers:
            .configuration
        case .store, .tables, .audit, .head, .modes, .space: .store
        case .server, .tls, .bind, .clock, .dialect, .schema, .users, .roles, .strategy,
            .rights, .policy, .lockAttribute, .canary, .revocation:
            .directory
        }
    }

    /// The first area that has a failure; nil where nothing failed.
    package static func failedArea(_ lines: [CheckLine]) -> Area? {
        let failed = lines.filter { $0.verdict.state == .failed }.map(\.area)
        return [Area.configuration, .store, .directory].first { failed.contains($0) }
    }
}

package enum CheckState: String, Sendable, CaseIterable {
    case ok
    case warning
    case failed
    /// It may be so; nobody here could see it.
    case notProven
}

/// What a fact amounts to, and in the same sentence what to do about it.
package struct CheckVerdict: Hashable, Sendable {
    package let state: CheckState
    package let message: String
    /// What it shows of whether locked people are refused; nil: nothing.
    private(set) var worth: LockWorth?

    private init(_ state: CheckState, _ message: String) {
        self.state = state
        self.message = message
    }

    static func ok(_ message: String) -> CheckVerdict { CheckVerdict(.ok, message) }
    static func warning(_ message: String) -> CheckVerdict { CheckVerdict(.warning, message) }
    static func failed(_ message: String) -> CheckVerdict { CheckVerdict(.failed, message) }
    static func notProven(_ message: String) -> CheckVerdict { CheckVerdict(.notProven, message) }

    /// The same, and what it shows of whether locked people are refused.
    func showing(_ worth: LockWorth) -> CheckVerdict {
        var verdict = self
        verdict.worth = worth
        return verdict
    }

    /// The same, of less weight: another server does what this one doesn't.
    func mitigated(by why: String) -> CheckVerdict {
        state == .failed ? .warning("\(message) \(why)") : self
    }
}

extension CheckVerdict {
    /// Of a configuration that was read: one with a mistake never gets so far.
    package static func parsed(_ settings: Settings) -> CheckVerdict {
        let directories = settings.directories.map(\.name.rawValue).joined(separator: ", ")
        return .ok(
            "\(settings.file) is right and can be changed by its owner alone; directories: "
                + "\(directories); reasons: \(settings.reasons.count)")
    }
}

extension BinaryInteger {
    /// `1 of 4 groups hides its members`, `2 of 4 groups hide their members`: counted, with its verb.
    func of(_ all: Self, _ things: String, _ one: String, _ several: String) -> String {
        "\(self) of \(all) \(things) \(self == 1 ? one : several)"
    }
}
