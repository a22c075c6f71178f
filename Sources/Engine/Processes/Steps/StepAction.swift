internal import Ground
package import Identity
internal import LDAP
internal import LDAPClient
package import Store

/// How a step of the directory is taken, read back and shown: in the file that has the step's name.
protocol DirectoryAction: DirectoryStep {
    /// What it writes or gives back in the user's own entry, beside the account.
    var written: [AttributeName] { get }
    /// The attributes that it looks at in the user's own entry.
    var attributes: [AttributeName] { get }

    /// One attempt; throws what the directory refused, and what concerns the store.
    func attempt(_ step: Step, by executor: inout StepExecutor) throws -> StepResult
    /// The same without waiting for the answer; nil where that is no simple matter.
    func send(_ step: Step, by executor: inout StepExecutor) -> PendingRequest?
    /// Looks at what it has brought about, and notes what was seen.
    func look(at step: Step, for readBack: inout ReadBack) throws

    /// What it will replace in the entry, as the plan's own look shows it; nil: that can't be told yet.
    func prior(in entry: Entry, _ preview: ProcessPreview, _ shared: SharedSession) -> PriorValues?
    /// Shows what it would send to `target`.
    func write(_ target: DN, of preview: ProcessPreview, to ldif: inout LDIF)
    /// Applies to the entry what it will change there.
    func foresee(_ foresight: inout Foresight)
}

extension DirectoryAction {
    var written: [AttributeName] { [] }

    var attributes: [AttributeName] { written }

    func send(_ step: Step, by executor: inout StepExecutor) -> PendingRequest? { nil }

    func prior(
        in entry: Entry, _ preview: ProcessPreview, _ shared: SharedSession
    ) -> PriorValues? { nil }

    func foresee(_ foresight: inout Foresight) {}
}

/// How a step is taken whose other side is no directory.
///
/// It is taken after the directory's steps were tried, whatever became of them.
package protocol OutsideAction: RemoteStep {
    /// Whether the other side, which is named by the step's target, hears of one thing at a time, and of
    /// the oldest first.
    static var isQueued: Bool { get }

    /// Who is on the other side: one that is slow, or puts things off, is left alone for a while.
    func side(of step: Step) -> String
    /// Seconds that one attempt may take, for whoever waits for another program's.
    func longest(_ step: Step, in context: EngineContext) -> Int64
    /// One attempt; throws only what concerns the store.
    func attempt(
        _ step: Step, of process: IdentityProcess, in context: EngineContext
    ) throws -> StepResult
    /// What speaks against its having been done, as it is seen there; nil: nothing does.
    func contradiction(
        of step: Step, of process: IdentityProcess, in context: EngineContext
    ) throws -> String?
}

extension OutsideAction {
    package static var isQueued: Bool { false }

    package func side(of step: Step) -> String { "\(kind.rawValue) \(step.target)" }

    package func longest(_ step: Step, in context: EngineContext) -> Int64 { 30 }
}

extension Step {
    /// nil where it is none of the directory.
    var directoryAction: (any DirectoryAction)? {
        if case .remote(let work) = work { work as? any DirectoryAction } else { nil }
    }

    /// nil where it is done in the store or the directory.
    var outsideAction: (any OutsideAction)? {
        if case .remote(let work) = work { work as? any OutsideAction } else { nil }
    }
}

/// The entry as the steps of a process will leave it, and what they will write to its account.
struct Foresight {
    let shared: SharedSession
    /// As it is now.
    let account: Account
    let dialect: Dialect
    let clock: Timestamp
    var entry: Entry
    var enabling: [Modification] = []
}
