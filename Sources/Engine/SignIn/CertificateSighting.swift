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

    func sights(of user: User) throws -> [SignInReport.SeenCertificate] {
        let certificates = try CertificateTable(store).certificates(of: user.id)
        var encodings: [[UInt8]: [UInt8]] = [:]
        for (row, _, _) in try BindingTable(store).rows(of: user.id) {
            encodings[row.fingerprint] = row.der
        }
        var found: [CertificateID: (authority: String?, sight: SignInRule.Sight, by: Witness?)] =
            [:]
        var asked: [String: [Question]] = [:]
        for certificate in certificates {
            guard certificate.content.notAfter >= now else {
                found[certificate.id] = (certificate.binding.authority, .expired, nil)
                continue
            }
            guard let der = encodings[certificate.content.fingerprint] else {
                found[certificate.id] = (nil, .unasked(because: "no authority knows it"), nil)
                continue
            }
            switch context.authorities.verdict(on: der) {
            case (let name?, true): asked[name, default: []].append((certificate, der))
            case (let name?, _): found[certificate.id] = (name, .forged, nil)
            case (nil, _):
                found[certificate.id] = (
                    nil, .unasked(because: "no authority of the configuration signed it"), nil
                )
            }
        }
        for authority in context.authorities.all {
            guard let questions = asked[authority.name] else { continue }
            for (id, answer) in try ask(authority, questions) {
                found[id] = (authority.name, answer.sight, answer.by)
            }
        }
        return certificates.map { certificate in
            let answer = found[certificate.id]
            return SignInReport.SeenCertificate(
                certificate: certificate, state: certificate.state(at: now),
                authority: answer?.authority,
                sight: answer?.sight ?? .unasked(because: "it was not asked about"),
                by: answer?.by)
        }
    }

    private typealias Witness = CertificateBinding.Witness
    private typealias Question = (certificate: Certificate, der: [UInt8])
    private typealias Answer = (sight: SignInRule.Sight, by: Witness?)
    /// By the rows of the certificates; `trouble`: why one is left out, where somebody said so.
    private typealias Answers = (found: [CertificateID: Answer], trouble: String?)

    /// The responder is asked about each; what it leaves open, the lists decide.
    private func ask(
        _ authority: IssuingAuthority, _ questions: [Question]
    ) throws -> [CertificateID: Answer] {
        var (answers, trouble) = answered(by: authority, questions)
        let open = questions.filter { answers[$0.certificate.id] == nil }
        if !open.isEmpty, !authority.lists.isEmpty {
            let lists = try listed(by: authority, open)
            answers.merge(lists.found) { first, _ in first }
            trouble = lists.trouble ?? trouble
        }
        for (certificate, _) in questions where answers[certificate.id] == nil {
            let because =
                authority.settings.see == nil
                ? "nobody sees what \(authority.name) says"
                : trouble ?? "\(authority.name) was not asked in time"
            answers[certificate.id] = (.unasked(because: because), nil)
        }
        return answers
    }

    private func answered(by authority: IssuingAuthority, _ questions: [Question]) -> Answers {
        guard let responder = authority.ocsp(at: now) else { return ([:], nil) }
        let deadline = ContinuousClock.now + Self.limit
        var answers: Answers = ([:], nil)
        for (certificate, der) in questions {
            guard ContinuousClock.now < deadline, !context.isInterrupted() else { break }
            let watch = context.sessions.watch
            do throws(ExchangeFailure) {
                watch.begin?("the responder of \(authority.name), \(responder.address.text)")
                defer { watch.end?() }
                let standing = try responder.standing(of: der, within: Self.answerLimit)
                answers.found[certificate.id] = (SignInRule.Sight(standing), .ocsp)
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
        var answers: [CertificateID: Answer] = [:]
        var trouble: String?
        for source in authority.lists {
            let known = try AuthorityTable(store).list(source.text, of: authority.identity)
            let watch = context.sessions.watch
            do throws(ExchangeFailure) {
                watch.begin?("the list of \(authority.name), \(source.text)")
                defer { watch.end?() }
                let reading = try ListReading(
                    source, of: authority, after: known, now: now, within: Self.limit)
                for (certificate, der) in questions where answers[certificate.id] == nil {
                    let sight = SignInRule.Sight(reading.list.standing(of: der))
                    if sight != .good { answers[certificate.id] = (sight, .crl) }
                }
            } catch {
                trouble = error.sentence
            }
        }
        if trouble == nil {
            for (certificate, _) in questions where answers[certificate.id] == nil {
                answers[certificate.id] = (.good, .crl)
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
