package import Ground
package import LDAP

/// What an account was before it was disabled, and when that was.
package struct FormerAccount: Hashable, Sendable {
    package let prior: PriorValues
    package let disabledAt: Timestamp

    package init(prior: PriorValues, disabledAt: Timestamp) {
        self.prior = prior
        self.disabledAt = disabledAt
    }

    var journal: JSONValue {
        ["account": "enabled", "prior": prior.json, "disabledAt": .int(disabledAt.seconds)]
    }

    init(journal: JSONValue) throws(Unreadable) {
        try journal.requireKeys("account", "disabledAt", "prior")
        try (journal["account"] ?? .null).require("enabled")
        guard let disabledAt = journal["disabledAt"]?.int else {
            throw Unreadable("has no time “disabledAt”")
        }
        self.init(
            prior: try PriorValues(json: journal["prior"] ?? .null),
            disabledAt: Timestamp(seconds: disabledAt))
    }
}

/// The account is to be what it was before it was disabled.
package struct EnableEntry: DirectoryStep {
    package static let kind = StepKind("enableEntry", .entry)

    package let entry: EntryID?
    package let account: FormerAccount

    package init(_ account: FormerAccount, of entry: EntryID) {
        self.account = account
        self.entry = entry
    }

    package var journal: JSONValue { account.journal }

    package init(journal: JSONValue, of entry: EntryID) throws(Unreadable) {
        self.init(try FormerAccount(journal: journal), of: entry)
    }

    package func follow(
        _ step: Step, at time: Timestamp, prior: PriorValues?, in history: inout WithdrawalHistory
    ) {
        if step.state == .done { history.enabled() }
    }
}

extension StepKind {
    package static let enableEntry = EnableEntry.kind
}
