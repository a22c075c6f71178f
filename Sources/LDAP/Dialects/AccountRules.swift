package import Ground

/// How the accounts of a product are disabled, enabled and read back: pure functions of the entry.
///
/// The same as what `Dialect` offers of them, where each is described.
protocol AccountRules: Sendable {
    var attributes: [AttributeName] { get }
    var computedAttributes: [AttributeName] { get }
    var limitAttributes: [AttributeName] { get }

    func state(of entry: Entry, at now: Timestamp) -> AccountState?
    func disable(_ entry: Entry, at now: Timestamp, hasEndTime: Bool) -> [Modification]?
    func enable(_ own: Entry, prior: Entry, written: [Modification]) -> Enabling?
    func readLimits(of entry: Entry, into limits: inout AccountLimits)
    func lockOut(of entry: Entry, at now: Timestamp) -> LockOut
    var lockOutAttributes: [AttributeName] { get }
    func isCountedDisabled(_ entry: Entry) -> Bool
}

extension AccountRules {
    var computedAttributes: [AttributeName] { [] }
    var limitAttributes: [AttributeName] { [] }

    func enable(_ own: Entry, prior: Entry, written: [Modification]) -> Enabling? {
        Enabling(puttingBack: prior, in: own, written)
    }

    func readLimits(of entry: Entry, into limits: inout AccountLimits) {}

    var lockOutAttributes: [AttributeName] { [] }

    func isCountedDisabled(_ entry: Entry) -> Bool { true }

    func lockOut(of entry: Entry, at now: Timestamp) -> LockOut {
        var limits = AccountLimits()
        readLimits(of: entry, into: &limits)
        guard let what = limits.lockedOut else { return .none }
        guard let end = limits.lockoutEnds else { return .untold(what) }
        return end > now ? .holds(what) : .none
    }
}

extension Dialect {
    /// The attributes that `accountState(of:at:)` reads: ask for them by name, most are operational.
    package var accountAttributes: [AttributeName] { account.attributes }

    /// Those among them that the server may compute, whatever the entry itself has: see `Account`.
    package var computedAttributes: [AttributeName] { account.computedAttributes }

    /// What `limits(of:)` reads, beside `accountAttributes`.
    package var limitAttributes: [AttributeName] { account.limitAttributes }

    /// What `lockOut(of:at:)` reads besides; a server may have to compute it.
    package var lockOutAttributes: [AttributeName] { account.lockOutAttributes }

    /// All that a sync reads of an account.
    package var watchedAttributes: [AttributeName] { accountAttributes + limitAttributes }

    /// What the entry shows of its account at that instant.
    ///
    /// An absent attribute shows as `.enabled` where that is the dialect's way to say so; whether
    /// it is absent or only hidden from this bind DN can't be told from one entry. nil where nothing
    /// can be said: Active Directory without a readable `userAccountControl`, and a custom dialect.
    package func accountState(of entry: Entry, at now: Timestamp) -> AccountState? {
        account.state(of: entry, at: now)
    }

    /// What the entry says of the time in which its account lets somebody in; nil: nothing.
    package func limits(of entry: Entry) -> AccountLimits? {
        var limits = AccountLimits()
        account.readLimits(of: entry, into: &limits)
        return limits.isEmpty ? nil : limits
    }

    /// Whether wrong passwords close the account at that instant, as far as its entry tells.
    package func lockOut(of entry: Entry, at now: Timestamp) -> LockOut {
        account.lockOut(of: entry, at: now)
    }

    /// Whether an entry that shows as disabled shows it by what the server goes by.
    package func isCountedDisabled(_ entry: Entry) -> Bool { account.isCountedDisabled(entry) }

    /// What disables the account that `entry` shows, and nothing that is so already.
    ///
    /// Empty where the entry is disabled in full, and for a custom dialect, whose attributes are
    /// the administrator's. nil where it can't be planned from what was read: Active Directory
    /// without a readable `userAccountControl`, whose other bits have to be kept.
    /// `hasEndTime`: the schema has `pwdEndTime` (OpenLDAP 2.5 and later).
    package func disable(
        _ entry: Entry, at now: Timestamp, hasEndTime: Bool
    ) -> [Modification]? {
        account.disable(entry, at: now, hasEndTime: hasEndTime)
    }

