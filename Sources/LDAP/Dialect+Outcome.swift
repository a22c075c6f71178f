extension Dialect {
    /// What the answer to a modify request with these modifications means on this kind of server.
    ///
    /// Measured on slapd 2.5.13, 389 2.3.1 and Samba 4.17.12; RFC 4511, appendix A for the others.
    package func outcome(
        of code: ResultCode, for modifications: [Modification]
    ) -> ModifyOutcome {
        switch code {
        case .success: .done
        case .noSuchAttribute: .alreadyAbsent
        case .typeOrValueExists: .alreadyPresent
        case .noSuchObject: .noSuchObject
        case .objectClassViolation: .objectClassViolation
        case .assertionFailed: .assertionFailed
        // What a replica answers, and a read-only domain controller (seen on Samba 4.17.12).
        case .referral: .notWritableHere
        case .unwillingToPerform: unwilling(modifications)
        case .entryAlreadyExists:
            self == .activeDirectory && modifications.contains { $0.kind == .add }
                ? .alreadyPresent : .lasting
        case _ where code.isPassing: .passing
        default: .lasting
        }
    }

    /// A read-only server answers 53, OpenLDAP and 389 alike; Active Directory does when an absent
    /// member of a group is deleted.
    private func unwilling(_ modifications: [Modification]) -> ModifyOutcome {
        switch self {
        case .openldap, .directoryServer389, .freeIPA: .notWritableHere
        case .activeDirectory:
            modifications.contains { $0.kind == .delete } ? .alreadyAbsent : .lasting
        case .eDirectory, .openDJ, .pingDirectory, .ibmSDS, .custom:
            .lasting
        }
    }
}
