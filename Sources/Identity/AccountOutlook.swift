package import Ground
package import LDAP

/// What becomes of an account that is given back what stood there before it was disabled, and what
/// that means by now.
package struct AccountOutlook: Hashable, Sendable {
    package let enabling: Enabling
    /// By what the account is closed afterwards; nil: by nothing that can be told.
    package let closure: String?
    /// What is left as it is, and why.
    package let kept: [String]
    /// Why the account lets nobody in afterwards.
    package let remaining: [String]

    /// nil where it can't be planned from what was read.
    ///
    /// `prior`: what stood there before; empty where nothing is known of that.
    package init?(
        _ account: Account, prior: PriorValues, disabledAt: Timestamp, dialect: Dialect,
        at now: Timestamp
    ) {
        let before = prior.entry(of: account.own.dn)
        // Where the schema has no pwdEndTime, none is there to be given back.
        let written = dialect.disable(before, at: disabledAt, hasEndTime: true) ?? []
        guard let enabling = dialect.enable(account.own, prior: before, written: written) else {
            return nil
        }
        self.enabling = enabling
        let after = account.own.applying(enabling.modifications)
        closure = account.closure(
            after: enabling.modifications, dialect: dialect, at: now)
        var kept = enabling.changed.map { "\($0): somebody has changed it since" }
        var remaining: [String] = []
        if let closure {
            if let disabledBefore = dialect.accountState(of: before, at: disabledAt)?.because {
                kept.append("was disabled before (\(disabledBefore)) and stays so")
                remaining.append("was disabled before the lock and stays so (\(closure))")
            } else if let end = dialect.limits(of: after)?.disabledFrom, end > disabledAt {
                remaining.append(
                    "the end date of \(end.rfc3339) has passed since: the account stays closed")
            } else {
                remaining.append(Self.stays(closure))
            }
        }
        let limits = dialect.limits(of: after)
        let what =
            limits?.isOnlyPerhapsHindered(at: now) == true
            ? "it may still let nobody in" : "it still lets nobody in"
        for hindrance in limits?.hindrances(at: now) ?? [] {
            let sentence = "the account \(hindrance): enabled, \(what)"
            kept.append(sentence)
            remaining.append(sentence)
        }
        self.kept = kept
        self.remaining = remaining
    }

    /// The account is closed by something that is no part of what is undone.
    package static func stays(_ because: String) -> String {
        "stays disabled (\(because)): not by what is undone here"
    }
}

extension PriorValues {
    /// The values as an entry shows them.
    package func entry(of dn: DN) -> Entry {
        Entry(
            dn: dn,
            attributes: attributes.map {
                Entry.Attribute(name: $0.attribute, values: $0.values)
            })
    }
}
