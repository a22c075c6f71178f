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
            let missing = writes.filter {
                $0.applies(to: entry) && (!readable.contains($0.attribute) || !entry.carries($0))
            }
            return try executor.carryOut(missing.map(\.modification), on: entry)
                .at(entry.dn.text)
        }
    }

    func look(at step: Step, for readBack: inout ReadBack) throws {
        guard case .present(let entry) = readBack.presence else { return }
        let readable = Set(try readBack.shared.session.readable(written))
        for write in writes
        where write.applies(to: entry) && readable.contains(write.attribute)
            && !entry.carries(write)
        {
            readBack.contradict(step, "read back, it is not \(write.summary)")
        }
    }

    func prior(
        in entry: Entry, _ preview: ProcessPreview, _ shared: SharedSession
    ) -> PriorValues? {
        guard let readable = try? shared.session.readable(written) else { return nil }
        return entry.prior(of: readable)
    }

    func write(_ target: DN, of preview: ProcessPreview, to ldif: inout LDIF) {
        let missing = writes.filter {
            $0.attribute.isPassword || preview.view.entry?.carries($0) != true
        }
        preview.modify(target, missing.map(\.modification), in: &ldif)
    }

    func foresee(_ foresight: inout Foresight) {
        let entry = foresight.entry
        foresight.entry = entry.after([], then: writes.filter { $0.applies(to: entry) })
    }
}
