package import Ground
package import LDAP

/// What the other steps of the directory brought about is to be read back.
package struct Verify: DirectoryStep {
    package static let kind = StepKind("verify", .readBack)

    package let entry: EntryID?

    package init(_ entry: EntryID) {
        self.entry = entry
    }

    package var journal: JSONValue { ["read": "back"] }

    package init(journal: JSONValue, of entry: EntryID) throws(Unreadable) {
        try journal.require(["read": "back"])
        self.init(entry)
    }
}

extension StepKind {
    package static let verify = Verify.kind
}
