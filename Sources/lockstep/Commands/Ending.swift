internal import Configuration
internal import Engine
internal import Ground
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

    /// Nobody has the name that somebody gave.
    init(nobody name: String) {
        self.init(
            .noUser, "there is no user “\(name)”",
            hint: "A name must be whole here; this searches for a part of one: lockstep find TEXT")
    }

    /// An error that nobody was to throw this far is a defect of ours.
    init(_ error: any Error) {
        guard let known = KnownFailure(error) else {
            self.init(.defect, "unexpected: \(error)")
            return
        }
        switch known {
        case .ending(let ending): self = ending
        case .refusal(let refusal):
            self.init(
                ExitCode(refusal.kind), refusal.message, hint: refusal.hint,
                candidates: refusal.candidates)
        case .store(let error):
            self.init(.store, error.description, hint: StoreOwner.hint(error) ?? error.hint)
        case .configuration(let errors): self.init(.configuration, errors.description)
        case .directory(let failure): self.init(.unavailable, failure.description)
        case .usage(let usage): self.init(.usage, usage.sentence.text)
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

/// What a command may end with before it has a result: each module above the C libraries lets one
/// type of error through.
private enum KnownFailure {
    case ending(Ending)
    case refusal(Refusal)
    case store(StoreError)
    case configuration(ConfigurationErrors)
    case directory(DirectoryFailure)
    case usage(UsageError)

    init?(_ error: any Error) {
        switch error {
        case let ending as Ending: self = .ending(ending)
        case let refusal as Refusal: self = .refusal(refusal)
        case let error as StoreError: self = .store(error)
        case let errors as ConfigurationErrors: self = .configuration(errors)
        case let failure as DirectoryFailure: self = .directory(failure)
        case let usage as UsageError: self = .usage(usage)
        default: return nil
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
