package import Store

/// Why a command ends before it has done anything: what is wrong, what to do, who could be meant.
package struct Refusal: Error {
    package enum Kind: Sendable {
        /// Ambiguous, of the wrong state or reason, or invalid data.
        case refused
        case noSuchUser
        /// No directory could be asked.
        case unavailable
        /// The operator may not, or nobody may.
        case forbidden
        /// Not now: to be tried again.
        case unfinished
        /// The configuration contradicts what is stored.
        case configuration
    }

    /// What decides between several whom a name may mean.
    package static let sayWhich = "Say which, by id:N or by DN."

    package let kind: Kind
    package let message: String
    package let hint: String?
    package let candidates: [Candidate]

    package init(
        _ kind: Kind, _ message: String, hint: String? = nil, candidates: [Candidate] = []
    ) {
        self.kind = kind
        self.message = message
        self.hint = hint
        self.candidates = candidates
    }

    package init(_ kind: Kind, _ message: String, hint: String? = nil, candidates: [User]) {
        self.init(kind, message, hint: hint, candidates: candidates.map { Candidate($0) })
    }
}
