package import Identity
package import Store

extension TellRevocation: OutsideAction {}
extension TellHold: OutsideAction {}
extension TellRelease: OutsideAction {}

extension OutsideAction where Self: TellAuthority {
    package func attempt(
        _ step: Step, of process: IdentityProcess, in context: EngineContext
    ) throws -> StepResult {
        try AuthorityTelling(context).tell(
            Self.request, certificate, event: "process:\(process.id)")
    }

    /// Whoever is slow there is left alone for a while, whichever certificate it is about.
    package func side(of step: Step) -> String { "authority \(certificate.authority)" }

    /// Told is enough to be done: whether the CA says so by now is looked at for each certificate.
    package func contradiction(
        of step: Step, of process: IdentityProcess, in context: EngineContext
    ) -> String? { nil }
}
