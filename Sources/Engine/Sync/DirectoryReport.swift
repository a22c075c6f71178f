package import Configuration
package import Ground
internal import Identity
package import Store

/// What a sync did with one directory.
///
/// Every user entry that was read counts once: as created, updated, renamed (its DN changed,
/// whatever else did), unchanged or rejected.
package struct DirectoryReport: Sendable {
    /// Why the directory could not be read, or was stopped.
    package struct Failure: Equatable, Sendable {
        /// A result code of LDAP, or 11 for a limit of ours.
        package let code: Int32
        package let message: String
        package let isLimit: Bool

        /// The exit code that a safety limit ends a sync with.
        static func limit(_ message: String) -> Failure {
            Failure(code: 11, message: message, isLimit: true)
        }
    }

    package let name: String
    package var strategy: SyncStrategy = .full
    /// Everything was read, to its end.
    package var full = false
    package var read = 0
    package var created = 0
    package var updated = 0
    package var renamed = 0
    package var unchanged = 0
    package var missing = 0
    package var disabled = 0
    package var reenabled = 0
    package var locked = 0
    package var deactivated = 0
    package var reactivated = 0
    package var drift = 0
    /// At most `rejectedLimit` of them, in the order of their DNs.
    package var rejected: [RejectedTable.Rejection] = []
    package var roles = RoleChanges.Counts()
    package var error: Failure?

    /// Members of groups that are neither below the users' nor the groups' base, and are ignored.
    package var foreignMembers = 0
    /// Role groups that were read, and that were stored anew.
    package var groups = 0
    package var changedGroups = 0
    /// Rejections come and go: whether this run stored other ones than there were.
    package var rejectionsChanged = false
    /// Something that the operator should know and that is no error.
    package var notes: [String] = []
    /// Whose properties could not be kept, and why: some of them, and how many there were.
    private var leftOut: [String] = []
    private var leftOutCount = 0
    /// State changes that were carried out, or in a dry run would be.
    package var changes = 0
    /// Whom they changed, and who is newly missing.
    package var made: [MadeChange] = []
    /// Why it is this strategy: a sentence.
    package var strategyReason = ""
    /// Something was left for the next run: a signal, or the deadline.
    package var isUnfinished = false
    /// A signal ended the read: nothing is decided by what was read until then.
    package var isCutShort = false
    /// The server lacks writes that were seen before.
    var lagsBehind = false
    /// Users who are gone, and whom a limit kept from being marked so.
    var unmarked: [UserID] = []
    /// Role groups that vanished or became unreadable, more than the limit allows.
    var withheldGroups: [GroupChange] = []
    /// More entries than the limit allows can't be users.
    var hasTooManyRejected = false

    package static let rejectedLimit: Int64 = 10_000
    private static let leftOutLimit = 20

    package init(name: String) {
        self.name = name
    }

    /// Takes over what the births of a first load counted.
    mutating func add(_ births: DirectoryReport) {
        created += births.created
        roles.granted += births.roles.granted
        rejectionsChanged = rejectionsChanged || births.rejectionsChanged
        for note in births.leftOut { noteLeftOut(note) }
        leftOutCount += births.leftOutCount - births.leftOut.count
    }

    /// Somebody's property that could not be kept: of many the first ones are shown.
    mutating func noteLeftOut(_ sentence: String) {
        leftOutCount += 1
        if leftOut.count < Self.leftOutLimit { leftOut.append(sentence) }
    }

    /// Everything that the operator should know and that is no error.
    package var remarks: [String] {
        let more = leftOutCount - leftOut.count
        let rest = more > 0 ? ["and of \(more) more entries something was left out"] : []
        return notes + leftOut + rest
    }

    package var isStopped: Bool { error?.isLimit == true }

    /// A safety limit keeps states from changing: sentences, each once.
    mutating func stop(_ sentences: [String]) {
        let before = isStopped ? error?.message : nil
        let news = sentences.filter { before?.contains($0) != true }
        guard !news.isEmpty else { return }
        error = .limit(([before].compactMap(\.self) + news).joined(separator: " "))
    }

    package var changedAnything: Bool {
        created + updated + renamed + missing + changedGroups + changes > 0 || rejectionsChanged
            || roles != RoleChanges.Counts()
    }

    var kept: RunTable.Part {
        RunTable.Part(
            name: name, strategy: strategy.rawValue, isStopped: isStopped,
            error: error.map { StepError(code: $0.code, message: $0.message) },
            counts: RunTable.Counts(
                created: created, updated: updated, renamed: renamed, missing: missing,
                locked: locked, deactivated: deactivated, drift: drift))
    }

    package var json: JSONValue {
        [
            "name": .string(name), "strategy": .string(strategy.rawValue), "full": .bool(full),
            "read": .int(Int64(read)), "created": .int(Int64(created)),
            "updated": .int(Int64(updated)), "renamed": .int(Int64(renamed)),
            "unchanged": .int(Int64(unchanged)), "missing": .int(Int64(missing)),
            "disabled": .int(Int64(disabled)), "reenabled": .int(Int64(reenabled)),
            "locked": .int(Int64(locked)), "deactivated": .int(Int64(deactivated)),
            "reactivated": .int(Int64(reactivated)), "drift": .int(Int64(drift)),
            "rejected": .array(
                rejected.map { ["dn": .string($0.dn), "why": .string($0.why)] }),
            "changes": .array(made.map(\.json)),
            "roles": ["granted": .int(roles.granted), "withdrawn": .int(roles.withdrawn)],
            "error": error.map {
                ["code": .int(Int64($0.code)), "message": .string($0.message)]
            } ?? .null,
        ]
    }
}
