internal import Ground
internal import Identity
internal import LDAP
internal import Store

extension EnableEntry: DirectoryAction {
    func attempt(_ step: Step, by executor: inout StepExecutor) throws -> StepResult {
        try account.attempt(step, by: &executor)
    }

    func look(at step: Step, for readBack: inout ReadBack) throws {
        try account.look(at: step, for: &readBack)
    }

    func write(_ target: DN, of preview: ProcessPreview, to ldif: inout LDIF) {
        preview.modify(target, account.modifications(in: preview), in: &ldif)
    }

    func foresee(_ foresight: inout Foresight) {
        foresight.enabling = account.enabling(by: foresight)
    }
}

/// What gives back an account, whether it is open then or stays closed.
extension FormerAccount {
    func attempt(_ step: Step, by executor: inout StepExecutor) throws -> StepResult {
        try executor.onEntry(of: step) { executor, entry in
            let shared = executor.shared
            let outlook = outlook(
                of: try shared.session.account(of: entry), shared.session.dialect,
                at: executor.clock)
            guard let outlook else { return .unreadableAccount(step.place) }
            return try executor.carryOut(outlook.enabling.modifications, on: entry)
                .at(entry.dn.text)
        }
    }

    func look(at step: Step, for readBack: inout ReadBack) throws {
        guard case .present(let entry) = readBack.presence else { return }
        let dialect = readBack.shared.session.dialect
        let outlook = outlook(
            of: try readBack.shared.session.account(of: entry), dialect, at: readBack.clock)
        guard let outlook else { return }
        let state = dialect.accountState(of: entry, at: readBack.clock)
        if outlook.enabling.modifications.isEmpty {
            readBack.closures = outlook.remaining
            readBack.isEnabled = state == .enabled
        } else {
            readBack.contradict(
                step,
                state?.because.map { "read back, the entry is disabled: \($0)" }
                    ?? "read back, the account does not show what stood there before")
        }
    }

    /// Where the directory is down, as the lock left it.
    func modifications(in preview: ProcessPreview) -> [Modification] {
        let dialect = preview.view.dialect
        let account =
            preview.view.values
            ?? preview.user.record.dn.dn.map { dn in
                let before = prior.entry(of: dn)
                let written = dialect.disable(before, at: disabledAt, hasEndTime: true)
                return Account(before.applying(written ?? []))
            }
        return account.flatMap { outlook(of: $0, dialect, at: preview.at) }?
            .enabling.modifications ?? []
    }

    func enabling(by foresight: Foresight) -> [Modification] {
        outlook(of: foresight.account, foresight.dialect, at: foresight.clock)?
            .enabling.modifications ?? []
    }

    private func outlook(
        of account: Account, _ dialect: Dialect, at clock: Timestamp
    ) -> AccountOutlook? {
        AccountOutlook(
            account, prior: prior, disabledAt: disabledAt, dialect: dialect, at: clock)
    }
}
