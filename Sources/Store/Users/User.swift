package import Ground
package import Identity

/// A row of `users`: a person as the last sync saw her entry, and her state.
package struct User: Sendable {
    package let id: Int64
    /// The directory's key in `lockstep.yaml`.
    package let directory: String
    package let record: UserRecord
    package let state: UserState
    /// The process that put the user into the state; nil: born so.
    package let stateProcess: Int64?
    /// nil: the entry is present.
    package let missingSince: Timestamp?
    /// Raised by each process.
    package let revision: Int64
}
