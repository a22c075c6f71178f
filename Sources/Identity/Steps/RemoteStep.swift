package import Ground
package import LDAP

/// What a step is to bring about outside the store: a wish, of which whoever takes the step makes the
/// requests after a fresh look.
///
/// A step has one file here: its kind, its form in the journal, and what it takes or gives back. How it
/// is taken stands in the engine, in a file of the same name.
package protocol RemoteStep: Hashable, Sendable {
    static var kind: StepKind { get }

    /// The immutable id of the entry or group that it writes; nil where its other side is no directory.
    var entry: EntryID? { get }

    /// What the journal keeps of it, beside the kind and the entry.
    var journal: JSONValue { get }

    /// Reads what the journal has kept.
    init(journal: JSONValue, entry: EntryID?) throws(Unreadable)

    /// Notes in the user's history what the step has taken or given back.
    ///
    /// `prior`: what stood there before its first attempt; nil where nothing was noted.
    func follow(
        _ step: Step, at time: Timestamp, prior: PriorValues?, in history: inout WithdrawalHistory)
}

extension RemoteStep {
    package var kind: StepKind { Self.kind }

    package func follow(
        _ step: Step, at time: Timestamp, prior: PriorValues?, in history: inout WithdrawalHistory
    ) {}

    /// Whether both are the same step, and want the same.
    package func isEqual(to other: any RemoteStep) -> Bool { other as? Self == self }
}

/// A step of the directory.
package protocol DirectoryStep: RemoteStep {
    /// Reads what the journal has kept of a step that writes this entry or group.
    init(journal: JSONValue, of entry: EntryID) throws(Unreadable)
}

extension DirectoryStep {
    package init(journal: JSONValue, entry: EntryID?) throws(Unreadable) {
        guard let entry else { throw Unreadable("names no entry") }
        try self.init(journal: journal, of: entry)
    }
}

extension JSONValue {
    /// Throws unless this is an object with these keys, and no others.
    func requireKeys(_ keys: String...) throws(Unreadable) {
        guard let members = object, members.keys.sorted() == keys.sorted() else {
            throw Unreadable("is no change that such a step makes")
        }
    }

    /// Throws unless this is exactly that value.
    func require(_ value: JSONValue) throws(Unreadable) {
        guard self == value else { throw Unreadable("is no change that such a step makes") }
    }
}
