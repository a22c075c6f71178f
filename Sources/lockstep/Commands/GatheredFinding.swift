internal import Identity

/// Findings that say the same of several targets, as one line says it: `certificate 5EA1, 5EA2: …`.
struct GatheredFinding {
    let kind: String
    private(set) var targets: [String]
    let because: String

    /// In the order of the first of each.
    static func gather(_ findings: [Finding]) -> [GatheredFinding] {
        var gathered: [GatheredFinding] = []
        for finding in findings {
            let same = gathered.firstIndex {
                $0.kind == finding.kind && $0.because == finding.because
            }
            if let same {
                gathered[same].targets.append(finding.target)
            } else {
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
