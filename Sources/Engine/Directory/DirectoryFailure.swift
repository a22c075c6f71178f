package import LDAP
internal import LDAPClient

/// Why a directory could not be reached or read: one sentence that says what to do.
package struct DirectoryFailure: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Kind: Equatable, Sendable {
        /// No server answered, or none of them took part in TLS.
        case unreachable
        /// The server knows us and says no: another server would say the same.
        case credentials
        /// A base of the configuration does not exist, or may not be seen.
        case base
        /// The server gave less than there is: a limit, a referral, a lost connection.
        case incomplete
        /// Nothing says what kind of server it is.
        case dialect
    }

    package let directory: String
    package let kind: Kind
    /// LDAP's, or libldap's own, which are negative.
    package let code: ResultCode
    /// Without the name of the directory.
    let sentence: String

    init(_ directory: String, _ kind: Kind, _ code: ResultCode, _ sentence: String) {
        self.directory = directory
        self.kind = kind
        self.code = code
        self.sentence = sentence
    }

    /// `hq: cannot bind as cn=lockstep,dc=example,dc=com at ldaps://…: Invalid credentials (49). Check …`.
    package var description: String { "\(directory): \(sentence)" }
}

extension LDAPFailure {
    /// The code's meaning and number, and the server's own words where it had any.
    var answer: String {
        let head = "\(meaning) (\(code.rawValue))"
        return diagnostic.isEmpty || diagnostic == meaning ? head : "\(head): \(diagnostic)"
    }
}
