package import Ground

extension Dialect {
    /// What disables the account that `entry` shows, and nothing that is so already.
    ///
    /// Empty where the entry is disabled in full, and for a custom dialect, whose attributes are
    /// the administrator's. nil where it can't be planned from what was read: Active Directory
    /// without a readable `userAccountControl`, whose other bits have to be kept.
    /// `hasEndTime`: the schema has `pwdEndTime` (OpenLDAP 2.5 and later).
    package func disable(
        _ entry: Entry, at now: Timestamp, hasEndTime: Bool
    ) -> [Modification]? {
        switch self {
        case .openldap:
            return Self.lockOpenldap(entry, at: now, hasEndTime: hasEndTime)
        case .directoryServer389, .freeIPA:
            // Never add: two values together still bind (389 2.3.1).
            let locks = entry[.nsAccountLock]
            return locks.count == 1 && locks[0].equalsIgnoringCase("true")
                ? [] : [Self.replace(.nsAccountLock, "true")]
        case .activeDirectory:
            guard let control = UserAccountControl(entry) else { return nil }
            return Self.change(control, to: control.disabled)
        case .eDirectory:
            return Self.setTrue(.loginDisabled, "TRUE", entry)
        case .openDJ, .pingDirectory:
            return Self.setTrue(.dsPwpAccountDisabled, "true", entry)
        case .ibmSDS:
            return Self.setTrue(.ibmPwdAccountLocked, "TRUE", entry)
        case .custom:
            return []
        }
    }

    /// Both attributes: a password reset by an administrator clears the lock but not the end, and
    /// under `pwdLockout FALSE` only the end stops a bind (slapd 2.5.13).
    private static func lockOpenldap(
        _ entry: Entry, at now: Timestamp, hasEndTime: Bool
    ) -> [Modification] {
        var modifications: [Modification] = []
        if !entry.texts(.pwdAccountLockedTime).contains(where: isPermanentLock) {
            modifications.append(replace(.pwdAccountLockedTime, "000001010000Z"))
        }
        let hasEnded = entry.texts(.pwdEndTime).contains {
            Timestamp(generalizedTime: $0).map { $0 <= now } ?? false
        }
        if hasEndTime, !hasEnded {
            // A day back, so that a server whose clock is behind ours takes it for past, too.
            let end = now.advanced(by: -86_400).generalizedTime
            modifications.append(replace(.pwdEndTime, end))
        }
        return modifications
    }

    static func isPermanentLock(_ text: String) -> Bool {
        Timestamp(generalizedTime: text) == permanentLock
    }

    private static func setTrue(
        _ name: AttributeName, _ spelling: String, _ entry: Entry
    ) -> [Modification] {
        entry[name].contains { $0.equalsIgnoringCase("true") } ? [] : [replace(name, spelling)]
    }

    /// Deletes the old value by name, so that a server that checks (Samba does not always) refuses
    /// with 16 when somebody changed another bit meanwhile; read back all the same.
    static func change(
        _ old: UserAccountControl, to new: UserAccountControl
    ) -> [Modification] {
        guard old != new else { return [] }
        return [
            Modification(.delete, .userAccountControl, [old.value]),
            Modification(.add, .userAccountControl, [new.value]),
        ]
    }

    static func replace(_ name: AttributeName, _ text: String) -> Modification {
        Modification(.replace, name, [AttributeValue(text)])
    }
}
