internal import Ground
package import Identity
package import Store

/// What a CA is owed beside the processes, as people know it: by the certificate's serial.
package struct OwedStep: Sendable {
    package let telling: OwedTelling
    package let serial: String

    package init(_ telling: OwedTelling, store: Store) throws(StoreError) {
        self.telling = telling
        let rows = try CertificateTable(store).certificates(
            fingerprint: telling.certificate.fingerprint)
        serial = rows.first?.content.serial ?? ""
    }

    /// The step that a process would have for it.
    package var kind: StepKind { type(of: telling.request.step(about: telling.certificate)).kind }

    /// `{process, step, target, lastError}`, of no process.
    var pendingJSON: JSONValue {
        [
            "process": .null, "step": .string(kind.rawValue), "target": .string(serial),
            "lastError": telling.error?.json ?? .null,
        ]
    }
}
