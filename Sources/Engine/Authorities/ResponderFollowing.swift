internal import Authority
internal import Ground
internal import Identity
internal import Store

/// Takes over what an authority's OCSP responder says of one certificate after the other.
struct ResponderFollowing {
    /// The most certificates that one run asks about.
    private static let questions: Int64 = 500
    private static let answerLimit = Duration.seconds(10)
    /// What one authority's responder may take in a run.
    private static let roundLimit = Duration.seconds(120)

    let context: EngineContext
    let authority: IssuingAuthority
    let now: Timestamp

    private var store: Store { context.store }

    /// Asks about each until the responder can't be reached, or its time is over.
    func carryOut(
        _ responder: OCSPResponder, _ round: inout AuthorityRound
    ) throws(StoreError) {
        let rows = try doubtful()
        guard !rows.isEmpty else { return }
        let words = AuthorityWords(of: authority, context, at: now)
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
            round.report.count(state)
        }
    }

    /// All certificates in turn; where there is a list, those alone that the CA was told about.
    private func doubtful() throws(StoreError) -> [BindingTable.Row] {
        let bindings = BindingTable(store)
        return authority.lists.isEmpty
            ? try bindings.longestUnasked(of: authority.name, at: now, most: Self.questions)
            : try bindings.toldUnseen(of: authority.name, most: Self.questions)
    }
}
