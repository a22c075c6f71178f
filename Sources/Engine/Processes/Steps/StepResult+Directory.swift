internal import Identity
internal import LDAP
internal import LDAPClient
internal import Store

extension StepResult {
    /// How an attempt ends that the directory, or the way to it, refused.
    init(_ failure: DirectoryFailure, dialect: Dialect) {
        let isPassing =
            switch dialect.outcome(of: failure.code, for: []) {
            // Renamed again and again while it was written: the next attempt finds it by its id.
            case .passing, .notWritableHere, .noSuchObject, .assertionFailed: true
            case .done, .alreadyAbsent, .alreadyPresent, .objectClassViolation, .lasting: false
            }
        self.init(
            state: isPassing ? .pending : .failed,
            error: StepError(code: failure.code, message: failure.answer))
    }

    /// An unlock that the next sync would undo is not carried out.
    static func relocked(_ cause: Relock.Cause, in dn: StoredDN) -> StepResult {
        StepResult(
            state: .failed,
            error: StepError(
                code: .unwillingToPerform,
                message: "\(dn): \(cause.sentence): it would be locked again at once"),
            refuses: true)
    }

    /// The journal has it, and nothing here takes such a step.
    static func unknown(_ kind: StepKind) -> StepResult {
        StepResult(
            state: .failed,
            error: StepError(
                code: .unwillingToPerform,
                message: "Lockstep does not know how to \(kind.label)"))
    }

    /// The other bits of `userAccountControl` have to be kept, and they can't be read.
    static func unreadableAccount(_ dn: StoredDN) -> StepResult {
        StepResult(
            state: .failed,
            error: StepError(
                code: .insufficientAccessRights,
                message: "the account attributes of \(dn) can't be read"))
    }

    /// What is meant for entries of a class is written to none that may be another; what became of the rest
    /// is said first.
    func withHiddenClasses(_ writes: [AttributeWrite]) -> StepResult {
        let messages = [error?.message].compactMap(\.self) + writes.map(\.hiddenClass)
        return StepResult(
            state: state == .done ? .failed : state,
            error: StepError(
                code: error?.code ?? .insufficientAccessRights,
                message: messages.joined(separator: "; ")),
            refuses: refuses, target: target)
    }

    /// A group that must have members and shows none hides them.
    static func unseenMembers(_ dn: String) -> StepResult {
        StepResult(
            state: .failed,
            error: StepError(
                code: .insufficientAccessRights,
                message: "the members of \(dn) can't be read"))
    }

    /// An entry that can't be seen is never called disabled, nor its groups stripped of it.
    static func unseen(_ dn: StoredDN) -> StepResult {
        StepResult(
            state: .failed,
            error: StepError(
                code: .noSuchObject,
                message: "\(dn) can't be seen: deleted or hidden from the bind DN"))
    }
}
