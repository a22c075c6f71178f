internal import Identity
internal import LDAP
internal import Store

extension DisableEntry: DirectoryAction {
    func attempt(_ step: Step, by executor: inout StepExecutor) throws -> StepResult {
        try executor.onEntry(of: step) { executor, entry in
            let shared = executor.shared
            let own = try shared.session.account(of: entry).own
            try executor.journal(own.prior(of: shared.session.accountAttributes), step)
            // The process's own clock, so that an unlock knows what was written.
            let disabling = shared.session.dialect.disable(
                own, at: executor.process.at, hasEndTime: shared.session.hasPwdEndTime)
            guard let disabling else { return .unreadableAccount(step.place) }
            return try executor.carryOut(disabling, on: entry).at(entry.dn.text)
        }
    }

    func look(at step: Step, for readBack: inout ReadBack) throws {
        let shared = readBack.shared
        switch readBack.presence {
        case .absent: readBack.isAbsent = true
        case .unseen: readBack.contradict(step, "the entry can't be seen: deleted or hidden")
        // What the reason writes disables it there.
        case .present where shared.session.dialect.isDisabledByReasons: break
        case .present(let entry):
            // By a value of its own: a role or an end date of somebody else's may go.
            let own = try shared.session.account(of: entry).own
            let locked = own.with([.nsRole]) { _ in [] }
            let state = shared.session.dialect.accountState(of: locked, at: readBack.clock)
            if state?.because != nil {
                readBack.isDisabled = true
            } else {
                readBack.contradict(step, "read back, the entry is not disabled")
            }
        }
    }

    func prior(
        in entry: Entry, _ preview: ProcessPreview, _ shared: SharedSession
    ) -> PriorValues? {
        (preview.view.values?.own ?? entry).prior(of: shared.session.accountAttributes)
    }

    func write(_ target: DN, of preview: ProcessPreview, to ldif: inout LDIF) {
        preview.modify(target, preview.view.disabling, in: &ldif)
    }
}

extension Entry {
    /// What stands in these attributes, none of which is a password.
    func prior(of names: [AttributeName]) -> PriorValues {
        PriorValues(attributes: names.map { AttributeWrite(attribute: $0, values: self[$0]) })
    }
}
