internal import Configuration
internal import LDAP

/// Whether the bases and the filter of `users` find people, all of them, and nobody else.
enum UsersCheck {
    /// `written`: what a lock may write to an entry.
    static func verdicts(
        _ survey: UsersSurvey, _ users: UsersSettings, written: [AttributeName]
    ) -> [CheckVerdict] {
        let failures = survey.failures.map { CheckVerdict.failed($0.sentence) }
        guard failures.isEmpty else { return failures }
        let place = "below " + users.bases.map(\.text).joined(separator: " and ")
        let filter = users.filter.description
        guard survey.count > 0 else {
            return [
                .failed(
                    "users.filter \(filter) matches nothing \(place). Correct users.filter or "
                        + "users.base, or let the bind DN read there.")
            ]
        }
        var verdicts: [CheckVerdict] = []
        if let example = survey.firstNameless {
            verdicts.append(
                .failed(
                    survey.nameless.of(survey.count, "entries", "shows", "show")
                        + " no id, such as \(example). "
                        + "Let the bind DN read it: nobody can be told apart without it."))
        }
        if let (dn, why) = survey.firstRejected {
            let isAll = survey.rejected == survey.count
            let message =
                "users.filter \(filter) matches too much: "
                + survey.rejected.of(
                    survey.count, "entries", "can't be a user", "can't be users")
                + ", such as \(dn) (\(why)). "
            verdicts.append(
                isAll
                    ? .failed(message + "Correct users.map.username, or users.filter.")
                    : .warning(message + "Narrow users.filter, or correct users.map.username."))
        }
        for account in survey.accounts {
            verdicts.append(
                .warning(
                    "users.filter \(filter) matches too much: \(account) is an account of "
                        + "Lockstep's own. Narrow users.filter or users.base."))
        }
        if let example = survey.strangers.first {
            verdicts.append(
                .warning(
                    "users.filter \(filter) matches too much: \(survey.countedStrangers) "
                        + "\(survey.strangers.count == 1 ? "account that is" : "accounts that are") "
                        + "no person's, such as \(example). Narrow users.filter or users.base, or "
                        + "name them under protect."))
        }
        verdicts += written.filter { users.filter.looks(at: [$0]) }.map { name in
            .warning(
                "users.filter \(filter) names \(name), which a lock writes: whoever is locked or "
                    + "deactivated falls out of it, and looks missing. Take \(name) out of the filter."
            )
        }
        return verdicts.isEmpty
            ? [.ok("users that \(filter) finds \(place): \(survey.count)")] : verdicts
    }
}
