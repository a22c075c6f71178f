package import Ground
package import Identity

/// All that the store holds of one process, for whoever has to prove later what was done.
package struct ProcessEvidence: Sendable {
    /// A step with what only an auditor asks for.
    package struct Action: Sendable {
        package let step: Step
        /// From what to what, in the words of the preview; empty where the plan did not say.
        package let detail: String
        /// What stood there before the first attempt; nil where nothing was journalled.
        package let prior: PriorValues?
        /// nil: never done; what is to be done again keeps it.
        package let firstDone: Timestamp?
        /// Of what a CA was told: when it was first seen to say so itself; nil: it was not, or says
        /// another thing by now.
        package let seen: CertificateBinding.Seen?

        /// nil: not done, as things stand.
        package var finished: Timestamp? { step.state == .done ? firstDone : nil }
    }

    /// Who approved, rejected or withdrew a request.
    package struct Decision: Sendable {
        package let by: String
        package let at: Timestamp
        package let because: String?
    }

    package let process: IdentityProcess
    /// The sync that began it; nil: an operator did.
    package let run: RunID?
    package let decision: Decision?
    package let finished: Timestamp?
    package let actions: [Action]
    /// The steps of a request that was not carried out, as the requester saw them.
    package let requested: [ShownStep]

    /// From the process's beginning until the server first said that the entry is disabled, as ``LockRecord``
    /// has it; nil: it has not, or there was nothing to disable.
    package let secondsToDisabled: Int64?

    /// Whether the entry was disabled once and is to be disabled again.
    package var isToBeDisabledAgain: Bool {
        secondsToDisabled != nil && disabling?.step.isUnfinished ?? false
    }

    private var disabling: Action? { actions.first { $0.step.kind == .disableEntry } }
}

extension Store {
    /// nil where there is no such process.
    package func evidence(of id: ProcessID) throws(StoreError) -> ProcessEvidence? {
        guard let process = try processes.process(id) else { return nil }
        let statement = try database.prepare(
            """
            SELECT run, decided_by, decided_at, decision, finished_at, snapshot, disabled_after
            FROM processes WHERE id = ?
            """)
        try statement.bind(id, at: 1)
        guard try statement.step() else { return nil }
        var decision: ProcessEvidence.Decision?
        if let by = try statement.optionalText("decided_by") {
            decision = try ProcessEvidence.Decision(
                by: by, at: statement.time("decided_at"),
                because: statement.optionalText("decision"))
        }
        let shown = try RowReading(id, of: "processes", in: statement)
            .json("snapshot", in: statement, database.stepKinds.shown)
        let disabledAfter = try statement.optionalInt("disabled_after")
        let actions = try actions(of: process, shown: shown, disabledAfter: disabledAfter)
        return try ProcessEvidence(
            process: process, run: statement.optionalID("run"), decision: decision,
            finished: process.isUnfinished ? nil : statement.optionalTime("finished_at"),
            actions: actions, requested: actions.isEmpty ? shown : [],
            secondsToDisabled: disabledAfter)
    }

    /// Gives `body` each audit event of a process.
    package func readEvents(
        of process: IdentityProcess, _ body: (AuditRecord) throws -> Void
    ) throws {
        try audit.read(user: process.user) { record in
            if record.event.process == process.id { try body(record) }
        }
    }

    private func actions(
        of process: IdentityProcess, shown: [ShownStep], disabledAfter: Int64?
    ) throws(StoreError) -> [ProcessEvidence.Action] {
        // A time that was disproved stays in the step, and counts no more.
        let disabled = disabledAfter.map { Timestamp(seconds: process.at.seconds + $0) }

        let statement = try database.prepare(
            "SELECT finished_at FROM steps WHERE process = ? AND ordinal = ?")
        let details = Self.details(of: shown)
        var actions: [ProcessEvidence.Action] = []
        for step in process.steps {
            try statement.bind(step.process, at: 1)
            try statement.bind(Int64(step.ordinal), at: 2)
            let finished = try statement.first { row throws(StoreError) in
                try row.optionalTime("finished_at")
            }
            actions.append(
                ProcessEvidence.Action(
                    // A step that was added after the plan was made has no words in it.
                    step: step, detail: details[step.kind]?[step.target] ?? "",
                    prior: try processes.prior(of: step),
                    firstDone: step.kind == .disableEntry ? disabled : finished ?? nil,
                    seen: try seen(step)))
        }
        return actions
    }

    private func seen(_ step: Step) throws(StoreError) -> CertificateBinding.Seen? {
        guard let telling = step.telling,
            let certificate = try CertificateTable(self)
                .certificates(fingerprint: telling.certificate.fingerprint).first,
            certificate.standing.word == type(of: telling).request.wanted.rawValue
        else { return nil }
        let statement = try database.prepare(
            """
            SELECT first_seen, first_seen_at, first_seen_by FROM certificate_bindings
            WHERE fingerprint = ?1 AND first_seen = ?2
            """)
        try statement.bind(telling.certificate.fingerprint, at: 1)
        try statement.bind(certificate.standing.word, at: 2)
        return try statement.first { row throws(StoreError) in
            let reading = RowReading("a certificate", of: "certificate_bindings", in: row)
            return CertificateBinding.Seen(
                at: try row.time("first_seen_at"), by: try reading.word("first_seen_by", in: row))
        }
    }

    /// By kind and target, the first of each: a person may have thousands of certificates.
    private static func details(of shown: [ShownStep]) -> [StepKind: [String: String]] {
        var details: [StepKind: [String: String]] = [:]
        for step in shown where details[step.kind]?[step.target] == nil {
            details[step.kind, default: [:]][step.target] = step.detail
        }
        return details
    }
}
