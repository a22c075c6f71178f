package import Ground
package import LDAP

/// The account is to be disabled.
package struct DisableEntry: DirectoryStep {
    package static let kind = StepKind("disableEntry", .entry)

    package let entry: EntryID?

    package init(_ entry: EntryID) {
        self.entry = entry
    }

    package var journal: JSONValue { ["account": "disabled"] }

    package init(journal: JSONValue, of entry: EntryID) throws(Unreadable) {
        try journal.require(["account": "disabled"])
        self.init(entry)
    }

    package func follow(
        _ step: Step, at time: Timestamp, prior: PriorValues?, in history: inout WithdrawalHistory
    ) {
        history.disabled(prior, at: time)
    }
}

extension StepKind {
    package static let disableEntry = DisableEntry.kind
}
