internal import Authority
internal import Ground
internal import Identity
internal import Store

/// Takes over what the authorities did by themselves: each CRL that is due, or OCSP where there is none.
package struct AuthorityFollowing {
    /// What came of one authority in a run.
    package struct Report: Equatable, Sendable {
        package let name: String
        package internal(set) var revoked = 0
        package internal(set) var held = 0
        package internal(set) var released = 0
        /// Why it could not be followed; nil: it could, or nothing was due.
        package internal(set) var error: String?

        package var changedAnything: Bool { revoked + held + released > 0 }

        /// `{name, revoked, held, released, error}`.
        var json: JSONValue {
            [
                "name": .string(name), "revoked": .int(Int64(revoked)), "held": .int(Int64(held)),
                "released": .int(Int64(released)), "error": JSONValue(error),
            ]
        }

        mutating func count(_ state: CertificateState?) {
            switch state {
            case .revoked: revoked += 1
            case .onHold: held += 1
            case .valid: released += 1
            case .expired, nil: break
            }
        }
    }

    private let context: EngineContext
    private let now: Timestamp
    private let run: RunID
    /// Whether one that could not be followed is left alone for a while.
    private let isPatient: Bool

    /// `now`: the run's one clock reading.
    init(_ context: EngineContext, at now: Timestamp, run: RunID, isPatient: Bool) {
        self.context = context
        self.now = now
        self.run = run
        self.isPatient = isPatient
    }

    private var store: Store { context.store }

    /// What an authority fails to say changes nothing, and keeps no other one from being followed.
    func carryOut() throws(StoreError) -> [Report] {
        var reports: [Report] = []
        let known = try AuthorityTable(store).all()
        for authority in context.authorities.all where !context.isInterrupted() {
            guard let row = known.first(where: { $0.identity.name == authority.name }) else {
                continue
            }
            reports.append(try follow(authority, row))
        }
        return reports
    }

    private func follow(
        _ authority: IssuingAuthority, _ row: AuthorityTable.Row
    ) throws(StoreError) -> Report {
        var round = AuthorityRound(report: Report(name: authority.name))
        let putOff = try row.failure.flatMap { failure throws(StoreError) in
            try isPutOff(failure) ? failure : nil
        }
        let listsWait = authority.lists.contains { putOff?.isOf($0.text) == true }
        if !authority.lists.isEmpty, !listsWait {
            try ListFollowing(context: context, authority: authority, now: now)
                .carryOut(row, &round)
        }
        // A wrong answer about one certificate keeps nobody from asking about the others.
        let responder = authority.ocsp(at: now, isStopped: context.isInterrupted)
        let responderWaits =
            responder.map { putOff?.isOf($0.address.text) == true } == true
            && putOff?.isGrave == false
        if let responder, !responderWaits {
            try ResponderFollowing(context: context, authority: authority, now: now)
                .carryOut(responder, &round)
        }
        // What was found stays so until whom it was found of is asked again; who was asked to stop has
        // found nothing.
        let keepsFailure = listsWait || responderWaits || context.isInterrupted()
        try end(round, of: authority, keepsFailure: keepsFailure)
        round.report.error = keepsFailure ? putOff?.message : round.failure?.sentence
        return round.report
    }

    /// Whether it is left alone for now, so that no run waits for what made many of them wait.
    private func isPutOff(_ failure: AuthorityTable.Failure) throws(StoreError) -> Bool {
        guard isPatient, failure.since <= now, let last = try RunTable(store).start(before: run)
        else {
            return false
        }
        return now < failure.due(after: last)
    }

    private func end(
        _ round: AuthorityRound, of authority: IssuingAuthority, keepsFailure: Bool
    ) throws(StoreError) {
        guard round.isTried else { return }
        let table = AuthorityTable(store)
        try store.write { (transaction) throws(StoreError) in
            for list in round.lists { try table.set(list, of: authority.name, in: transaction) }
            try table.keepLists(
                authority.lists.map(\.text), of: authority.name, in: transaction)
            if round.hasAnswered {
                try table.set(askedAt: now, of: authority.name, in: transaction)
            }
            guard !keepsFailure else { return }
            try table.set(
                failure: round.failure?.sentence, isGrave: round.failure?.isGrave ?? false,
                of: authority.name, at: now, in: transaction)
        }
    }
}

/// What was found out about one authority in a run.
struct AuthorityRound {
    var report: AuthorityFollowing.Report
    /// Whether it was due, and somebody was asked.
    var isTried = false
    var lists: [AuthorityTable.List] = []
    var hasAnswered = false
    /// Of several failures the first is shown.
    var failure: ExchangeFailure? {
        didSet { if let oldValue { failure = oldValue } }
    }
}

extension AuthorityTable.Failure {
    /// Whether it was this address that failed; it begins each sentence of its own.
    fileprivate func isOf(_ address: String) -> Bool {
        message.hasPrefix("\(address): ")
    }
}

extension ExchangeFailure {
    /// No outage, but something that nobody should believe.
    fileprivate var isGrave: Bool {
        switch self {
        case .unreachable: false
        case .untrusted, .unusable: true
        }
    }
}
