import Identity
import Testing

/// One cell: what a use case makes of an object that began in a state.
struct StateMachineCell<State: Hashable & Sendable & RawRepresentable>: Sendable,
    CustomTestStringConvertible
where State.RawValue == String {
    let from: State
    let useCase: UseCase
    /// As the contract has it.
    let words: String
    let becomes: State

    init(_ from: State, _ useCase: UseCase, _ words: String, _ becomes: State) {
        self.from = from
        self.useCase = useCase
        self.words = words
        self.becomes = becomes
    }

    var testDescription: String {
        "\(from.rawValue), on \(useCase.word): \(words.isEmpty ? "(blank)" : words)"
    }
}

extension PlanWorld {
    /// A lock or a deactivation, and for the other two columns what ends it.
    mutating func arrive(at useCase: UseCase, restoresRoles: Bool = false) {
        switch useCase {
        case .unlock: carryOut(.lock)
        case .reactivate: carryOut(.deactivate)
        case .lock, .deactivate, .restoreRoles: break
        }
        carryOut(useCase, restoresRoles: restoresRoles)
    }
}