    /// Puts back exactly what stood there before, whatever that means by now.
    ///
    /// `own`: the account's attributes as the entry itself has them.
    /// `prior`: the same as they were read before the account was disabled; without any value where
    /// nothing is known of them: then what such an entry would have been disabled by is taken away.
    /// `written`: the modifications that disabled it, `disable` of `prior`. An attribute that is not
    /// among them was left alone then and is left alone now, one that shows another value too.
    /// nil where it can't be planned, as for `disable(_:at:hasEndTime:)`.
    package func enable(_ own: Entry, prior: Entry, written: [Modification]) -> Enabling? {
        account.enable(own, prior: prior, written: written)
    }
}

/// What gives an account back what stood there before it was disabled.
package struct Enabling: Hashable, Sendable {
    package let modifications: [Modification]
    /// Attributes that somebody has changed since: they are left as they are.
    package let changed: [AttributeName]

    package init(_ modifications: [Modification], changed: [AttributeName] = []) {
        self.modifications = modifications
        self.changed = changed
    }

    /// What puts the former values back where ours still stand.
    ///
    /// `replace` without values deletes, and succeeds where there is nothing to delete; `delete`
    /// would be 16 (slapd 2.5.13). `absent`: what says *enabled* where there was nothing before.
    init(
        puttingBack prior: Entry, in own: Entry, _ written: [Modification],
        absent: [AttributeValue] = []
    ) {
        var modifications: [Modification] = []
        var changed: [AttributeName] = []
        for ours in written {
            let shown = own[ours.attribute]
            let before = prior[ours.attribute].isEmpty ? absent : prior[ours.attribute]
            if Self.isSame(shown, before) { continue }
            if Self.isSame(shown, ours.values) {
                modifications.append(Modification(.replace, ours.attribute, before))
            } else {
                changed.append(ours.attribute)
            }
        }
        self.init(modifications, changed: changed)
    }

    /// Whether these are the same values; a server may answer with an instant or a boolean in another
    /// spelling.
    private static func isSame(_ left: [AttributeValue], _ right: [AttributeValue]) -> Bool {
        if left == right { return true }
        let shown = left.compactMap(\.text)
        let sent = right.compactMap(\.text)
        return left.count == right.count && shown.count == left.count && sent.count == shown.count
            && zip(shown, sent).allSatisfy { shown, sent in
                let time = Timestamp(generalizedTime: shown)
                return shown.asciiLowered == sent.asciiLowered
                    || time != nil && time == Timestamp(generalizedTime: sent)
            }
    }
}

/// Accounts that one boolean attribute disables.
struct AccountFlag: AccountRules {
    let attribute: AttributeName
    /// What disables, as the product's manual spells it.
    let disabled: String
    /// What says *enabled* where nothing stood there before; nil: the attribute's absence does.
    var enabled: String?
    /// Times before and after which nobody gets in (GeneralizedTime).
    var begins: AttributeName?
    var expires: AttributeName?
    /// What says that wrong passwords have closed the account, and until when.
    var lockout: (flag: AttributeName, end: AttributeName)?

    var attributes: [AttributeName] { [attribute] }
    var limitAttributes: [AttributeName] {
        [begins, expires, lockout?.flag, lockout?.end].compactMap(\.self)
    }

    func state(of entry: Entry, at now: Timestamp) -> AccountState? {
        for value in entry[attribute] where value.equalsIgnoringCase("true") {
            return .disabled(because: "\(attribute): \(value.text ?? "true")")
        }
        return .enabled
    }

    func disable(_ entry: Entry, at now: Timestamp, hasEndTime: Bool) -> [Modification]? {
        entry[attribute].contains { $0.equalsIgnoringCase("true") }
            ? [] : [Modification(replacing: attribute, with: disabled)]
    }

    func enable(_ own: Entry, prior: Entry, written: [Modification]) -> Enabling? {
        Enabling(
            puttingBack: prior, in: own, written,
            absent: [enabled].compactMap(\.self).map { AttributeValue($0) })
    }

    func readLimits(of entry: Entry, into limits: inout AccountLimits) {
        func time(_ name: AttributeName?) -> Timestamp? {
            name.flatMap { entry.first($0) }.flatMap { Timestamp(generalizedTime: $0) }
        }
        limits.beginsAt = time(begins)
        limits.expiresAt = time(expires)
        if let lockout, entry[lockout.flag].contains(where: { $0.equalsIgnoringCase("true") }) {
            limits.lockedOut = "\(lockout.flag): TRUE"
            limits.lockoutEnds = time(lockout.end)
        }
    }
}

extension Modification {
    init(replacing name: AttributeName, with text: String) {
        self.init(.replace, name, [AttributeValue(text)])
    }
}
