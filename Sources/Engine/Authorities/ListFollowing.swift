internal import Authority
internal import Ground
internal import Identity
internal import Store

/// Takes over what the lists of an authority say: all that it has revoked and put on hold.
struct ListFollowing {
    /// After this time a list is read again, however long it says that it is good.
    private static let often: Int64 = 3_600
    /// A list of a million entries is 40 MB.
    private static let limit = Duration.seconds(120)
    private static let page: Int64 = 1_000

    let context: EngineContext
    let authority: IssuingAuthority
    let now: Timestamp

    private var store: Store { context.store }

    private var words: AuthorityWords { AuthorityWords(of: authority, context, at: now) }

    /// Reads each that is due, all of them where one is.
    func carryOut(
        _ row: AuthorityTable.Row, _ round: inout AuthorityRound
    ) throws(StoreError) {
        let sources = authority.lists.map(\.text)
        let known = row.lists.filter { sources.contains($0.source) }
        guard isDue(known, of: sources.count) || row.failure != nil else { return }
        round.isTried = true
        var listed: Set<[UInt8]> = []
        for source in authority.lists where !context.isInterrupted() {
            switch try follow(
                source, after: known.first { $0.source == source.text }, &round.report)
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
            try clear(except: listed, at: oldest, &round.report)
        }
    }

    private enum Outcome {
        /// With the fingerprints of the certificates that the list names.
        case read(AuthorityTable.List, Set<[UInt8]>)
        case failed(ExchangeFailure)
    }

    /// What a list says of the certificates that the authority vouches for.
    private func follow(
        _ source: RevocationList.Source, after known: AuthorityTable.List?,
        _ report: inout AuthorityFollowing.Report
    ) throws(StoreError) -> Outcome {
        let reading: ListReading
        do throws(ExchangeFailure) {
            reading = try ListReading(
                source, of: authority, after: known, now: now, within: Self.limit,
                watch: context.sessions.watch, isStopped: context.isInterrupted)
        } catch {
            return .failed(error)
        }
        var listed: Set<[UInt8]> = []
        var last: [UInt8] = []
        while true {
            let page = try BindingTable(store).verified(
                by: authority.name, after: last, most: Self.page)
            guard let end = page.last else { break }
            last = end.fingerprint
            listed.formUnion(try take(page, from: reading, &report))
        }
        return .read(reading.kept, listed)
    }

    /// Takes down what the list says of these; the fingerprints of those that it names.
    private func take(
        _ page: [BindingTable.Row], from reading: borrowing ListReading,
        _ report: inout AuthorityFollowing.Report
    ) throws(StoreError) -> [[UInt8]] {
        var found: [(fingerprint: [UInt8], word: AuthorityRule.Word)] = []
        for row in page {
            let word = AuthorityRule.Word(reading.list.standing(of: row.der))
            if let word, word != .good { found.append((row.fingerprint, word)) }
        }
        guard !found.isEmpty else { return [] }
        let (words, time) = (words, reading.kept.thisUpdate)
        let states = try store.write { (transaction) throws(StoreError) in
            var states: [CertificateState?] = []
            for (fingerprint, word) in found {
                states.append(
                    try words.take(word, of: fingerprint, at: time, by: .crl, in: transaction))
            }
            return states
        }
        for state in states { report.count(state) }
        return found.map(\.fingerprint)
    }

    /// The certificates that none of the authority's lists names: one that was on hold there is on hold
    /// there no more.
    private func clear(
        except listed: Set<[UInt8]>, at time: Timestamp,
        _ report: inout AuthorityFollowing.Report
    ) throws(StoreError) {
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
}
