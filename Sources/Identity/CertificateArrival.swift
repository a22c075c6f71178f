package import Ground

/// How a certificate stands once it is shown for a user: found in the entry, or imported.
///
/// A certificate is one thing, whoever shows it: what is known of it already comes first.
package enum CertificateArrival {
    /// The user whom it is shown for, as far as it matters.
    package enum Holder: Hashable, Sendable {
        case active
        /// `process`: the deactivation; nil: born so.
        case inactive(process: ProcessID?)
        case locked(process: ProcessID?, revocation: RevocationReason)
    }

    /// How it is to stand: revoked goes before on hold, and that before valid; the first revocation stays.
    ///
    /// `known`: how it stands by now; nil: nobody has shown it before. `wish`: what an import says that
    /// the CA did; nil: nothing.
    package static func verdict(
        known: Certificate.Standing?, wish: Certificate.Standing?, holder: Holder,
        notAfter: Timestamp, clock: Timestamp
    ) -> Verdict<Certificate.Standing> {
        let told: Certificate.Standing
        switch merged(known, wish) {
        case .become(let standing): told = standing
        case .unchanged: told = known ?? .valid
        case .refused(let because): return .refused(because: because)
        }
        let standing = of(holder, told, notAfter: notAfter, clock: clock)
        if standing == known { return .unchanged(because: "stands so already") }
        return .become(standing)
    }

    private static func merged(
        _ known: Certificate.Standing?, _ wish: Certificate.Standing?
    ) -> Verdict<Certificate.Standing> {
        switch (known, wish) {
        case (let known, nil): .become(known ?? .valid)
        case (nil, let wish?): .become(wish)
        // The first reason and time win.
        case (.revoked, .revoked): .unchanged(because: "is revoked already")
        case (.revoked(let revocation, _), _):
            .refused(
                because: "is revoked (\(revocation.reason.rawValue)) since \(revocation.at.rfc3339)"
            )
        case (let known?, .revoked(let revocation, let held)):
            .become(.revoked(revocation, held: known.held ?? held))
        // A hold of the CA's is released by no process.
        case (.onHold(let held), .onHold(let other)):
            .become(.onHold(Certificate.Held(at: min(held.at, other.at), by: nil)))
        case (.onHold(let held), .valid): .refused(because: "is on hold since \(held.at.rfc3339)")
        case (.valid, .onHold(let held)): .become(.onHold(held))
        case (.valid, .valid): .unchanged(because: "is valid")
        }
    }

    /// On a locked user nothing new comes alive, on an inactive one it is on hold; what is past its end
    /// comes alive nowhere.
    private static func of(
        _ holder: Holder, _ standing: Certificate.Standing, notAfter: Timestamp, clock: Timestamp
    ) -> Certificate.Standing {
        guard notAfter >= clock, standing.revocation == nil else { return standing }
        switch (holder, standing) {
        case (.active, _), (.inactive, .onHold), (.inactive, .revoked): return standing
        case (.inactive(let process), .valid):
            return .onHold(Certificate.Held(at: clock, by: process))
        case (.locked(let process, let reason), _):
            return .revoked(
                Certificate.Revocation(reason: reason, at: clock, by: process),
                held: standing.held)
        }
    }
}

extension Certificate.Standing {
    /// Whether it is on hold only because its holder was born inactive: the holder's return ends that.
    ///
    /// `known` and `wish`: as ``CertificateArrival`` has them.
    package func waits(
        for holder: CertificateArrival.Holder, known: Certificate.Standing?,
        wish: Certificate.Standing?
    ) -> Bool {
        guard case .onHold = self, holder == .inactive(process: nil) else { return false }
        return (known ?? .valid) == .valid && (wish ?? .valid) == .valid
    }
}
