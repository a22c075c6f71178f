internal import Identity
internal import LDAP
internal import Store

extension RestoreAttributes: DirectoryAction {
    var written: [AttributeName] {
        switch what {
        case .attributes(let restored): restored.map(\.attribute)
        case .account: []
        }
    }

    /// Gives back what nobody has changed since.
    func attempt(_ step: Step, by executor: inout StepExecutor) throws -> StepResult {
        switch what {
        case .account(let account): try account.attempt(step, by: &executor)
        case .attributes(let restored):
            try executor.onEntry(of: step) { executor, entry in
                let untouched = restored.filter { $0.isUntouched(in: entry) }
                return try executor.carryOut(untouched.map(\.modification), on: entry)
                    .at(entry.dn.text)
            }
        }
    }

    /// The owners may change at once what was given back to them.
    func look(at step: Step, for readBack: inout ReadBack) throws {
        switch what {
        case .account(let account): try account.look(at: step, for: &readBack)
        case .attributes: break
        }
    }

    func write(_ target: DN, of preview: ProcessPreview, to ldif: inout LDIF) {
        let modifications =
            switch what {
            case .account(let account): account.modifications(in: preview)
            case .attributes(let restored): restored.map(\.modification)
            }
        preview.modify(target, modifications, in: &ldif)
    }

    func foresee(_ foresight: inout Foresight) {
        switch what {
        case .account(let account): foresight.enabling = account.enabling(by: foresight)
        case .attributes(let restored):
            foresight.entry = foresight.entry.after(restored, then: [])
        }
    }
}
