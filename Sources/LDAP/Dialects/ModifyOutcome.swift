/// What a server's answer to a modify says about the wish behind it.
package enum ModifyOutcome: Hashable, Sendable {
    /// The server says that it did it.
    case done
    /// What was to be deleted is not there: done, once a re-read shows it.
    case alreadyAbsent
    /// What was to be added is there: done, once a re-read shows it.
    case alreadyPresent
    /// This server takes no writes: the next one may, else later.
    case notWritableHere
    /// The entry has vanished or can't be seen.
    case noSuchObject
    /// A group's last member, or another rule of the schema.
    case objectClassViolation
    /// The entry at this DN is not the one that was meant (RFC 4528).
    case assertionFailed
    /// Down, busy or slow: the same again, later.
    case passing
    /// Somebody has to change something first.
    case lasting
}

extension Dialect {
    /// What a product answers where RFC 4511, appendix A would have another code.
    struct Answers {
        /// To any write, where the server is read-only; others refer to the one that writes.
        var readOnly: ResultCode?
        /// To a deletion of what is not there.
        var absent: ResultCode?
        /// To an addition of what is there.
        var present: ResultCode?
    }

    /// What the answer to a modify request with these modifications means on this kind of server.
    ///
    /// Measured on slapd 2.5.13, 389 2.3.1 and Samba 4.17.12; RFC 4511, appendix A for the others.
    package func outcome(
        of code: ResultCode, for modifications: [Modification]
    ) -> ModifyOutcome {
        func holds(_ kind: Modification.Kind) -> Bool {
            modifications.contains { $0.kind == kind }
        }
        if code == answers.readOnly { return .notWritableHere }
        if code == answers.absent, holds(.delete) { return .alreadyAbsent }
        if code == answers.present, holds(.add) { return .alreadyPresent }
        return switch code {
        case .success: .done
        case .noSuchAttribute: .alreadyAbsent
        case .typeOrValueExists: .alreadyPresent
        case .noSuchObject: .noSuchObject
        case .objectClassViolation: .objectClassViolation
        case .assertionFailed: .assertionFailed
        // What a replica answers, and a read-only domain controller (seen on Samba 4.17.12).
        case .referral: .notWritableHere
        case _ where code.isPassing: .passing
        default: .lasting
        }
    }
}
