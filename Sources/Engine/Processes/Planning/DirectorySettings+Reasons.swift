package import Configuration
package import Identity

extension DirectorySettings {
    /// The reasons that would do for a use case, in the order of the configuration.
    package func reasons(for useCase: UseCase) -> [Reason] {
        reasons.filter { $0.enabled && $0.useCases.contains(useCase) }
    }

    /// The reason of this code, as this directory has it; refused before anything is written where
    /// it is unknown, disabled, or for another use case.
    package func reason(_ code: String, for useCase: UseCase) throws(Refusal) -> Reason {
        let usable = reasons(for: useCase)
        if let reason = usable.first(where: { $0.code == code }) { return reason }
        // No reason of the configuration can be one to restore roles for.
        let isTaken = useCase != .restoreRoles && reasons.contains { $0.code == code }
        if let builtIn = useCase.builtInReason, builtIn.code == code, !isTaken { return builtIn }
        let why =
            switch reasons.first(where: { $0.code == code }) {
            case nil: "there is no reason “\(code)”"
            case let reason? where !reason.enabled: "the reason “\(code)” is disabled"
            case .some: "the reason “\(code)” is not one to \(useCase.word) for"
            }
        throw Refusal(
            .refused, why,
            hint: usable.isEmpty
                ? "None would do: one with `for: [\(useCase.word)]` is to be configured under `reasons`."
                : "Those that would do: \(usable.map(\.code).joined(separator: ", ")).")
    }
}
