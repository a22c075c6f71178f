package import Ground

/// Whether somebody may still sign in.
package enum SignIn: String, Hashable, Sendable, CaseIterable {
    case yes
    case no
    /// Nobody has proven either.
    case unproven
}

/// Whether somebody may still sign in, by what was seen of their account and their certificates.
///
/// Every way in counts: *no* is said only where each of them is seen to be closed.
package enum SignInRule {
    /// What the directory shows of an account.
    package enum Account: Hashable, Sendable {
        /// Nothing closes it, and what would is seen to be absent.
        case open
        case disabled(because: String)
        /// It is not disabled; each says what *the account* does or is.
        case hindered([String])
        /// Something that may have ended by itself, or that may have no effect, closed it: what *the account*
        /// was or is.
        case doubtful(because: String)
        /// Nothing is seen to close it, and what would may be hidden.
        case unreadable(because: String)
        /// The entry itself can't be seen.
        case unseen
    }

    /// Whether the server refuses an account that is closed.
    package enum Policy: Hashable, Sendable {
        /// The canary was refused under the same policy.
        case proven(at: Timestamp)
        /// A policy in effect was seen that refuses it: the policy's DN, or the kind of server.
        case seen(String)
        /// None is in effect that does.
        case none(because: String)
        case unknown(because: String)

        package var word: String {
            switch self {
            case .proven: "proven"
            case .seen: "seen"
            case .none: "none"
            case .unknown: "unknown"
            }
        }
    }

    /// What became of one certificate, as its authority has it now.
    package enum Sight: Hashable, Sendable {
        case good
        case revoked(RevocationReason, at: Timestamp)
        case onHold(since: Timestamp)
        /// The authority has no such certificate.
        case unknown
        /// Nobody could be asked, and why.
        case unasked(because: String)
        /// It names an authority, and the key that the configuration has of that one did not sign it: it is
        /// forged, or the CA has another key by now.
        case unverified
        case expired

        package var word: String {
            switch self {
            case .good: "good"
            case .revoked: "revoked"
            case .onHold: "onHold"
            case .unknown: "unknown"
            case .unasked: "unasked"
            case .unverified: "unverified"
            case .expired: "expired"
            }
        }
    }

    package struct Verdict: Hashable, Sendable {
        package let signIn: SignIn
        package let because: String

        package init(signIn: SignIn, because: String) {
            self.signIn = signIn
            self.because = because
        }
    }

    package static func verdict(
        on account: Account, under policy: Policy, in directory: DirectoryName
    ) -> Verdict {
        switch account {
        case .open: Verdict(signIn: .yes, because: "the account is open in \(directory)")
        case .unseen:
            Verdict(
                signIn: .unproven,
                because: "the entry can't be seen in \(directory): it is deleted or hidden")
        case .unreadable(let because): Verdict(signIn: .unproven, because: because)
        case .doubtful(let because):
            Verdict(signIn: .unproven, because: "the account \(because)")
        case .disabled(let because):
            closed("the account is disabled (\(because))", policy, isDisabled: true)
        case .hindered(let because):
            closed("the account " + because.joined(separator: ", and "), policy, isDisabled: false)
        }
    }

    private static func closed(
        _ what: String, _ policy: Policy, isDisabled: Bool
    ) -> Verdict {
        switch policy {
        case .proven(let time):
            Verdict(
                signIn: .no,
                because: "\(what), and the canary was refused under the same policy at "
                    + time.rfc3339)
        case .seen(let name):
            Verdict(signIn: .no, because: "\(what), and \(name) refuses such an account")
        case .none(let because):
            // Which policy a time is held against without pwdLockout was not measured.
            Verdict(
                signIn: isDisabled ? .yes : .unproven,
                because: "\(what), and nothing refuses it: \(because)")
        case .unknown(let because):
            Verdict(signIn: .unproven, because: "\(what); nobody has seen that refused: \(because)")
        }
    }

    /// `state`: as the store has it; nil: the store does not know it, the person's entry alone has it.
    package static func verdict(
        on sight: Sight, of serial: String, state: CertificateState?, authority: String?
    ) -> Verdict {
        let name = "the certificate \(serial)"
        switch sight {
        case .good:
            return Verdict(
                signIn: .yes, because: "\(name) is good, as \(authority ?? "its CA") has it now")
        case .revoked(let reason, let time):
            return Verdict(
                signIn: .no, because: "\(name) is revoked (\(reason.rawValue), \(time.rfc3339))")
        case .onHold(let time):
            return Verdict(signIn: .no, because: "\(name) is on hold since \(time.rfc3339)")
        case .unverified:
            return Verdict(
                signIn: .unproven,
                because: "\(name) names \(authority ?? "a CA") as its issuer, and the key that the "
                    + "configuration has of it did not sign it: the certificate is forged, or the CA "
                    + "has another key by now")
        case .expired: return Verdict(signIn: .no, because: "\(name) has expired")
        case .unknown:
            return Verdict(
                signIn: .unproven, because: "\(authority ?? "its CA") does not know \(name)")
        case .unasked(let because):
            return unasked(name, because, state)
        }
    }

    private static func unasked(
        _ name: String, _ because: String, _ state: CertificateState?
    ) -> Verdict {
        switch state {
        case nil:
            Verdict(
                signIn: .unproven,
                because: "\(name) stands in the entry alone, and Lockstep's records don't have it; "
                    + because)
        case .valid:
            Verdict(signIn: .yes, because: "\(name) was revoked by nobody; \(because)")
        case .onHold:
            Verdict(
                signIn: .unproven,
                because: "\(name) is on hold in Lockstep's records alone; \(because)")
        case .revoked:
            Verdict(
                signIn: .unproven,
                because: "\(name) is revoked in Lockstep's records alone; \(because)")
        case .expired: Verdict(signIn: .no, because: "\(name) has expired")
        }
    }

    /// What can't be judged of the certificates in the person's own entry; nil: nothing.
    ///
    /// `unreadable`: values that are no X.509 certificate. `isHidden`: the entry shows none, and whether it
    /// has any can't be found out.
    package static func verdict(onUnreadable unreadable: Int, isHidden: Bool) -> Verdict? {
        if unreadable > 0 {
            return Verdict(
                signIn: .unproven,
                because: unreadable == 1
                    ? "a certificate in the entry can't be read"
                    : "\(unreadable) certificates in the entry can't be read")
        }
        return isHidden
            ? Verdict(
                signIn: .unproven,
                because: "whether the entry has certificates is hidden from the bind DN") : nil
    }

    /// The answer to all of it; what decided stands first.
    package static func verdict(
        on account: Verdict, _ certificates: [Verdict]
    ) -> (signIn: SignIn, because: [String]) {
        let all = [account] + certificates
        let signIn: SignIn =
            if all.contains(where: { $0.signIn == .yes }) {
                .yes
            } else if all.contains(where: { $0.signIn == .unproven }) {
                .unproven
            } else {
                .no
            }
        let deciding = all.filter { $0.signIn == signIn }
        let others = all.filter { $0.signIn != signIn }
        return (signIn, (deciding + others).map(\.because))
    }
}
