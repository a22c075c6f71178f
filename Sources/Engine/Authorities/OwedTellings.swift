internal import Configuration
internal import Ground
internal import Identity
package import Store

/// Tells the CAs what no step of a process tells them.
package struct OwedTellings {
    private let context: EngineContext
    /// When no further one is taken; nil: there is no such time.
    private let deadline: ContinuousClock.Instant?

    package init(_ context: EngineContext, deadline: ContinuousClock.Instant? = nil) {
        self.context = context
        self.deadline = deadline
    }

    private var store: Store { context.store }

    /// Those that are due, or all of them, due or not; returns how many were told.
    @discardableResult
    package func take(onlyDue: Bool) throws -> Int {
        try take(try OwedTellingTable(store).all(dueBy: onlyDue ? context.clock() : nil))
    }

    /// Those of these certificates, due or not; returns what is left.
    package func take(of fingerprints: Set<[UInt8]>) throws -> [OwedTelling] {
        let own = { (owed: OwedTelling) in fingerprints.contains(owed.certificate.fingerprint) }
        try take(try OwedTellingTable(store).all().filter(own))
        return try OwedTellingTable(store).all().filter(own)
    }

    /// Owes what the authorities were never told of: by somebody's wish alone, who has seen how much it is.
    func addUntold() throws {
        for authority in context.authorities.all {
            guard let tell = authority.settings.tell else { continue }
            let untold = try store.untold(
                of: authority.name, knowsHold: tell.holds, at: context.clock())
            guard !untold.isEmpty else { continue }
            try store.write { transaction in
                let table = OwedTellingTable(store)
                for each in untold {
                    try table.add(
                        each.certificate, each.request, of: each.user, at: each.since,
                        in: transaction)
                }
            }
        }
    }

    @discardableResult
    private func take(_ all: [OwedTelling]) throws -> Int {
        var putOffs = PutOffs()
        var done = 0
        for owed in all where !putOffs.leavesAlone(owed.certificate.authority) {
            guard !context.isInterrupted(), deadline.map({ .now < $0 }) ?? true else { break }
            guard let lock = try context.elsewhereLock(of: owed.user) else { continue }
            let began = ContinuousClock.now
            let result = try take(owed)
            _ = consume lock
            putOffs.note(owed.certificate.authority, result, since: began)
            if result?.state == .done { done += 1 }
        }
        return done
    }

    /// nil: somebody else has told it meanwhile.
    private func take(_ owed: OwedTelling) throws -> StepResult? {
        let table = OwedTellingTable(store)
        // Read again now that nobody else can be at it.
        guard let owed = try table.telling(of: owed.certificate.fingerprint) else { return nil }
        store.pass(.step)
        let result = try AuthorityTelling(context).tell(
            owed.request, owed.certificate,
            event: "certificate:\(String(hexadecimal: owed.certificate.fingerprint))")
        store.pass(.answered)
        let now = context.clock()
        try store.write { transaction in
            try table.record(result, of: owed, at: now, in: transaction)
            guard result.state != owed.state || result.error != owed.error,
                let event = try event(result, owed, at: now)
            else { return }
            _ = try transaction.append(event)
        }
        return result
    }

    private func event(
        _ result: StepResult, _ owed: OwedTelling, at now: Timestamp
    ) throws -> AuditEvent? {
        guard let user = try store.user(owed.user),
            let certificate = try CertificateTable(store)
                .certificates(fingerprint: owed.certificate.fingerprint).first
        else { return nil }
        return AuditEvent(
            at: now, by: context.by.login, host: context.by.host, terminal: context.by.terminal,
            event: result.state == .done ? "authority told" : "authority not told",
            user: user.subject,
            detail: [
                "authority": .string(owed.certificate.authority),
                "request": .string(owed.request.rawValue),
                "serial": .string(certificate.content.serial),
                "issuer": .string(certificate.content.issuer),
                "reason": JSONValue(certificate.revocation?.reason.rawValue),
                "error": JSONValue(result.error?.message),
            ])
    }
}
