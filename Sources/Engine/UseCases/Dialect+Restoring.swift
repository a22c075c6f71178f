internal import Identity
internal import LDAP

extension Dialect {
    /// What gives an account back that was disabled at `disabledAt`, and nothing that somebody has
    /// changed since.
    func enable(
        _ entry: Entry, prior: PriorValues, disabledAt: Timestamp, hasEndTime: Bool,
        at now: Timestamp
    ) -> [Modification]? {
        let before = prior.entry(named: entry.dn.text)
        let written = before.flatMap { disable($0, at: disabledAt, hasEndTime: hasEndTime) } ?? []
        return enable(entry, prior: before, written: written, at: now)
    }
}
