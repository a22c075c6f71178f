internal import Authority
internal import Configuration
internal import Ground
internal import Identity
internal import LDAP
internal import Store

/// Tells the CA of a certificate what has become of it, and looks whether the CA says so.
struct AuthorityTelling {
    /// What one request may take, looking included.
    static let patience = Duration.seconds(AuthoritySettings.Way.patience)

    /// What the journal keeps beside the words; EX_TEMPFAIL of sysexits.h, and anything else.
    static let later = ResultCode(rawValue: 75)
    static let failed = ResultCode(rawValue: 1)

    let context: EngineContext

    init(_ context: EngineContext) {
        self.context = context
    }

    private var store: Store { context.store }

    /// One attempt; throws what concerns the store.
    ///
    /// `event`: together with the request and the serial, the key by which a CA's program knows a request
    /// that it was given before.
    func tell(
        _ request: AuthorityRequest, _ told: ToldCertificate, event: String
    ) throws -> StepResult {
        let deadline = ContinuousClock.now + Self.patience
        let rows = try CertificateTable(store).certificates(fingerprint: told.fingerprint)
        guard let certificate = rows.first,
            let der = try BindingTable(store).der(of: told.fingerprint)
        else { return .untellable("the store has no certificate of that fingerprint any more") }
        guard certificate.standing.request == request else { return .standsOtherwise }
        guard let authority = context.authorities[told.authority],
            let tell = authority.settings.tell
        else { return .untellable("no CA “\(told.authority)” is configured that is told") }
        // A request names issuer and serial alone: whose they are is looked at each time.
        guard authority.certificate.verdict(on: der) == .issued else {
            return .untellable("\(told.authority) did not sign the certificate")
        }
        let question = AuthorityQuestion(
            request: request, authority: authority, certificate: certificate, der: der,
            event: event)
        let answer = try question.ask(tell.way, in: context, within: Self.patience)
        return try settle(
            answer, question, AuthorityLook(context: context, question, until: deadline))
    }

    private func settle(
        _ answer: AuthorityAnswer, _ question: AuthorityQuestion, _ look: AuthorityLook
    ) throws -> StepResult {
        let name = question.authority.name
        switch answer {
        case .done: return try done(question, look)
        case .revokedAlready where question.request == .revoke: return try done(question, look)
        case .revokedAlready:
            // “Revoked already” may be a CA's word for a hold that it has already.
            return try doneBefore(name, look) ?? .untellable("\(name): it is revoked there already")
        case .refused(let words):
            // Asked again, a CA may refuse what it has done: a crash may have kept its answer from us.
            return try doneBefore(name, look) ?? .untellable("\(name): \(words)")
        case .later(let words): return unfinished(name, words)
        }
    }

    /// What was not done by this request may be so all the same; nil: it is not seen to be.
    private func doneBefore(_ authority: String, _ look: AuthorityLook) throws -> StepResult? {
        if try look.take() == true { return .done }
        return context.isInterrupted() ? unfinished(authority, "a signal ended the look") : nil
    }

    private func unfinished(_ authority: String, _ words: String) -> StepResult {
        StepResult(
            state: .pending, error: StepError(code: Self.later, message: "\(authority): \(words)"))
    }

    /// The CA has done it; what the CA says from now on is looked at apart from that.
    private func done(
        _ question: AuthorityQuestion, _ look: AuthorityLook?
    ) throws -> StepResult {
        try store.write { transaction in
            try BindingTable(store).tell(
                question.certificate.content.fingerprint, is: question.request.wanted,
                at: context.clock(), in: transaction)
        }
        _ = try look?.take()
        return .done
    }
}

extension Certificate.Standing {
    /// What to ask a CA for, so that the certificate stands there as it does here.
    fileprivate var request: AuthorityRequest {
        switch self {
        case .valid: .release
        case .onHold: .hold
        case .revoked: .revoke
        }
    }
}

extension StepResult {
    /// Asking again won't help until somebody has changed something.
    fileprivate static func untellable(_ why: String) -> StepResult {
        StepResult(
            state: .failed,
            error: StepError(code: AuthorityTelling.failed, message: why))
    }

    /// There is nothing to tell any more: somebody else has the same certificate, and their newer process
    /// has changed its state.
    fileprivate static let standsOtherwise = StepResult(state: .superseded, error: nil)
}
