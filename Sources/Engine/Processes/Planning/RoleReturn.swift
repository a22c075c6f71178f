internal import Identity
internal import LDAP
internal import Store

/// Roles that are given back later than the rest: what the end of a lock or a deactivation left withdrawn.
struct RoleReturn {
    private let drawing: Drawing
    private let withheld: WithheldRoles?

    /// Of `process`, or of the newest that has any; refused where the one that was named has taken nothing
    /// that is still withdrawn.
    init(_ drawing: Drawing, of process: ProcessID?, in store: Store) throws {
        self.drawing = drawing
        let all = try store.withheldRoles(from: drawing.user)
        guard let process else {
            withheld = all.first
            return
        }
        guard let found = all.first(where: { $0.process == process }) else {
            let others = all.map { $0.process.description }.joined(separator: ", ")
            throw Refusal(
                .refused,
                "process \(process) has taken no role from \(drawing.user.record.username) that is "
                    + "still withdrawn",
                hint: others.isEmpty
                    ? "No process of the user has." : "Those that have: \(others).")
        }
        withheld = found
    }

    /// The process whose roles are given back; nil where no roles are withdrawn.
    var process: ProcessID? { withheld?.process }

    func plan() throws -> Plan {
        guard let withheld else { return Plan(steps: [], unchanged: [], remaining: []) }
        return RoleReturnPlanner(
            subject: try drawing.subject(), withheld: withheld,
            gone: try drawing.gone(withheld.groups), view: drawing.view, clock: drawing.at
        ).plan()
    }
}
