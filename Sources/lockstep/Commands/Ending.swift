internal import Configuration
internal import Engine
internal import Identity
internal import Store

/// How a command ends before it has a result: one sentence, what to do, an exit code.
///
/// The one place where errors become words and numbers.
struct Ending: Error, CustomStringConvertible {
    let exit: ExitCode
    let message: String
    let hint: String?
    let candidates: [Candidate]

    var description: String { message }

    init(_ exit: ExitCode, _ message: String, hint: String? = nil, candidates: [Candidate] = []) {
        self.exit = exit
        self.message = message
        self.hint = hint
        self.candidates = candidates
    }

    init(_ exit: ExitCode, _ message: String, hint: String? = nil, candidates: [User]) {
        self.init(exit, message, hint: hint, candidates: candidates.map { Candidate($0) })
    }

    /// Several users have the name that somebody gave.
    init(ambiguous name: String, _ candidates: [Candidate]) {
        let what = candidates.allSatisfy { $0.user != nil } ? "users" : "entries"
        self.init(
            .refused, "“\(name)” names \(candidates.count) \(what)", hint: Refusal.sayWhich,
            candidates: candidates)
    }

    init(_ error: any Error) {
        switch error {
        case let ending as Ending: self = ending
        case let refusal as Refusal:
            self.init(
                ExitCode(refusal.kind), refusal.message, hint: refusal.hint,
                candidates: refusal.candidates)
        case let error as StoreError: self.init(.store, error.description, hint: error.hint)
        case let errors as ConfigurationErrors: self.init(.configuration, errors.description)
        case let failure as DirectoryFailure: self.init(.unavailable, failure.description)
        case let usage as UsageError: self.init(.usage, usage.sentence.text)
        default: self.init(.defect, "unexpected: \(error)")
        }
    }

    /// The message for people, with local times; what they wrote themselves is shown as they wrote it.
    var sentence: String {
        switch exit {
        case .usage, .configuration, .defect: message
        case .ok, .wouldChange, .waitsForApproval, .stopped, .cancelled, .refused, .noUser,
            .unavailable, .store, .unfinished, .permission:
            LocalTime.localized(message)
        }
    }

    /// What stdout gets with `--json`; nil for the codes with which it stays empty.
    var json: JSONValue? {
        switch exit {
        case .usage, .defect, .configuration: nil
        case .ok, .wouldChange, .waitsForApproval, .stopped, .cancelled, .refused, .noUser,
            .unavailable, .store, .unfinished, .permission:
            [
                "error": [
                    "exit": .int(Int64(exit.rawValue)), "message": .string(message),
                    "hint": JSONValue(hint),
                    "candidates": .array(candidates.map(\.reference)),
                ]
            ]
        }
    }
}

extension ExitCode {
    fileprivate init(_ kind: Refusal.Kind) {
        self =
            switch kind {
            case .refused: .refused
            case .noSuchUser: .noUser
            case .unavailable: .unavailable
            case .forbidden: .permission
            case .unfinished: .unfinished
            case .configuration: .configuration
            }
    }
}
