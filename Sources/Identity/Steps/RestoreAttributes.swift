package import Ground
package import LDAP

/// Attributes that still have the values that were written are to have the former ones.
package struct RestoreAttributes: DirectoryStep {
    package enum What: Hashable, Sendable {
        case attributes([AttributeRestoration])
        /// Those of an account that stays closed all the same.
        case account(FormerAccount)
    }

    package static let kind = StepKind("restoreAttributes", .entry)

    package let entry: EntryID?
    package let what: What

    package init(_ restored: [AttributeRestoration], of entry: EntryID) {
        what = .attributes(restored)
        self.entry = entry
    }

    package init(_ account: FormerAccount, of entry: EntryID) {
        what = .account(account)
        self.entry = entry
    }

    package var journal: JSONValue {
        switch what {
        case .attributes(let restored): ["restore": .array(restored.map(\.json))]
        case .account(let account): account.journal
        }
    }

    package init(journal: JSONValue, of entry: EntryID) throws(Unreadable) {
        guard journal["account"] == nil else {
            self.init(try FormerAccount(journal: journal), of: entry)
            return
        }
        try journal.requireKeys("restore")
        self.init(try journal.elements("restore", AttributeRestoration.init(json:)), of: entry)
    }

    package func follow(
        _ step: Step, at time: Timestamp, prior: PriorValues?, in history: inout WithdrawalHistory
    ) {
        guard step.state == .done else { return }
        switch what {
        case .attributes(let restored): history.gaveBack(restored)
        case .account: history.enabled()
        }
    }
}

extension StepKind {
    package static let restoreAttributes = RestoreAttributes.kind
}
