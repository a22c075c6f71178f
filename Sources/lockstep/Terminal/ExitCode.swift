/// How a run ended, in the numbers of sysexits.h where it has one.
enum ExitCode: Int32, Sendable, CaseIterable {
    case ok = 0
    case wouldChange = 1
    case waitsForApproval = 10
    case stopped = 11
    case cancelled = 12
    case usage = 64
    case refused = 65
    case noUser = 67
    case unavailable = 69
    case defect = 70
    case store = 74
    case unfinished = 75
    case permission = 77
    case configuration = 78

    /// As the manual has it.
    var meaning: String {
        switch self {
        case .ok: "done, or nothing to do"
        case .wouldChange: "with --check: something would change, or needs a person"
        case .waitsForApproval: "waits for approval"
        case .stopped: "stopped by a safety limit; nothing changed state"
        case .cancelled: "cancelled"
        case .usage: "the command line is wrong"
        case .refused: "refused: ambiguous user, wrong reason or state, invalid input"
        case .noUser: "no such user"
        case .unavailable: "no directory could be read, and nothing changed"
        case .defect: "a defect of Lockstep"
        case .store:
            "the store can't be read or written, was rolled back, or its audit chain is broken"
        case .unfinished:
            "the local part is done and the rest is pending or failed, or another run holds the lock"
        case .permission: "the operator may not do that, and nothing was done"
        case .configuration: "the configuration is wrong"
        }
    }
}
