package import Ground

/// The state machine of certificates.
///
/// A certificate is expired when its `notAfter` is before the process's one clock reading, whatever
/// the clock says by the time the process is carried out.
package enum CertificateRule {
    /// What becomes of a certificate.
    ///
    /// `ours`: the deactivation that this reactivation ends is what put it on hold. `keptBy`: somebody
    /// else who has the same certificate, and is not active either.
    package static func verdict(
        on useCase: UseCase, of state: CertificateState, notAfter: Timestamp, clock: Timestamp,
        ours: Bool = false, keptBy: String? = nil
    ) -> Verdict<CertificateState> {
        if state == .revoked {
            // The first reason and time win (RFC 5280 allows a change of neither).
            return .unchanged(because: "is revoked already")
        }
        if state == .expired || notAfter < clock {
            return .unchanged(because: "expired at \(notAfter.rfc3339): skipped")
        }
        switch (useCase, state) {
        case (.lock, _): return .become(.revoked)
        case (.deactivate, .valid): return .become(.onHold)
        case (.deactivate, _): return .unchanged(because: "is on hold already")
        case (.reactivate, .onHold) where ours:
            guard let keptBy else { return .become(.valid) }
            return .unchanged(because: "stays on hold: \(keptBy) has it too, and is not active")
        case (.reactivate, .onHold):
            return .unchanged(because: "was on hold before the user was deactivated")
        case (.reactivate, _), (.unlock, .valid): return .unchanged(because: "is valid")
        case (.restoreRoles, .valid): return .unchanged(because: "is valid")
        case (.unlock, _), (.restoreRoles, _): return .unchanged(because: "is on hold")
        }
    }
}
