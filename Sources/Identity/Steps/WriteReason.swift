package import Ground
package import LDAP

/// The attributes are to have exactly these values; none: the attribute is to be gone.
package struct WriteReason: DirectoryStep {
    package static let kind = StepKind("writeReason", .entry)

    package let entry: EntryID?
    package let writes: [AttributeWrite]

    package init(_ writes: [AttributeWrite], to entry: EntryID) {
        self.writes = writes
        self.entry = entry
    }

    package var journal: JSONValue { ["write": .array(writes.map(\.json))] }

    package init(journal: JSONValue, of entry: EntryID) throws(Unreadable) {
        try journal.requireKeys("write")
        self.init(try journal.elements("write", AttributeWrite.init(json:)), to: entry)
    }

    package func follow(
        _ step: Step, at time: Timestamp, prior: PriorValues?, in history: inout WithdrawalHistory
    ) {
        history.wrote(writes, prior: prior)
    }
}

extension StepKind {
    package static let writeReason = WriteReason.kind
}
