internal import Authority
internal import Ground
internal import Identity
internal import Store

/// Takes over what the authorities did by themselves: each CRL that is due, or OCSP where there is none.
package struct AuthorityFollowing {
    /// What came of one authority in a run.
    package struct Report: Equatable, Sendable {
        package let name: String
        package fileprivate(set) var revoked = 0
        package fileprivate(set) var held = 0
        package fileprivate(set) var released = 0
        /// Why it could not be followed; nil: it could, or nothing was due.
        package fileprivate(set) var error: String?

        package var changedAnything: Bool { revoked + held + released > 0 }

        /// `{name, revoked, held, released, error}`.
        var json: JSONValue {
            [
                "name": .string(name), "revoked": .int(Int64(revoked)), "held": .int(Int64(held)),
                "released": .int(Int64(released)), "error": JSONValue(error),
            ]
        }

        fileprivate mutating func count(_ state: CertificateState?) {
            switch state {
            case .revoked: revoked += 1
            case .onHold: held += 1
            case .valid: released += 1
            case .expired, nil: break
            }
        }
    }

    /// After this time a list is read again, however long it says that it is good.
    private static let often: Int64 = 3_600
    /// The most certificates that one run asks OCSP about.
    private static let questions: Int64 = 500
    /// A list of a million entries is 40 MB.
    private static let listLimit = Duration.seconds(120)
    private static let answerLimit = Duration.seconds(10)
    /// What one authority's responder may take in a run.
    private static let roundLimit = Duration.seconds(120)
    private static let page: Int64 = 1_000

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
            var report = Report(name: authority.name)
            var round = Round()
            let putOff = try row.failure.flatMap { failure throws(StoreError) in
                try isPutOff(failure) ? failure : nil
            }
            let listsWait = authority.lists.contains { putOff?.isOf($0.text) == true }
            if !authority.lists.isEmpty, !listsWait {
                try followLists(of: authority, row, &round, &report)
            }
            // A wrong answer about one certificate keeps nobody from asking about the others.
            let responder = authority.ocsp(at: now, isStopped: context.isInterrupted)
            let responderWaits =
                responder.map { putOff?.isOf($0.address.text) == true } == true
                && putOff?.isGrave == false
            if let responder, !responderWaits {
                // Where there is a list, the responder is asked only about the certificates that the CA
                // was told about.
                let bindings = BindingTable(store)
                let rows =
                    authority.lists.isEmpty
                    ? try bindings.longestUnasked(
                        of: authority.name, at: now, most: Self.questions)
                    : try bindings.toldUnseen(of: authority.name, most: Self.questions)
                if !rows.isEmpty { try ask(responder, of: authority, rows, &round, &report) }
            }
            // What was found stays so until whom it was found of is asked again; who was asked to stop has
            // found nothing.
            let keepsFailure = listsWait || responderWaits || context.isInterrupted()
            try end(round, of: authority, keepsFailure: keepsFailure)
            report.error = keepsFailure ? putOff?.message : round.failure?.sentence
            reports.append(report)
        }
        return reports
    }

    /// Whether it is left alone for now, so that no run waits for what made many of them wait.
    private func isPutOff(_ failure: AuthorityTable.Failure) throws(StoreError) -> Bool {
        guard isPatient, failure.since <= now, let last = try RunTable(store).start(before: run)
        else {
            return false
        }
        return now < failure.due(after: last)
    }

    /// What was read of one authority.
    private struct Round {
        /// Whether it was due, and somebody was asked.
        var isTried = false
        var lists: [AuthorityTable.List] = []
        var hasAnswered = false
        /// Of several failures the first is shown.
        var failure: ExchangeFailure? {
            didSet { if let oldValue { failure = oldValue } }
        }
    }

    private func followLists(
        of authority: IssuingAuthority, _ row: AuthorityTable.Row, _ round: inout Round,
        _ report: inout Report
    ) throws(StoreError) {
        let sources = authority.lists.map(\.text)
        let known = row.lists.filter { sources.contains($0.source) }
        guard isDue(known, of: sources.count) || row.failure != nil else { return }
        round.isTried = true
        var listed: Set<[UInt8]> = []
        for source in authority.lists where !context.isInterrupted() {
            switch try follow(
                source, of: authority, after: known.first { $0.source == source.text }, &report)
            {
            case .read(let list, let names):
                round.lists.append(list)
                listed.formUnion(names)
            case .failed(let why): round.failure = why
            }
        }
        // A certificate that no list names is good only where all lists were read.
        if round.lists.count == sources.count,
            let oldest = round.lists.map(\.thisUpdate).min()
        {
            try clear(authority, except: listed, at: oldest, &report)
        }
    }

    private enum Outcome {
        /// With the fingerprints of the certificates that the lists name.
        case read(AuthorityTable.List, Set<[UInt8]>)
        case failed(ExchangeFailure)
    }

    /// What a list says of the certificates that the authority vouches for.
    private func follow(
        _ source: RevocationList.Source, of authority: IssuingAuthority,
        after known: AuthorityTable.List?, _ report: inout Report
    ) throws(StoreError) -> Outcome {
        let reading: ListReading
        do throws(ExchangeFailure) {
            reading = try ListReading(
                source, of: authority, after: known, now: now, within: Self.listLimit,
                watch: context.sessions.watch, isStopped: context.isInterrupted)
        } catch {
            return .failed(error)
        }
        let words = words(of: authority)
        var listed: Set<[UInt8]> = []
        var last: [UInt8] = []
        while true {
            let page = try BindingTable(store).verified(
                by: authority.name, after: last, most: Self.page)
            guard let end = page.last else { break }
            last = end.fingerprint
            var found: [(fingerprint: [UInt8], word: AuthorityRule.Word)] = []
            for row in page {
                let word = AuthorityRule.Word(reading.list.standing(of: row.der))
                if let word, word != .good { found.append((row.fingerprint, word)) }
            }
            guard !found.isEmpty else { continue }
            listed.formUnion(found.map(\.fingerprint))
            let time = reading.kept.thisUpdate
            let states = try store.write { (transaction) throws(StoreError) in
                var states: [CertificateState?] = []
                for (fingerprint, word) in found {
                    states.append(
                        try words.take(
                            word, of: fingerprint, at: time, by: .crl, in: transaction))
                }
                return states
            }
            for state in states { report.count(state) }
        }
        return .read(reading.kept, listed)
    }

    /// The certificates that none of the authority's lists names: one that was on hold there is on hold
    /// there no more.
    private func clear(
        _ authority: IssuingAuthority, except listed: Set<[UInt8]>, at time: Timestamp,
        _ report: inout Report
    ) throws(StoreError) {
        let words = words(of: authority)
        for fingerprint in try BindingTable(store).releasable(of: authority.name)
        where !listed.contains(fingerprint) {
            let state = try store.write { (transaction) throws(StoreError) in
                try words.take(.good, of: fingerprint, at: time, by: .crl, in: transaction)
            }
            report.count(state)
        }
    }

    private func isDue(_ known: [AuthorityTable.List], of count: Int) -> Bool {
        known.count < count
            || known.contains { list in
                list.nextUpdate.map { $0 < now } ?? false
                    || list.readAt.advanced(by: Self.often) <= now || now < list.readAt
            }
    }

    private func end(
        _ round: Round, of authority: IssuingAuthority, keepsFailure: Bool
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

    /// Asks about each until the responder can't be reached, or its time is over.
    private func ask(
        _ responder: OCSPResponder, of authority: IssuingAuthority, _ rows: [BindingTable.Row],
        _ round: inout Round, _ report: inout Report
    ) throws(StoreError) {
        let words = words(of: authority)
        let deadline = ContinuousClock.now + Self.roundLimit
        round.isTried = true
        for row in rows where !context.isInterrupted() && ContinuousClock.now < deadline {
            let standing: CertificateStanding
            do throws(ExchangeFailure) {
                standing = try authority.ask(
                    responder, about: row.der, within: Self.answerLimit,
                    watch: context.sessions.watch)
            } catch {
                guard !context.isInterrupted() else { break }
                round.failure = error
                // The next run begins with another one.
                try store.write { (transaction) throws(StoreError) in
                    try BindingTable(store).ask(row.fingerprint, at: now, in: transaction)
                }
                if case .unreachable = error { break }
                continue
            }
            if standing == .unknown {
                round.failure = .unusable(
                    "\(responder.address.text): it does not know a certificate that it signed")
            }
            round.hasAnswered = true
            let state = try store.write { (transaction) throws(StoreError) in
                try BindingTable(store).ask(row.fingerprint, at: now, in: transaction)
                return try AuthorityRule.Word(standing).flatMap { word throws(StoreError) in
                    try words.take(word, of: row.fingerprint, at: now, by: .ocsp, in: transaction)
                }
            }
            report.count(state)
        }
    }

    private func words(of authority: IssuingAuthority) -> AuthorityWords {
        AuthorityWords(store: store, authority: authority.name, host: context.by.host, now: now)
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
