internal import LDAP

/// Whether the password policy that is in effect makes the server refuse a locked account.
enum PolicyCheck {
    static func verdicts(_ survey: PolicySurvey) -> [CheckVerdict] {
        switch survey.refusal {
        case .byPolicy: policies(survey)
        case .always(let what): [.ok("the server refuses \(what) under every policy")]
        case .unknown:
            [
                .notProven(
                    "which policy is in effect is not known of this kind of server. A canary shows "
                        + "whether a lock is enforced.")
            ]
        }
    }

    private static func policies(_ survey: PolicySurvey) -> [CheckVerdict] {
        guard survey.hasLockAttribute != false else {
            return [
                .failed(
                    "the schema has no pwdAccountLockedTime: no account can be locked. Load the "
                        + "module ppolicy and set its overlay and a default policy up.")
            ]
        }
        let own = survey.explicit.sorted { $0.key.normalized < $1.key.normalized }
            .map { policy, count in
                verdict(
                    policy, "of \(count) of \(survey.people) people", survey)
            }
        let others = survey.people - survey.explicit.values.reduce(0, +)
        return own + (others > 0 || own.isEmpty ? [standard(survey, others)] : [])
    }

    /// Of those who have no policy of their own.
    private static func standard(_ survey: PolicySurvey, _ count: Int) -> CheckVerdict {
        switch survey.overlay {
        case .unseen:
            .notProven(
                "the bind DN can't see whether the database has the overlay ppolicy and a default "
                    + "policy, without which no lock is enforced. A canary shows it; or let the "
                    + "bind DN read cn=config.")
        case .absent:
            .failed(
                "the database has no overlay ppolicy: a lock is written and not enforced. Set it "
                    + "up with olcPPolicyDefault.")
        case .present(nil):
            .failed(
                "no policy is in effect for \(count) of \(survey.people) people: a lock is written "
                    + "and not enforced. Set olcPPolicyDefault.")
        case .present(let policy?): verdict(policy, "by default", survey)
        }
    }

    private static func verdict(
        _ policy: DN, _ whose: String, _ survey: PolicySurvey
    ) -> CheckVerdict {
        switch survey.lockout[policy] ?? .unseen {
        case .on: .ok("the policy \(whose) is \(policy), with pwdLockout TRUE")
        case .off where survey.hasEndTime:
            .warning(
                "the policy \(whose) is \(policy), without pwdLockout: pwdEndTime alone stops a "
                    + "locked account. Set pwdLockout TRUE.")
        case .off:
            .failed(
                "the policy \(whose) is \(policy), without pwdLockout: a lock is written and not "
                    + "enforced. Set pwdLockout TRUE.")
        case .unseen:
            .notProven(
                "the policy \(whose) is \(policy), which the bind DN can't read. Let it; or a "
                    + "canary shows whether a lock is enforced.")
        }
    }
}
