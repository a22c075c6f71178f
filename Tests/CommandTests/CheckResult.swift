import Fixtures
import Ground
import Testing

/// What `check --json` said.
struct CheckResult {
    struct Line: Equatable {
        let state: String
        let message: String
    }

    let exitCode: Int32
    private let lines: [JSONValue]

    init(_ finished: FinishedProcess) throws {
        exitCode = finished.exitCode
        let document = try #require(
            JSONValue(parsing: finished.output), "\(finished.stdout)\(finished.stderr)")
        lines = try #require(document.array)
    }

    /// The lines about one thing, in their order.
    subscript(_ check: String) -> [Line] {
        lines.filter { $0["check"]?.string == check }.map {
            Line(state: $0["state"]?.string ?? "", message: $0["message"]?.string ?? "")
        }
    }

    /// `check` of each line that stands so.
    func checks(_ state: String) -> [String] {
        lines.filter { $0["state"]?.string == state }.compactMap { $0["check"]?.string }
    }
}

extension CommandLab {
    func check(_ arguments: String...) throws -> CheckResult {
        try CheckResult(run(["check", "--json"] + arguments))
    }
}
