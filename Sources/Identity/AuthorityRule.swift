package import Ground

/// What becomes of a certificate by what its authority says of it.
///
/// The CA's word is the world's: what it revoked or holds by itself becomes so here. The other way round
/// only a hold of its own ends; a revocation never does.
package enum AuthorityRule {
    /// The authority's word.
    package enum Word: Hashable, Sendable {
        case good
        case onHold(since: Timestamp)
        case revoked(RevocationReason, at: Timestamp)

        /// The state that it amounts to.
        package var state: CertificateState {
            switch self {
            case .good: .valid
            case .onHold: .onHold
            case .revoked: .revoked
            }
        }
    }

    /// How far the CA's clock may be from ours: within this time a revocation that the CA shows is the
    /// one that it was told.
    private static let skew: Int64 = 300

    /// What the authority's word makes of a certificate in some state.
    ///
    /// `wordAt`: the time that the word is of. `waits`: the certificate is on hold only until its holder
    /// comes back. `allows`: the state that its holders allow it once nothing else holds it.
    package static func verdict(
        on standing: Certificate.Standing, _ word: Word, wordAt: Timestamp, waits: Bool,
        allows: Certificate.Standing
    ) -> Verdict<Certificate.Standing> {
        switch (word, standing) {
        case (.revoked(let reason, let at), .revoked(let known, let held)):
            return verdict(on: known, held: held, reason, at)
        case (.revoked(let reason, let at), .valid), (.revoked(let reason, let at), .onHold):
            return .become(
                .revoked(
                    Certificate.Revocation(reason: reason, at: at, by: nil), held: standing.held))
        case (.onHold(let since), .valid):
            return .become(.onHold(Certificate.Held(at: since, by: nil)))
        case (.onHold, .onHold): return .unchanged(because: "is on hold already")
        case (.onHold, .revoked), (.good, .revoked): return .unchanged(because: "is revoked")
        case (.good, .valid): return .unchanged(because: "is valid")
        case (.good, .onHold(let held)):
            if held.by != nil || waits {
                return .unchanged(because: "is held by a process of ours")
            }
            if wordAt < held.at { return .unchanged(because: "was put on hold since") }
            return .become(allows)
        }
    }

    /// The first revocation wins, whoever made it; a key that was called compromised stays so.
    private static func verdict(
        on known: Certificate.Revocation, held: Certificate.Held?, _ reason: RevocationReason,
        _ at: Timestamp
    ) -> Verdict<Certificate.Standing> {
        guard at.advanced(by: skew) < known.at else {
            return .unchanged(because: "is revoked already")
        }
        let isCompromised = known.reason == .keyCompromise
        return .become(
            .revoked(
                Certificate.Revocation(
                    reason: isCompromised ? .keyCompromise : reason, at: at, by: known.by,
                    escalatedAt: isCompromised && reason != .keyCompromise
                        ? known.escalatedAt ?? known.at : known.escalatedAt), held: held))
    }
}
