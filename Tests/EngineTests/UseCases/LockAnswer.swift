import Ground
import Identity

/// What `lock --json` said.
struct LockAnswer {
    let json: JSONValue

    var outcome: String? { json["outcome"]?.string }
    var process: Int64? { json["process"]?.int }
    var enforced: String? { json["enforced"]?.string }
    var at: String? { json["at"]?.string }

    /// `kind target state`, in the order of the answer.
    var steps: [String] {
        (json["steps"]?.array ?? []).map {
            [$0["kind"], $0["target"], $0["state"]].map { $0?.string ?? "?" }
                .joined(separator: " ")
        }
    }

    /// The state of each step of a kind, by its target.
    func states(_ kind: StepKind) -> [String: String] {
        var states: [String: String] = [:]
        for step in json["steps"]?.array ?? [] where step["kind"]?.string == kind.rawValue {
            states[step["target"]?.string ?? ""] = step["state"]?.string
        }
        return states
    }

    /// Code and message of every step that has an error.
    func errors(_ kind: StepKind) -> [(code: Int64?, message: String?)] {
        (json["steps"]?.array ?? []).filter { $0["kind"]?.string == kind.rawValue }
            .compactMap { step in
                guard let error = step["error"], !error.isNull else { return nil }
                return (error["code"]?.int, error["message"]?.string)
            }
    }

    func findings(_ key: String) -> [String] {
        (json[key]?.array ?? []).map {
            [$0["kind"], $0["target"], $0["because"]].map { $0?.string ?? "?" }
                .joined(separator: " | ")
        }
    }
}
