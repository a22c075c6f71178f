internal import CLDAP
package import LDAP

/// What a server was asked for and did not do, in its own words where it had any.
///
/// Codes are RFC 4511's, or libldap's own, which are negative. Never holds a secret, nor more than a
/// kilobyte of a server's words.
package struct LDAPFailure: Error, Sendable, CustomStringConvertible {
    package enum Attempt: String, Sendable {
        case connect = "connect to"
        case startTLS = "start TLS with"
        case bind = "bind as"
        case search
        case modify
        case delete
        case whoAmI = "ask who I am at"
    }

    package let attempted: Attempt
    /// The server's URL for `connect`, `startTLS` and `whoAmI`, else a DN.
    package let target: String
    package let code: ResultCode
    /// The server's own words, libldap's where the server had none.
    package let diagnostic: String
    package let matchedDN: String?
    package let referrals: [String]
    /// A search that ended early: what was delivered is right, and it is not all that there is.
    package let isIncomplete: Bool

    package init(
        attempted: Attempt, target: String, code: ResultCode, diagnostic: String = "",
        matchedDN: String? = nil, referrals: [String] = [], isIncomplete: Bool = false
    ) {
        self.attempted = attempted
        self.target = target
        self.code = code
        let words = Self.onOneLine(diagnostic).boundedWords
        self.diagnostic = words.isEmpty ? Self.meaning(of: code) : words
        self.matchedDN = matchedDN?.boundedWords
        self.referrals = referrals
        self.isIncomplete = isIncomplete
    }

    /// libldap's words for the code, such as `Invalid credentials`.
    package var meaning: String { Self.meaning(of: code) }

    /// `cannot bind as cn=lockstep,dc=example,dc=com: Invalid credentials (49)`, and what the server added.
    package var description: String {
        let head = "cannot \(attempted.rawValue) \(target): \(meaning) (\(code.rawValue))"
        return diagnostic == meaning ? head : "\(head): \(diagnostic)"
    }

    /// The same of a search of which something had been delivered.
    func incomplete(besides known: [String]) -> LDAPFailure {
        LDAPFailure(
            attempted: attempted, target: target, code: code, diagnostic: diagnostic,
            matchedDN: matchedDN, referrals: referrals.isEmpty ? known : referrals,
            isIncomplete: true)
    }

    /// Active Directory ends its words with a line feed and a NUL, and has some in between.
    private static func onOneLine(_ words: String) -> String {
        words.split { $0.isNewline || $0 == "\0" }.map { line in
            let start = line.drop { $0.isWhitespace }
            return String(start.reversed().drop { $0.isWhitespace }.reversed())
        }.filter { !$0.isEmpty }.joined(separator: " ")
    }

    private static func meaning(of code: ResultCode) -> String {
        unsafe String(cString: ldap_err2string(code.rawValue))
    }
}
