internal import LDAP
internal import LDAPClient

extension LDAPFailure {
    /// The name is gone, or another entry has it now: look for the entry by its id.
    var isOfAnotherEntry: Bool { code == .noSuchObject || code == .assertionFailed }

    /// A value that was to be deleted is gone, or one that was to be added is there: read it again.
    var isOutdated: Bool { code == .noSuchAttribute || code == .typeOrValueExists }
}
