internal import Configuration
internal import Ground
internal import Identity
internal import LDAP
internal import Store

// Roles that are given back later than the rest.
extension UsersProc {
    /// The plan that gives back what the end of a lock or a deactivation left withdrawn.
    func roleReturn(
        to user: User, in directory: DirectorySettings, for reason: Reason, _ wish: Wish,
        at: Timestamp
    ) throws -> ProcessPreview {
        _ = try verdict(on: user, reason: reason)
        let drawing = try drawing(
            for: user, in: directory, reason: reason,
            context: TemplateContext(clock: at, by: self.context.by.login, note: wish.note), at: at)
        let withheld = try withheld(from: user, by: wish.rolesOf)
        let plan =
            try withheld.map {
                RoleReturnPlanner(
                    subject: try subject(drawing), withheld: $0,
                    gone: try gone($0.groups, drawing), view: drawing.view, clock: at
                ).plan()
            } ?? Plan(steps: [], unchanged: [], remaining: [])
        var preview = ProcessPreview(
            useCase: useCase, user: user, reason: reason, revocation: .unspecified,
            plan: try telling(plan, of: user, at: at),
            verdict: plan.steps.isEmpty
                ? .unchanged(because: "without a role that could be given back") : .proceed,
            view: drawing.view, at: at, note: wish.note, forced: wish.forced, restoresRoles: true)
        preview.rolesOf = withheld?.process
        return preview
    }

    /// Refused where the process that was named has taken nothing that is still withdrawn.
    private func withheld(from user: User, by process: ProcessID?) throws -> WithheldRoles? {
        let all = try store.withheldRoles(from: user)
        guard let process else { return all.first }
        if let found = all.first(where: { $0.process == process }) { return found }
        let others = all.map { $0.process.description }.joined(separator: ", ")
        throw Refusal(
            .refused,
            "process \(process) has taken no role from \(user.record.username) that is still "
                + "withdrawn",
            hint: others.isEmpty
                ? "No process of the user has." : "Those that have: \(others).")
    }

    /// nil where the directory could not be asked.
    private func gone(
        _ groups: [Withdrawn.Group], _ drawing: Drawing
    ) throws -> Set<EntryID>? {
        guard case .fresh = drawing.view.origin else { return nil }
        do {
            let shared = try sessions.session(drawing.directory)
            return try Set(
                groups.filter {
                    try shared.session.find($0.entryID, near: $0.dn, attributes: []) == nil
                }.map(\.entryID))
        } catch is DirectoryFailure {
            // The steps meet the same trouble, and tell of it.
            return nil
        }
    }
}
