internal import Ground

/// What gives an account back what stood there before it was disabled.
package struct Enabling: Hashable, Sendable {
    package let modifications: [Modification]
    /// Attributes that somebody has changed since: they are left as they are.
    package let changed: [AttributeName]

    package init(_ modifications: [Modification], changed: [AttributeName] = []) {
        self.modifications = modifications
        self.changed = changed
    }
}

extension Dialect {
    /// Puts back exactly what stood there before, whatever that means by now.
    ///
    /// `own`: the account's attributes as the entry itself has them.
    /// `prior`: the same as they were read before the account was disabled; without any value where
    /// nothing is known of them: then what such an entry would have been disabled by is taken away.
    /// `written`: the modifications that disabled it, `disable` of `prior`. An attribute that is not
    /// among them was left alone then and is left alone now, one that shows another value too.
    /// nil where it can't be planned, as for `disable(_:at:hasEndTime:)`.
    package func enable(_ own: Entry, prior: Entry, written: [Modification]) -> Enabling? {
        switch self {
        case .openldap, .directoryServer389, .freeIPA, .openDJ, .pingDirectory:
            return Self.putBack(own, prior, written, absent: [])
        case .eDirectory, .ibmSDS:
            return Self.putBack(own, prior, written, absent: [AttributeValue("FALSE")])
        case .activeDirectory:
            guard let control = UserAccountControl(own) else { return nil }
            let wasDisabled = UserAccountControl(prior)?.isDisabled ?? false
            return Enabling(wasDisabled ? [] : Self.change(control, to: control.enabled))
        case .custom:
            return Enabling([])
        }
    }

    /// What puts the former values back where ours still stand.
    ///
    /// `replace` without values deletes, and succeeds where there is nothing to delete; `delete`
    /// would be 16 (slapd 2.5.13). `absent`: what says *enabled* where there was nothing before.
    private static func putBack(
        _ own: Entry, _ prior: Entry, _ written: [Modification], absent: [AttributeValue]
    ) -> Enabling {
        var modifications: [Modification] = []
        var changed: [AttributeName] = []
        for ours in written {
            let shown = own[ours.attribute]
            let before = prior[ours.attribute].isEmpty ? absent : prior[ours.attribute]
            if isSame(shown, before) { continue }
            if isSame(shown, ours.values) {
                modifications.append(Modification(.replace, ours.attribute, before))
            } else {
                changed.append(ours.attribute)
            }
        }
        return Enabling(modifications, changed: changed)
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
