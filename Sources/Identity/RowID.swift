package import Ground

/// The store's own number of something.
///
/// Each thing has a type of its own: a user's number is never taken for a process's.
package protocol RowID: RawRepresentable<Int64>, Hashable, Comparable, Sendable,
    CustomStringConvertible
{
    init(rawValue: Int64)
}

extension RowID {
    package var description: String { String(rawValue) }

    /// In the order in which they were given.
    package static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
}

/// What `id:N` names, and `id` of a user in every document.
package struct UserID: RowID {
    package let rawValue: Int64

    package init(rawValue: Int64) {
        self.rawValue = rawValue
    }
}

/// What `process` names in every document; a request's is that of the process that it is.
package struct ProcessID: RowID {
    package let rawValue: Int64

    package init(rawValue: Int64) {
        self.rawValue = rawValue
    }
}

/// The row of a role group.
package struct GroupID: RowID {
    package let rawValue: Int64

    package init(rawValue: Int64) {
        self.rawValue = rawValue
    }
}

/// The row of a credential.
package struct CredentialID: RowID {
    /// No row's: of a credential that is not stored yet.
    package static let unborn = CredentialID(rawValue: 0)

    package let rawValue: Int64

    package init(rawValue: Int64) {
        self.rawValue = rawValue
    }
}

/// The row of a user's certificate: who shares one has a row of it each.
package struct CertificateID: RowID {
    package let rawValue: Int64

    package init(rawValue: Int64) {
        self.rawValue = rawValue
    }
}

/// What `run` names in every document: one `sync`.
package struct RunID: RowID {
    /// No run's: of a user whom something else than a `sync` has met first.
    package static let noRun = RunID(rawValue: 0)

    package let rawValue: Int64

    package init(rawValue: Int64) {
        self.rawValue = rawValue
    }
}

extension JSONValue {
    /// A number, or null.
    package init(_ id: (some RowID)?) {
        self.init(id?.rawValue)
    }
}
