internal import Configuration
internal import Identity
package import Store

/// What a pass counted in one directory, and what it has to say of it: passes add up to a report.
///
/// Every user entry that was read counts once: as created, updated, renamed (its DN changed,
/// whatever else did), unchanged or rejected.
package struct DirectoryCounts: Sendable {
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
    package var roles = RoleChanges.Counts()

    /// Members of groups that are neither below the users' nor the groups' base, and are ignored.
    package var foreignMembers = 0
    /// Role groups that were read, and that were stored anew.
    package var groups = 0
    package var changedGroups = 0
    /// Rejections come and go: whether other ones were stored than there were.
    package var rejectionsChanged = false
    /// State changes that were carried out, or in a dry run would be.
    package var changes = 0
    /// Whom they changed, and who is newly missing.
    package var made: [MadeChange] = []

    /// Something that the operator should know and that is no error.
    package var notes: [String] = []
    /// Whose properties could not be kept, and why: some of them, and how many there were.
    private var leftOut: [String] = []
    private var leftOutCount = 0
    /// Something was left for the next run: a signal, or the deadline.
    package var isUnfinished = false
    /// More entries than the limit allows can't be users.
    var hasTooManyRejected = false
    /// Users who are gone, and whom a limit kept from being marked so.
    var unmarked: [UserID] = []
    /// Role groups that vanished or became unreadable, more than the limit allows.
    var withheldGroups: [GroupChange] = []
    /// Safety limits that keep states from changing: sentences.
    var limits: [String] = []

    private static let leftOutLimit = 20

    static func += (sum: inout DirectoryCounts, part: DirectoryCounts) {
        sum.addFigures(of: part)
        sum.rejectionsChanged = sum.rejectionsChanged || part.rejectionsChanged
        sum.isUnfinished = sum.isUnfinished || part.isUnfinished
        sum.hasTooManyRejected = sum.hasTooManyRejected || part.hasTooManyRejected
        sum.made += part.made
        sum.notes += part.notes
        for sentence in part.leftOut { sum.noteLeftOut(sentence) }
        sum.leftOutCount += part.leftOutCount - part.leftOut.count
        sum.unmarked += part.unmarked
        sum.withheldGroups += part.withheldGroups
        sum.limits += part.limits
    }

    private mutating func addFigures(of part: DirectoryCounts) {
        read += part.read
        created += part.created
        updated += part.updated
        renamed += part.renamed
        unchanged += part.unchanged
        missing += part.missing
        disabled += part.disabled
        reenabled += part.reenabled
        locked += part.locked
        deactivated += part.deactivated
        reactivated += part.reactivated
        drift += part.drift
        roles.granted += part.roles.granted
        roles.withdrawn += part.roles.withdrawn
        foreignMembers += part.foreignMembers
        groups += part.groups
        changedGroups += part.changedGroups
        changes += part.changes
    }

    /// Somebody's property that could not be kept: of many the first ones are shown.
    mutating func noteLeftOut(_ sentence: String) {
        leftOutCount += 1
        if leftOut.count < Self.leftOutLimit { leftOut.append(sentence) }
    }

    /// Everything that the operator should know and that is no error.
    package var remarks: [String] {
        let more = leftOutCount - leftOut.count
        let rest =
            more > 0
            ? ["and of \(more) more \(more == 1 ? "entry" : "entries") something was left out"] : []
        return notes + leftOut + rest
    }

    /// What stays of a read that begins again on another server: what was stored, and what was said of it.
    ///
    /// The entries are read once more, and what speaks against changing anything is found once more.
    var stored: DirectoryCounts {
        var stored = self
        stored.read = 0
        stored.unchanged = 0
        stored.groups = 0
        stored.foreignMembers = 0
        stored.unmarked = []
        stored.withheldGroups = []
        stored.limits = []
        return stored
    }

    package var changedAnything: Bool {
        created + updated + renamed + missing + changedGroups + changes > 0 || rejectionsChanged
            || roles != RoleChanges.Counts()
    }
}
