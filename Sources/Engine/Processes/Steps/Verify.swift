internal import Identity
internal import LDAP
internal import Store

/// It sends nothing: ``ReadBack`` looks, and how that ended is how this step did.
extension Verify: DirectoryAction {
    func attempt(_ step: Step, by executor: inout StepExecutor) -> StepResult { .done }

    func look(at step: Step, for readBack: inout ReadBack) {}

    func write(_ target: DN, of preview: ProcessPreview, to ldif: inout LDIF) {}
}
