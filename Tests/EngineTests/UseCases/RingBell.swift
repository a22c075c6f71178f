import Engine
import Foundation
import Ground
import Identity
import LDAP
import Store

/// A step of these tests alone, whose other side is neither the store nor a directory: a gate, at which a
/// bell is rung once for each process.
///
/// The gate is a folder; while it is not there the gate is closed. Its bell is heard where the folder has a
/// file `rope`.
struct RingBell: OutsideAction {
    static let kind = StepKind("ringBell", .elsewhere("At the gate"))

    let gate: String

    init(gate: String) {
        self.gate = gate
    }

    var entry: EntryID? { nil }

    var journal: JSONValue { ["gate": .string(gate)] }

    init(journal: JSONValue, entry: EntryID?) throws(Unreadable) {
        self.init(gate: try journal.text("gate"))
    }

    func attempt(_ step: Step, of process: IdentityProcess, in context: EngineContext) -> StepResult
    {
        guard FileManager.default.fileExists(atPath: gate) else {
            return StepResult(
                state: .pending,
                error: StepError(code: .operationsError, message: "the gate is closed"))
        }
        if !rings().contains(process.id), FileManager.default.fileExists(atPath: gate + "/rope") {
            let rung = rings() + [process.id]
            let text = rung.map { "\($0)\n" }.joined()
            _ = FileManager.default.createFile(
                atPath: gate + "/rings", contents: Data(text.utf8))
        }
        return .done
    }

    func contradiction(
        of step: Step, of process: IdentityProcess, in context: EngineContext
    ) -> String? {
        rings().contains(process.id) ? nil : "nobody has heard the bell"
    }

    /// The processes for which it was heard.
    func rings() -> [ProcessID] {
        let contents = FileManager.default.contents(atPath: gate + "/rings") ?? Data()
        return String(decoding: contents, as: UTF8.self).split(separator: "\n")
            .compactMap { Int64($0).map(ProcessID.init(rawValue:)) }
    }
}
