internal import Identity
internal import LDAP
internal import Store

extension WriteReason: DirectoryAction {
    var written: [AttributeName] { writes.map(\.attribute) }

    var attributes: [AttributeName] {
        writes.contains { $0.ifClass != nil } ? written + [.objectClass] : written
    }

    func attempt(_ step: Step, by executor: inout StepExecutor) throws -> StepResult {
        try executor.onEntry(of: step) { executor, entry in
            let readable = Set(try executor.shared.session.readable(written))
            try executor.journal(entry.prior(of: Array(readable)), step)
            let sorted = try executor.shared.session.sorted(writes, for: entry)
            let missing = sorted.applying.filter {
                !readable.contains($0.attribute) || !entry.carries($0)
            }
            do {
                let result = try executor.carryOut(missing.map(\.modification), on: entry)
                    .at(entry.dn.text)
                return sorted.hidden.isEmpty ? result : result.withHiddenClasses(sorted.hidden)
            } catch let failure as DirectoryFailure
                where !sorted.hidden.isEmpty && !failure.isOfAnotherEntry && !failure.isOutdated
            {
                return StepResult(failure, dialect: executor.shared.session.dialect)
                    .withHiddenClasses(sorted.hidden)
            }
        }
    }

    func look(at step: Step, for readBack: inout ReadBack) throws {
        guard case .present(let entry) = readBack.presence else { return }
        let readable = Set(try readBack.shared.session.readable(written))
        let sorted = try readBack.shared.session.sorted(writes, for: entry)
        let contradictions =
            sorted.applying.filter { readable.contains($0.attribute) && !entry.carries($0) }
            .map { "read back, it is not \($0.summary)" } + sorted.hidden.map(\.hiddenClass)
        guard !contradictions.isEmpty else { return }
        readBack.contradict(step, contradictions.joined(separator: "; "))
    }

    func prior(
        in entry: Entry, _ preview: ProcessPreview, _ shared: SharedSession
    ) -> PriorValues? {
        guard let readable = try? shared.session.readable(written) else { return nil }
        return entry.prior(of: readable)
    }

    func write(_ target: DN, of preview: ProcessPreview, to ldif: inout LDIF) {
        let hidden = preview.view.ofHiddenClasses
        for write in writes where hidden.contains(write) { ldif.comment(write.hiddenClass) }
        let missing = writes.filter {
            !hidden.contains($0)
                && ($0.attribute.isPassword || preview.view.entry?.carries($0) != true)
        }
        preview.modify(target, missing.map(\.modification), in: &ldif)
    }

    func foresee(_ foresight: inout Foresight) {
        let entry = foresight.entry
        // What can't be found out is not written.
        let applying = try? foresight.shared.session.sorted(writes, for: entry).applying
        foresight.entry = entry.after([], then: applying ?? [])
    }
}
