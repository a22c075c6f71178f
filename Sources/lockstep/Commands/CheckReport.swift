internal import Engine
internal import Ground
internal import Identity

/// The lines of a check, for people and for programs.
struct CheckReport {
    private static let margin = "  "

    let lines: [CheckLine]

    var json: JSONValue {
        .array(
            lines.map { line in
                [
                    "check": .string(line.subject.rawValue),
                    "directory": JSONValue(line.directory?.rawValue),
                    "state": .string(line.verdict.state.rawValue),
                    "message": .string(line.verdict.message),
                ]
            })
    }

    /// First what a lock is worth, of each directory that was looked at.
    func writeHeadlines(of directories: [DirectoryName], to output: Output) {
        for directory in directories {
            guard let worth = LockWorth.of(directory, in: lines) else { continue }
            output.hanging(
                [Span(Sanitized("\(directory): "), .bold)], Sanitized(worth.sentence),
                worth.style)
        }
    }

    /// A line each: how it stands, of which directory, what, and what to do.
    func write(to output: Output) {
        let hasDirectories = lines.contains { $0.directory != nil }
        for line in lines {
            var head = [(line.verdict.state.words, width { $0.verdict.state.words })]
            if hasDirectories {
                head.append((line.place, width { $0.place }))
            }
            head.append((line.subject.rawValue, width { $0.subject.rawValue }))
            write(line, head: head, to: output)
        }
    }

    private func write(_ line: CheckLine, head: [(text: String, width: Int)], to output: Output) {
        let cells = head.map { DisplayWidth.padded($0.text, to: $0.width) }
        let rest = Self.margin + cells.dropFirst().joined(separator: Self.margin) + Self.margin
        output.hanging(
            [Span(Sanitized(cells[0]), line.verdict.state.style), Span(Sanitized(rest))],
            Sanitized(line.verdict.message))
    }

    private func width(_ text: (CheckLine) -> String) -> Int {
        lines.map { DisplayWidth.of(Sanitized(text($0)).text) }.max() ?? 0
    }

    /// `12 ok, 1 warning, 2 failed, 1 not proven`.
    func writeSummary(to output: Output) {
        let counts = CheckState.allCases.compactMap { state -> String? in
            let count = lines.count { $0.verdict.state == state }
            return count == 0 ? nil : "\(count) \(count == 1 ? state.words : state.plural)"
        }
        output.line("\(counts.joined(separator: ", "))")
    }
}

extension LockWorth {
    fileprivate var sentence: String {
        switch self {
        case .proven: "whoever is locked is refused: the canary was"
        case .byPolicy:
            "whoever is locked is refused, by the policy that is in effect; a canary would prove it"
        case .unseen:
            "nobody has seen that the server refuses whoever is locked: a lock may let them in all the same"
        case .refuted:
            "WHOEVER IS LOCKED IS LET IN: the server takes a lock and does not enforce it"
        }
    }

    fileprivate var style: Style {
        switch self {
        case .proven, .byPolicy: .green
        case .unseen: .yellow
        case .refuted: .red
        }
    }
}

extension CheckState {
    fileprivate var words: String {
        switch self {
        case .ok: "ok"
        case .warning: "warning"
        case .failed: "failed"
        case .notProven: "not proven"
        }
    }

    fileprivate var plural: String { self == .warning ? "warnings" : words }

    fileprivate var style: Style {
        switch self {
        case .ok: .green
        case .warning, .notProven: .yellow
        case .failed: .red
        }
    }
}

extension CheckLine {
    /// What stands in the column of the directories.
    fileprivate var place: String { directory?.rawValue ?? "" }
}

/// Findings that say the same of several targets, as one line says it: `certificate 5EA1, 5EA2, each: …`.
struct GatheredFinding {
    let kind: Finding.Kind
    private var targets: [String]
    let because: String

    /// What is said of several is said of each of them.
    var names: String { targets.joined(separator: ", ") + (targets.count == 1 ? "" : ", each") }

    /// In the order of the first of each.
    static func gather(_ findings: [Finding]) -> [GatheredFinding] {
        var gathered: [GatheredFinding] = []
        var places: [Finding.Kind: [String: Int]] = [:]
        for finding in findings {
            if let same = places[finding.kind]?[finding.because] {
                gathered[same].targets.append(finding.target)
            } else {
                places[finding.kind, default: [:]][finding.because] = gathered.count
                gathered.append(
                    GatheredFinding(
                        kind: finding.kind, targets: [finding.target], because: finding.because))
            }
        }
        return gathered
    }

    func write(to output: Output, _ style: Style = .plain) {
        output.item(
            "  \(kind.rawValue) \(names): ", "\(because)", indentation: 6,
            style)
    }
}
