package import Identity
package import LDAP
internal import LDAPClient

/// Why a directory could not be reached or read, or did not do what it was asked.
///
/// The one failure that comes through the door to a directory: what is above a session decides by `code`
/// and `kind`, and never by a sentence.
package struct DirectoryFailure: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Kind: Equatable, Sendable {
        /// No server answered, or none of them took part in TLS.
        case unreachable
        /// The server knows us and says no: another server would say the same.
        case credentials
        /// A base of the configuration does not exist, or the bind DN may not see it.
        case base
        /// The server gave less than there is: a limit, a referral, a lost connection.
        case incomplete
        /// Nothing says what kind of server it is.
        case dialect
        /// One request failed: it was refused, or the connection was lost before its answer.
        case request
    }

    package let directory: DirectoryName
    package let kind: Kind
    /// LDAP's, or libldap's own, which are negative.
    package let code: ResultCode
    /// Without the name of the directory.
    let sentence: String
    /// The code's meaning and number, and the server's own words where it had any.
    let answer: String
    /// The nearest entry that exists, where the one that was asked for does not.
    let matchedDN: String?
    let referrals: [String]

    /// A failure for which there is a sentence that says what to do.
    init(_ directory: DirectoryName, _ kind: Kind, _ code: ResultCode, _ sentence: String) {
        self.directory = directory
        self.kind = kind
        self.code = code
        self.sentence = sentence
        answer = sentence
        matchedDN = nil
        referrals = []
    }

    /// A request that failed on a connection.
    init(_ directory: DirectoryName, _ failure: LDAPFailure) {
        self.directory = directory
        kind = .request
        code = failure.code
        sentence = failure.description
        answer = failure.answer
        matchedDN = failure.matchedDN
        referrals = failure.referrals
    }

    /// `hq: cannot bind as cn=lockstep,dc=example,dc=com at ldaps://…: Invalid credentials (49). Check …`.
    package var description: String { "\(directory): \(sentence)" }

    /// The name is gone, or another entry has it now: look for the entry by its id.
    var isOfAnotherEntry: Bool { code == .noSuchObject || code == .assertionFailed }

    /// A value that was to be deleted is gone, or one that was to be added is there: read it again.
    var isOutdated: Bool { code == .noSuchAttribute || code == .typeOrValueExists }

    /// The connection is lost, or this server has no time: another one may do better, and so may this
    /// one later.
    var isOfLostServer: Bool {
        [.connectError, .timeout, .serverDown, .busy, .unavailable].contains(code)
    }
}

extension LDAPFailure {
    /// The code's meaning and number, and the server's own words where it had any.
    var answer: String {
        let head = "\(meaning) (\(code.rawValue))"
        return diagnostic.isEmpty || diagnostic == meaning ? head : "\(head): \(diagnostic)"
    }
}
