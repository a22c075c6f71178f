extension Dialect {
    /// What enables the account again, with what stood there before it was disabled.
    ///
    /// `prior`: the account's attributes as they were read before the lock; nil when nothing is
    /// known of them. An attribute that disabled the entry even then keeps its value, so the entry
    /// stays disabled: ask `accountState(of: prior, …)` to say so.
    /// `written`: the modifications that disabled it; an attribute that shows another value now was
    /// changed since by somebody else, and is left alone. Empty: whatever disables is taken away.
    /// `canRead`: false where this bind DN was never seen to read these attributes; what looks absent
    /// is then deleted all the same, in a form that succeeds when it is absent indeed.
    /// nil where it can't be planned, as for `disable(_:at:hasEndTime:)`.
    package func enable(
        _ entry: Entry, prior: Entry?, written: [Modification] = [], at now: Timestamp,
        canRead: Bool = true
    ) -> [Modification]? {
        switch self {
        case .openldap:
            return restore(.pwdAccountLockedTime, entry, prior, written, canRead) {
                Self.isPermanentLock($0)
            }
                + restore(.pwdEndTime, entry, prior, written, canRead) {
                    Timestamp(generalizedTime: $0).map { $0 <= now } ?? false
                }
        case .directoryServer389, .freeIPA:
            return restore(.nsAccountLock, entry, prior, written, canRead, disables: Self.isTrue)
        case .activeDirectory:
            guard let control = UserAccountControl(entry) else { return nil }
            if let before = prior.flatMap(UserAccountControl.init), before.isDisabled { return [] }
            return Self.change(control, to: control.enabled)
        case .eDirectory:
            return setFalse(.loginDisabled, entry, prior, canRead)
        case .openDJ, .pingDirectory:
            return restore(
                .dsPwpAccountDisabled, entry, prior, written, canRead, disables: Self.isTrue)
        case .ibmSDS:
            return setFalse(.ibmPwdAccountLocked, entry, prior, canRead)
        case .custom:
            return []
        }
    }

    private static func isTrue(_ text: String) -> Bool { text.asciiLowered == "true" }

    /// Puts an attribute back that still shows what disables; `replace` without values deletes and
    /// succeeds where there is nothing to delete, `delete` would be 16 (slapd 2.5.13).
    private func restore(
        _ name: AttributeName, _ entry: Entry, _ prior: Entry?, _ written: [Modification],
        _ canRead: Bool, disables: (String) -> Bool
    ) -> [Modification] {
        let current = entry[name]
        let before = prior?[name] ?? []
        if current.isEmpty {
            return canRead || !before.isEmpty ? [] : [Modification(.replace, name, [])]
        }
        guard current.compactMap(\.text).contains(where: disables), current != before,
            !before.compactMap(\.text).contains(where: disables),
            Self.isStillOurs(name, current, written)
        else { return [] }
        return [Modification(.replace, name, before)]
    }

    /// Whether an attribute shows the very values that we wrote; yes where that is not known.
    private static func isStillOurs(
        _ name: AttributeName, _ current: [AttributeValue], _ written: [Modification]
    ) -> Bool {
        guard !written.isEmpty else { return true }
        guard let ours = written.last(where: { $0.attribute == name }) else { return false }
        if ours.values == current { return true }
        // A server may answer with the same instant or boolean in another spelling.
        let left = current.compactMap(\.text)
        let right = ours.values.compactMap(\.text)
        return left.count == right.count
            && zip(left, right).allSatisfy { shown, sent in
                let time = Timestamp(generalizedTime: shown)
                return shown.asciiLowered == sent.asciiLowered
                    || time != nil && time == Timestamp(generalizedTime: sent)
            }
    }

    private func setFalse(
        _ name: AttributeName, _ entry: Entry, _ prior: Entry?, _ canRead: Bool
    ) -> [Modification] {
        guard !(prior?.texts(name) ?? []).contains(where: Self.isTrue) else { return [] }
        let shown = entry.texts(name)
        return shown.contains(where: Self.isTrue) || shown.isEmpty && !canRead
            ? [Self.replace(name, "FALSE")] : []
    }
}
