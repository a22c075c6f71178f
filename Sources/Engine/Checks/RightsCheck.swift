internal import LDAP

/// Whether the bind DN may write what a lock writes.
enum RightsCheck {
    /// `obstacle`: what keeps a right that was granted from counting, and what to do; nil: nothing known.
    static func verdicts(
        _ survey: RightsSurvey, dialect: Dialect,
        obstacle: (AttributeName, DN) -> String? = { _, _ in nil }
    ) -> [CheckVerdict] {
        guard let method = survey.method else {
            return [
                .notProven(
                    "this server does not say what the bind DN may write; a lock of the canary "
                        + "or of an account of no person shows it")
            ]
        }
        let remedy = { obstacle($0, $1) ?? dialect.grant($0) }
        return verdicts(survey.people, "people", method, remedy)
            + verdicts(survey.groups, "groups", method, remedy)
    }

    private static func verdicts(
        _ findings: [RightsSurvey.Finding], _ what: String, _ method: String,
        _ remedy: (AttributeName, DN) -> String
    ) -> [CheckVerdict] {
        guard !findings.isEmpty else { return [] }
        let names = Dictionary(grouping: findings, by: \.attribute)
        let attributes = names.keys.sorted { $0.folded < $1.folded }
        let problems = attributes.flatMap { Self.problems(names[$0] ?? [], $0, what, remedy) }
        guard problems.isEmpty else { return problems }
        let list = attributes.map(\.spelling).joined(separator: ", ")
        let count = Set(findings.map(\.entry)).count
        return [.ok("the bind DN may write \(list) of \(what) (\(count) looked at, \(method))")]
    }

    /// One line for each kind of answer, with an example.
    private static func problems(
        _ findings: [RightsSurvey.Finding], _ attribute: AttributeName, _ what: String,
        _ remedy: (AttributeName, DN) -> String
    ) -> [CheckVerdict] {
        var denied: [(DN, String)] = []
        var refused: [(DN, String)] = []
        var unknown: [(DN, String)] = []
        for finding in findings {
            switch finding.right {
            case .granted: continue
            case .denied(let answer): denied.append((finding.entry, answer))
            case .refused(let answer): refused.append((finding.entry, answer))
            case .unknown(let answer): unknown.append((finding.entry, answer))
            }
        }
        func some(_ entries: [(DN, String)]) -> String {
            "\(entries.count) of \(findings.count) \(what), such as \(entries[0].0): \(entries[0].1)"
        }
        var verdicts: [CheckVerdict] = []
        if !denied.isEmpty {
            verdicts.append(
                .failed(
                    "the bind DN may not write \(attribute) of \(some(denied)). "
                        + remedy(attribute, denied[0].0)))
        }
        if !refused.isEmpty {
            verdicts.append(
                .failed(
                    "the server refuses such a value of \(attribute) for \(some(refused)). Correct "
                        + "what the reasons write."))
        }
        if !unknown.isEmpty {
            verdicts.append(
                .notProven(
                    "whether the bind DN may write \(attribute) can't be seen of \(some(unknown))"))
        }
        return verdicts
    }
}
