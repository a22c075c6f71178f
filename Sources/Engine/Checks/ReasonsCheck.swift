internal import Identity
internal import LDAP

/// Whether the entries can carry what the reasons write.
enum ReasonsCheck {
    static func verdicts(
        _ reasons: [Reason], _ schema: DirectorySchema, _ survey: UsersSurvey, dialect: Dialect
    ) -> [CheckVerdict] {
        let writing = reasons.filter { $0.enabled && !$0.write.isEmpty }
        let hidden = hiddenClasses(writing, survey)
        let problems =
            writing.flatMap { reason in
                reason.write.compactMap { problem($0, of: reason, schema, survey) }
                    + twice(reason, schema)
            }
            + powerless(reasons, dialect)
        guard problems.isEmpty, hidden.isEmpty else { return problems + hidden }
        guard !writing.isEmpty else { return [.ok("no reason writes an attribute")] }
        return [
            .ok(
                "the entries may carry what the reasons write ("
                    + writing.map(\.code).joined(separator: ", ") + ")")
        ]
    }

    /// Who hides their classes hides what they may carry, and for which class they are.
    private static func hiddenClasses(
        _ writing: [Reason], _ survey: UsersSurvey
    ) -> [CheckVerdict] {
        guard !writing.isEmpty, let kind = survey.kinds[[]] else { return [] }
        let conditions = writing.flatMap { reason in
            reason.write.compactMap { written in
                written.ifClass.map {
                    "reasons.\(reason.code).write.\(written.attribute) (if \($0))"
                }
            }
        }
        return [
            .notProven(
                kind.count.of(survey.count, "entries", "hides its", "hide their")
                    + " objectClass from the bind DN, such as \(kind.example): whether they may carry "
                    + "what the reasons write was not looked at. "
                    + (conditions.isEmpty
                        ? ""
                        : "Where it can't be searched by either, a lock leaves out "
                            + conditions.joined(separator: ", ") + ", and fails. ")
                    + "Let it read objectClass.")
        ]
    }

    /// With a custom dialect a reason's attributes alone disable an entry.
    private static func powerless(_ reasons: [Reason], _ dialect: Dialect) -> [CheckVerdict] {
        guard dialect.isDisabledByReasons else { return [] }
        return reasons.filter { $0.enabled && $0.useCases.contains(.lock) && $0.write.isEmpty }
            .map { reason in
                .failed(
                    "reasons.\(reason.code) writes nothing, and with dialect custom nothing else "
                        + "disables an entry. Write the attribute by which the server refuses a bind."
                )
            }
    }

    /// Two names of one attribute: a lock would write both, and could see only one of them done.
    private static func twice(_ reason: Reason, _ schema: DirectorySchema) -> [CheckVerdict] {
        let written = Dictionary(
            grouping: reason.write.map(\.attribute),
            by: { schema.definition(of: $0)?.names ?? [$0.folded] })
        return written.values.filter { $0.count > 1 }.map { names in
            .failed(
                "reasons.\(reason.code).write names "
                    + names.map(\.spelling).joined(separator: " and ")
                    + ", which are one attribute by the schema. Leave one.")
        }
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
        if definition.isPassword {
            return .failed(
                "\(what), which is a password by the schema ("
                    + definition.names.joined(separator: ", ")
                    + "): it may only be deleted, with null.")
        }
        if definition.isSingleValued, values.count > 1 {
            return .failed("\(what) with \(values.count) values, and it takes one. Leave one.")
        }
        let without = survey.kinds.values.filter { kind in
            !kind.classes.isEmpty
                && (written.ifClass.map {
                    schema.isAny(of: kind.classes, derivedFrom: $0.lowercased())
                } ?? true)
                && !schema.allows(name, on: kind.classes)
        }
        .sorted { $0.example.normalized < $1.example.normalized }
        guard let example = without.first else { return nil }
        let count = without.reduce(0) { $0 + $1.count }
        return .failed(
            "\(what), which the classes of \(count) of \(survey.count) entries don't allow, such as "
                + "\(example.example). Choose another attribute, or give the entries a class that "
                + "allows it.")
    }
}
