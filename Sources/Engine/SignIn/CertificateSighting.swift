internal import Authority
internal import Configuration
internal import Ground
internal import Identity
internal import Store

/// Asks the authorities about one person's certificates, and keeps nothing of what they say.
struct CertificateSighting {
    /// What one authority may take for all of them.
    private static let limit = Duration.seconds(60)
    private static let answerLimit = Duration.seconds(10)

    private let context: EngineContext
    private let now: Timestamp

    init(_ context: EngineContext, at now: Timestamp) {
        self.context = context
        self.now = now
    }

    private var store: Store { context.store }

    /// Those that the store knows, then those that stand in the entry alone.
    func sights(
        of user: User, and entry: OwnCertificates
    ) throws -> [SignInReport.SeenCertificate] {
        let candidates = try candidates(of: user, and: entry)
        var found: [Fingerprint: (authority: String?, sight: SignInRule.Sight, by: Witness?)] = [:]
        var asked: [String: [Question]] = [:]
        for (content, _, der) in candidates {
            guard content.notAfter >= now else {
                found[content.fingerprint] = (nil, .expired, nil)
                continue
            }
            guard let der else {
                found[content.fingerprint] = (nil, .unasked(because: "no authority knows it"), nil)
                continue
            }
            switch context.authorities.verdict(on: der) {
            case (let name?, true): asked[name, default: []].append((content.fingerprint, der))
            case (let name?, _): found[content.fingerprint] = (name, .unverified, nil)
            case (nil, _):
                found[content.fingerprint] = (
                    nil, .unasked(because: "no authority of the configuration signed it"), nil
                )
            }
        }
        for authority in context.authorities.all {
            guard let questions = asked[authority.name] else { continue }
            for (fingerprint, answer) in try ask(authority, questions) {
                found[fingerprint] = (authority.name, answer.sight, answer.by)
            }
        }
        return candidates.map { content, state, _ in
            let answer = found[content.fingerprint]
            return SignInReport.SeenCertificate(
                content: content, state: state, authority: answer?.authority,
                sight: answer?.sight ?? .unasked(because: "it was not asked about"),
                by: answer?.by)
        }
    }

    /// `state`: as the store has it; nil: the entry alone has it.
    private typealias Candidate = (
        content: Certificate.Content, state: CertificateState?, der: [UInt8]?
    )

    private func candidates(
        of user: User, and entry: OwnCertificates
    ) throws -> [Candidate] {
        var encodings: [Fingerprint: [UInt8]] = [:]
        for (row, _, _) in try BindingTable(store).rows(of: user.id) {
            encodings[row.fingerprint] = row.der
        }
        let known: [Candidate] = try CertificateTable(store).certificates(of: user.id).map {
            ($0.content, $0.state(at: now), encodings[$0.content.fingerprint])
        }
        let fingerprints = Set(known.map(\.content.fingerprint))
        return known
            + entry.certificates.filter { !fingerprints.contains($0.content.fingerprint) }.map {
                ($0.content, nil, $0.der)
            }
    }

    private typealias Fingerprint = [UInt8]
    private typealias Witness = CertificateBinding.Witness
    private typealias Question = (fingerprint: Fingerprint, der: [UInt8])
    private typealias Answer = (sight: SignInRule.Sight, by: Witness?)
    /// `trouble`: why one is left out, where somebody said so.
    private typealias Answers = (found: [Fingerprint: Answer], trouble: String?)

    /// The responder is asked about each; what it leaves open, the lists decide.
    private func ask(
        _ authority: IssuingAuthority, _ questions: [Question]
    ) throws -> [Fingerprint: Answer] {
        var (answers, trouble) = answered(by: authority, questions)
        let open = questions.filter { answers[$0.fingerprint] == nil }
        if !open.isEmpty, !authority.lists.isEmpty {
            let lists = try listed(by: authority, open)
            answers.merge(lists.found) { first, _ in first }
            trouble = lists.trouble ?? trouble
        }
        for (fingerprint, _) in questions where answers[fingerprint] == nil {
            let because =
                authority.settings.see == nil
                ? "nobody sees what \(authority.name) says"
                : trouble ?? "\(authority.name) was not asked in time"
            answers[fingerprint] = (.unasked(because: because), nil)
        }
        return answers
    }

    private func answered(by authority: IssuingAuthority, _ questions: [Question]) -> Answers {
        guard let responder = authority.ocsp(at: now, isStopped: context.isInterrupted) else {
            return ([:], nil)
        }
        let deadline = ContinuousClock.now + Self.limit
        var answers: Answers = ([:], nil)
        for (fingerprint, der) in questions {
            guard ContinuousClock.now < deadline, !context.isInterrupted() else { break }
            do throws(ExchangeFailure) {
                let standing = try authority.ask(
                    responder, about: der, within: Self.answerLimit, watch: context.sessions.watch)
                answers.found[fingerprint] = (SignInRule.Sight(standing), .ocsp)
            } catch {
                answers.trouble = error.sentence
                if case .unreachable = error { return answers }
            }
        }
        return answers
    }

    /// Who is on none of the lists is good only where all of them were read.
    private func listed(
        by authority: IssuingAuthority, _ questions: [Question]
    ) throws -> Answers {
        var answers: [Fingerprint: Answer] = [:]
        var trouble: String?
        for source in authority.lists {
            let known = try AuthorityTable(store).list(source.text, of: authority.identity)
            do throws(ExchangeFailure) {
                let reading = try ListReading(
                    source, of: authority, after: known, now: now, within: Self.limit,
                    watch: context.sessions.watch, isStopped: context.isInterrupted)
                for (fingerprint, der) in questions where answers[fingerprint] == nil {
                    let sight = SignInRule.Sight(reading.list.standing(of: der))
                    if sight != .good { answers[fingerprint] = (sight, .crl) }
                }
            } catch {
                trouble = error.sentence
            }
        }
        if trouble == nil {
            for (fingerprint, _) in questions where answers[fingerprint] == nil {
                answers[fingerprint] = (.good, .crl)
            }
        }
        return (answers, trouble)
    }
}

extension SignInRule.Sight {
    fileprivate init(_ standing: CertificateStanding) {
        switch AuthorityRule.Word(standing) {
        case .good: self = .good
        case .onHold(let since): self = .onHold(since: since)
        case .revoked(let reason, let at): self = .revoked(reason, at: at)
        case nil: self = .unknown
        }
    }
}
