package import Ground

/// An account as its server counts it, and what of that stands in the entry itself.
///
/// 389 computes some values: an inactivated role, or another class of service, shows an
/// `nsAccountLock: true` that the entry does not have, and hides the one that it has (seen on 2.3.1
/// with `cosAttribute: nsAccountLock operational`). Writing to the entry changes its own value alone.
package struct Account: Hashable, Sendable {
    /// What a search shows.
    package let shown: Entry
    /// The values that a modify would find and replace.
    package let own: Entry
    /// The values that the server computes; none on other servers.
    private let computed: Entry

    /// The entry of a server that computes nothing.
    package init(_ entry: Entry) {
        shown = entry
        own = entry
        computed = Entry(dn: entry.dn, attributes: [])
    }

    /// `own` and `computed`: the same entry, read for `names` as it is stored and as it is computed.
    package init(_ entry: Entry, own: Entry, computed: Entry, of names: [AttributeName]) {
        shown = entry
        self.own = entry.with(names) { own[$0] }
        self.computed = computed
    }

    /// By what the account is closed once its own values are changed; nil: by nothing, or by nothing
    /// that can be told.
    package func closure(
        after modifications: [Modification] = [], dialect: Dialect, at now: Timestamp
    ) -> String? {
        let after = own.applying(modifications)
        guard !computed.attributes.isEmpty else {
            return dialect.accountState(of: after, at: now)?.because
        }
        let entry = after.with(computed.attributes.map(\.name)) { computed[$0] }
        return dialect.accountState(of: entry, at: now)?.because.map { because in
            entry.inactivatedRole.map { "the inactivated role \($0)" }
                ?? "\(because), by a class of service"
        }
    }
}

extension AccountState {
    /// By what it is disabled; nil: it is not.
    package var because: String? {
        if case .disabled(let because) = self { because } else { nil }
    }
}

extension Entry {
    /// The same entry with other values of some attributes.
    package func with(
        _ names: [AttributeName], values: (AttributeName) -> [AttributeValue]
    ) -> Entry {
        names.reduce(self) { $0.setting($1, to: values($1)) }
    }

    /// What a server makes of it.
    package func applying(_ modifications: [Modification]) -> Entry {
        modifications.reduce(self) { entry, modification in
            entry.with([modification.attribute]) { name in
                switch modification.kind {
                case .add: entry[name] + modification.values
                case .delete:
                    modification.values.isEmpty
                        ? [] : entry[name].filter { !modification.values.contains($0) }
                case .replace: modification.values
                }
            }
        }
    }
}
