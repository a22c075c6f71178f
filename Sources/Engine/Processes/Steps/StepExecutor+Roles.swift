internal import Identity
internal import LDAP
internal import Store

// Steps that take managed roles of 389 from the user's own entry, and give them back.
extension StepExecutor {
    mutating func withdrawRole(_ role: Membership) throws -> StepResult {
        switch try lookUp() {
        case .absent: return .done
        case .unseen: return .unseen(user.record.dn)
        case .present(let entry):
            // Sent also where none is seen: it may be hidden, and to delete what is not there is 16.
            return try send(
                Modification(.delete, role.attribute, role.values(in: entry)), to: entry)
        }
    }

    mutating func giveRole(_ role: Membership, to entry: Entry) throws -> StepResult {
        try send(role.addition, to: entry)
    }

    private mutating func send(
        _ modification: Modification, to entry: Entry
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
