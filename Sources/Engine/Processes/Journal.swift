internal import Configuration
internal import Identity
internal import LDAP
internal import Store

/// What is written down of a process while it comes about, each in one transaction.
struct Journal {
    /// On whose account a sync begins a process.
    struct Occasion {
        let run: RunID
        let cause: ChangeCause
        /// The kept plan that it carries out.
        let released: String?
    }

    let context: EngineContext

    init(_ context: EngineContext) {
        self.context = context
    }

    private var store: Store { context.store }

    /// Begins the process: from here on it is a fact.
    ///
    /// nil when the user was changed since the preview was made: make another one.
    func begin(
        _ preview: ProcessPreview, request: ProcessID? = nil, on occasion: Occasion? = nil
    ) throws -> ProcessID? {
        let draft = preview.draft(
            by: context.by, run: occasion?.run, cause: occasion?.cause,
            released: occasion?.released)
        return try store.begin(
            draft, plan: preview.plan, request: request, priors: priors(preview))
    }

    /// What a step is about to replace, before its first attempt; what is there already stays.
    func keep(_ prior: PriorValues, of step: Step) throws {
        if try store.processes.prior(of: step) == nil { try store.journal(prior, of: step) }
    }

    /// How the process stands after a going-over.
    func write(_ attempts: Attempts) throws {
        try store.finish(attempts.end(at: context.clock()), by: context.by)
    }

    /// What the steps will replace, as the plan's own look at the entry shows it.
    ///
    /// A step of which that can't be told yet journals it before its first attempt. A directory that is
    /// lost between the look and the transaction keeps no process from being a fact.
    private func priors(_ preview: ProcessPreview) -> [Int: PriorValues] {
        guard let entry = preview.view.entry else { return [:] }
        let shared = try? context.sessions.session(
            try context.settings.directory(of: preview.user))
        guard let shared else { return [:] }
        var priors: [Int: PriorValues] = [:]
        for (place, step) in preview.plan.steps.enumerated() {
            guard case .remote(let work) = step.work,
                let action = work as? any DirectoryAction
            else { continue }
            priors[place] = action.prior(in: entry, preview, shared)
        }
        return priors
    }
}

extension ProcessPreview {
    /// The process as the journal will have it.
    func draft(
        by: Operator, run: RunID? = nil, cause: ChangeCause? = nil, released: String? = nil
    ) -> ProcessDraft {
        ProcessDraft(
            useCase: useCase, user: user.id, revision: user.revision, reason: reason.code,
            reasonText: reason.text, revocation: useCase == .lock ? revocation : nil, note: note,
            at: at, by: by, forced: forced, run: run, cause: cause, released: released,
            restoresRoles: restoresRoles, rolesOf: rolesOf)
    }
}
