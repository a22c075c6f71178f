internal import Configuration
internal import LDAP

/// Whether the bases and the filter of `users` find people, all of them, and nobody else.
struct UsersCheck {
    private let survey: UsersSurvey
    private let users: UsersSettings

    /// `written`: what a lock may write to an entry.
    static func verdicts(
        _ survey: UsersSurvey, _ users: UsersSettings, written: [AttributeName]
    ) -> [CheckVerdict] {
        let failures = survey.failures.map { CheckVerdict.failed($0.sentence) }
        guard failures.isEmpty else { return failures }
        let check = UsersCheck(survey: survey, users: users)
        guard survey.count > 0 else { return [check.nobody] }
        let verdicts =
            [check.nameless, check.rejected].compactMap(\.self) + check.impersonal
            + check.leaving(written)
        return verdicts.isEmpty
            ? [.ok("users that \(check.filter) finds \(check.place): \(survey.count)")] : verdicts
    }

    private var filter: String { users.filter.description }

    private var place: String { "below " + users.bases.map(\.text).joined(separator: " and ") }

    private var tooMuch: String { "users.filter \(filter) matches too much: " }

    private var nobody: CheckVerdict {
        .failed(
            "users.filter \(filter) matches nothing \(place). Correct users.filter or "
                + "users.base, or let the bind DN read there.")
    }

    /// Entries without an id that can be read.
    private var nameless: CheckVerdict? {
        survey.firstNameless.map { example in
            .failed(
                survey.nameless.of(survey.count, "entries", "shows", "show")
                    + " no id, such as \(example). "
                    + "Let the bind DN read it: nobody can be told apart without it.")
        }
    }

    /// Entries that can't be users.
    private var rejected: CheckVerdict? {
        guard let (dn, why) = survey.firstRejected else { return nil }
        let message =
            tooMuch
            + survey.rejected.of(survey.count, "entries", "can't be a user", "can't be users")
            + ", such as \(dn) (\(why)). "
        return survey.rejected == survey.count
            ? .failed(message + "Correct users.map.username, or users.filter.")
            : .warning(message + "Narrow users.filter, or correct users.map.username.")
    }

    /// Accounts of no person: Lockstep's own, the server's and computers'.
    private var impersonal: [CheckVerdict] {
        var verdicts = survey.accounts.map { account in
            CheckVerdict.warning(
                "\(tooMuch)\(account) is an account of Lockstep's own. Narrow users.filter or "
                    + "users.base.")
        }
        if let example = survey.strangers.first {
            verdicts.append(
                .warning(
                    "\(tooMuch)\(survey.countedStrangers) "
                        + "\(survey.strangers.count == 1 ? "account that is" : "accounts that are") "
                        + "no person's, such as \(example). Narrow users.filter or users.base, or "
                        + "name them under protect."))
        }
        return verdicts
    }

    /// By these attributes whoever is locked leaves the filter.
    private func leaving(_ written: [AttributeName]) -> [CheckVerdict] {
        written.filter { users.filter.looks(at: [$0]) }.map { name in
            .warning(
                "users.filter \(filter) names \(name), which a lock writes: whoever is locked or "
                    + "deactivated falls out of it, and looks missing. Take \(name) out of the filter."
            )
        }
    }
}
