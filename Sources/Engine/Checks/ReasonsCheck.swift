internal import Identity
internal import LDAP

/// Whether the entries can carry what the reasons write.
enum ReasonsCheck {
    static func verdicts(
        _ reasons: [Reason], _ schema: DirectorySchema, _ survey: UsersSurvey
    ) -> [CheckVerdict] {
        let writing = reasons.filter { $0.enabled && !$0.write.isEmpty }
        let problems = writing.flatMap { reason in
            reason.write.compactMap { problem($0, of: reason, schema, survey) }
        }
        guard problems.isEmpty else { return problems }
        guard !writing.isEmpty else { return [.ok("no reason writes an attribute")] }
        return [
            .ok(
                "the entries may carry what the reasons write ("
                    + writing.map(\.code).joined(separator: ", ") + ")")
        ]
    }

    private static func problem(
        _ written: Reason.Written, of reason: Reason, _ schema: DirectorySchema,
        _ survey: UsersSurvey
    ) -> CheckVerdict? {
        let name = written.attribute
        let what = "reasons.\(reason.code).write names \(name)"
        guard let definition = schema.definition(of: name) else {
            return .failed(
                "\(what), which the schema lacks. Correct the name, or load its schema on the server."
            )
        }
        guard definition.isUserModifiable else {
            return .failed("\(what), which the server alone writes. Choose another attribute.")
        }
        guard case .replace(let values) = written.write else { return nil }
        if definition.isSingleValued, values.count > 1 {
            return .failed("\(what) with \(values.count) values, and it takes one. Leave one.")
        }
        let without = survey.kinds.values.filter { !schema.allows(name, on: $0.classes) }
            .sorted { $0.example.normalized < $1.example.normalized }
        guard let example = without.first else { return nil }
        let count = without.reduce(0) { $0 + $1.count }
        return .failed(
            "\(what), which the classes of \(count) of \(survey.count) entries don't allow, such as "
                + "\(example.example). Choose another attribute, or give the entries a class that "
                + "allows it.")
    }
}
