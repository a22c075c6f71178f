internal import Identity
internal import LDAP
internal import Store

/// Managed roles of 389, which stand in the user's own entry: taken from it, and given back.
extension StepExecutor {
    mutating func changeRole(
        by modification: Modification, in entry: Entry
    ) throws -> StepResult {
        do {
            return try carryOut([modification], on: entry)
        } catch let failure as DirectoryFailure {
            switch shared.session.dialect.outcome(of: failure.code, for: [modification]) {
            case .alreadyAbsent, .alreadyPresent: return .done
            case .done, .noSuchObject, .assertionFailed, .notWritableHere, .objectClassViolation,
                .passing, .lasting:
                throw failure
            }
        }
    }
}

extension Membership {
    /// The values of the entry that are this membership, as they are spelled there.
    func values(in entry: Entry) -> [AttributeValue] {
        let stored = stored(in: entry)
        return stored.isEmpty ? [AttributeValue(value)] : stored
    }

    /// Whether the entry shows it.
    func isShown(in entry: Entry) -> Bool { !stored(in: entry).isEmpty }

    private func stored(in entry: Entry) -> [AttributeValue] {
        guard let name = DN(value) else { return [] }
        return entry[attribute].filter { $0.text.flatMap { DN($0) } == name }
    }
}
