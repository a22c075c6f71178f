internal import Identity

/// Findings that say the same of several targets, as one line says it: `certificate 5EA1, 5EA2: …`.
struct GatheredFinding {
    let kind: String
    private(set) var targets: [String]
    let because: String

    /// In the order of the first of each.
    static func gather(_ findings: [Finding]) -> [GatheredFinding] {
        var gathered: [GatheredFinding] = []
        var places: [String: [String: Int]] = [:]
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
            "  \(kind) \(targets.joined(separator: ", ")): ", "\(because)", indentation: 6, style)
    }
}
