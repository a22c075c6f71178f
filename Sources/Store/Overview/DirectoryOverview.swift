package import Ground

/// A directory that the store knows, and how many users it has in which state.
package struct DirectoryOverview: Hashable, Sendable {
    /// The key in `lockstep.yaml`, where it is still there.
    package let name: String
    package let active: Int64
    package let inactive: Int64
    package let locked: Int64
    /// Of all of them: those whose entry is missing.
    package let missing: Int64
    /// When it was last read to its end; nil: not yet.
    package let readAt: Timestamp?
}
