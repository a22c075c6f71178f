package import Ground
package import Identity
package import Store

/// What was found out of whether somebody may still sign in.
package struct SignInReport {
    /// What holds somebody: a role group, another group, a role of the server's.
    package struct Group: Hashable, Sendable {
        /// A DN, or what the server calls it.
        package let name: String
        /// nil: it gives no role of the configuration.
        package let role: String?
        package let because: String
    }

    package struct SeenCertificate {
        package let content: Certificate.Content
        /// As the store has it; nil: the person's entry alone has it.
        package let state: CertificateState?
        /// The one that was asked; nil: none of the configuration signed it.
        package let authority: String?
        package let sight: SignInRule.Sight
        package let by: CertificateBinding.Witness?

        package var verdict: SignInRule.Verdict {
            SignInRule.verdict(
                on: sight, of: content.serial, state: state, authority: authority)
        }
    }

    package let user: User
    package let at: Timestamp
    package let lock: RecordedLock?
    package let account: SignInRule.Account
    package let policy: SignInRule.Policy
    /// The policy that the entry names as its own; nil: none, or none that may be read.
    package let policyName: String?
    package let hasRoleGroups: Bool
    package let groups: [Group]
    package let certificates: [SeenCertificate]
    /// What can't be judged of the certificates in the entry; nil: nothing.
    package let unjudged: SignInRule.Verdict?

    package var accountVerdict: SignInRule.Verdict {
        SignInRule.verdict(on: account, under: policy, in: user.directory)
    }

    package var verdict: (signIn: SignIn, because: [String]) {
        SignInRule.verdict(
            on: accountVerdict, certificates.map(\.verdict) + [unjudged].compactMap(\.self))
    }

    /// `{user, directory, at, signIn, because, state, lock, account, policy, groups, certificates}`.
    package var json: JSONValue {
        let verdict = verdict
        return [
            "user": user.reference, "directory": user.directory.json,
            "at": .string(at.rfc3339), "signIn": .string(verdict.signIn.rawValue),
            "because": .array(verdict.because.map { .string($0) }),
            "state": .string(user.state.rawValue), "lock": lock?.json ?? .null,
            "account": [
                "state": .string(account.word),
                "because": .array(account.because.map { .string($0) }),
                "signIn": .string(accountVerdict.signIn.rawValue),
            ],
            "policy": [
                "refuses": .string(policy.word), "name": JSONValue(policyName ?? policy.name),
                "provenAt": policy.provenAt.json, "because": JSONValue(policy.because),
            ],
            "groups": .array(groups.map(\.json)),
            "certificates": .array(certificates.map(\.json)),
        ]
    }
}

extension SignInReport.Group {
    fileprivate var json: JSONValue {
        ["group": .string(name), "role": JSONValue(role), "because": .string(because)]
    }
}

extension SignInReport.SeenCertificate {
    fileprivate var json: JSONValue {
        var (reason, since): (RevocationReason?, Timestamp?)
        switch sight {
        case .revoked(let why, let at): (reason, since) = (why, at)
        case .onHold(let at): (reason, since) = (.certificateHold, at)
        case .good, .unknown, .unasked, .unverified, .expired: (reason, since) = (nil, nil)
        }
        return [
            "serial": .string(content.serial), "issuer": .string(content.issuer),
            "subject": .string(content.subject), "notAfter": content.notAfter.json,
            "state": JSONValue(state?.rawValue), "authority": JSONValue(authority),
            "sight": .string(sight.word), "reason": JSONValue(reason?.rawValue),
            "since": since.json, "by": JSONValue(by?.rawValue),
            "signIn": .string(verdict.signIn.rawValue), "because": .string(verdict.because),
        ]
    }
}

extension SignInRule.Account {
    package var word: String {
        switch self {
        case .open: "open"
        case .disabled: "disabled"
        case .hindered, .doubtful: "hindered"
        case .unreadable: "unreadable"
        case .unseen: "unseen"
        }
    }

    package var because: [String] {
        switch self {
        case .open, .unseen: []
        case .disabled(let because), .unreadable(let because), .doubtful(let because): [because]
        case .hindered(let because): because
        }
    }
}

extension SignInRule.Policy {
    fileprivate var name: String? {
        if case .seen(let name) = self { name } else { nil }
    }

    fileprivate var provenAt: Timestamp? {
        if case .proven(let time) = self { time } else { nil }
    }

    fileprivate var because: String? {
        switch self {
        case .proven, .seen: nil
        case .none(let because), .unknown(let because): because
        }
    }
}
