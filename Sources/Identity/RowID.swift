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

extension JSONValue {
    /// A number, or null.
    package init(_ id: (some RowID)?) {
        self.init(id?.rawValue)
    }
}
