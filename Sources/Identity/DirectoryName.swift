package import Ground

/// What a directory is called: its key under `directories` in `lockstep.yaml`.
///
/// The configuration makes it, and a row of the store that was written under it. It is compared as it is
/// written, case included: a key of YAML is.
package struct DirectoryName: RawRepresentable<String>, Hashable, Comparable, Sendable,
    CustomStringConvertible
{
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package var description: String { rawValue }

    package static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }

    package var json: JSONValue { .string(rawValue) }

    /// What stands before the name of somebody of this directory: `hq:ada`.
    package func naming(_ username: String) -> String { "\(rawValue):\(username)" }
}
