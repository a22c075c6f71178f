internal import LDAP

/// Whether the password policy that is in effect makes the server refuse a locked account.
enum PolicyCheck {
    /// `proven`: the policy of the canary that was just refused, normalised; empty: it has none of its own,
    /// nil: none was refused.
    static func verdicts(_ survey: PolicySurvey, proven: String? = nil) -> [CheckVerdict] {
        switch survey.refusal {
        case .byPolicy: policies(survey, proven)
        case .always(let what):
            [.ok("the server refuses \(what) under every policy").showing(.byPolicy)]
        case .unknown where proven != nil:
            [.ok("the server refuses the canary while it is locked").showing(.proven)]
        case .unknown:
            [
                .notProven(
                    "which policy is in effect is not known of this kind of server. A canary shows "
                        + "whether a lock is enforced."
                ).showing(.unseen)
            ]
        }
    }

    private static func policies(_ survey: PolicySurvey, _ proven: String?) -> [CheckVerdict] {
        guard survey.hasLockAttribute != false else {
            return [
                .failed(
                    "the schema has no pwdAccountLockedTime: no account can be locked. Load the "
                        + "module ppolicy and set its overlay and a default policy up."
                ).showing(.refuted)
            ]
        }
        // Without the overlay no policy counts, whoever is held to it.
        guard survey.overlay != .absent else { return [withoutOverlay] }
        let own = survey.explicit.sorted { $0.key.normalized < $1.key.normalized }
            .map { policy, count in
                verdict(
                    policy, "of \(count) of \(survey.people) people", survey,
                    isProven: proven == policy.normalized)
            }
        let others = survey.people - survey.hidden - survey.explicit.values.reduce(0, +)
        let isProven = proven?.isEmpty == true
        let hidden = survey.hidden > 0 ? [hidden(survey)] : []
        let standard =
            others > 0 || own.isEmpty && hidden.isEmpty
            ? [standard(survey, others, isProven: isProven)] : []
        return own + standard + hidden
    }

    private static var withoutOverlay: CheckVerdict {
        .failed(
            "the database has no overlay ppolicy: a lock is written and not enforced. Set it up with "
                + "olcPPolicyDefault."
        ).showing(.refuted)
    }

    private static func hidden(_ survey: PolicySurvey) -> CheckVerdict {
        .notProven(
            "which policy \(survey.hidden) of \(survey.people) people are held to is hidden from the bind "
                + "DN. Let it search by \(PolicySurvey.subentry) and read it."
        ).showing(.unseen)
    }

    /// Judges the policy of those who have none of their own.
    private static func standard(
        _ survey: PolicySurvey, _ count: Int, isProven: Bool
    ) -> CheckVerdict {
        switch survey.overlay {
        case .unseen where isProven:
            .ok("the policy by default refuses the canary while it is locked").showing(.proven)
        case .unseen:
            .notProven(
                "the bind DN can't see whether the database has the overlay ppolicy and a default "
                    + "policy, without which no lock is enforced. A canary shows it; or let the "
                    + "bind DN read cn=config."
            ).showing(.unseen)
        case .absent: withoutOverlay
        case .present(.hidden) where isProven:
            .ok("the policy by default refuses the canary while it is locked").showing(.proven)
        case .present(.hidden):
            .notProven(
                "the database has the overlay ppolicy, and which policy it takes by default is "
                    + "hidden from the bind DN. Let it search by olcPPolicyDefault and read it; or a "
                    + "canary shows whether a lock is enforced."
            ).showing(.unseen)
        case .present(.none):
            .failed(
                "no policy is in effect for \(count) of \(survey.people) people: a lock is written "
                    + "and not enforced. Set olcPPolicyDefault."
            ).showing(.refuted)
        case .present(.named(let policy)): verdict(policy, "by default", survey, isProven: isProven)
        }
    }

    private static func verdict(
        _ policy: DN, _ whose: String, _ survey: PolicySurvey, isProven: Bool
    ) -> CheckVerdict {
        switch survey.lockout[policy] ?? .unseen {
        case .on:
            .ok("the policy \(whose) is \(policy), with pwdLockout TRUE").showing(.byPolicy)
        case .off where survey.hasEndTime:
            .warning(
                "the policy \(whose) is \(policy), without pwdLockout: pwdEndTime alone stops a "
                    + "locked account. Set pwdLockout TRUE."
            ).showing(.byPolicy)
        case .off:
            .failed(
                "the policy \(whose) is \(policy), without pwdLockout: a lock is written and not "
                    + "enforced. Set pwdLockout TRUE."
            ).showing(.refuted)
        case .unseen where isProven:
            .ok("the policy \(whose) is \(policy), which refuses the canary while it is locked")
                .showing(.proven)
        case .unseen:
            .notProven(
                "the policy \(whose) is \(policy), which the bind DN can't read. Let it; or a "
                    + "canary shows whether a lock is enforced."
            ).showing(.unseen)
        }
    }
}
