internal import Authority
internal import Configuration
internal import Ground
internal import Identity
internal import LDAP
internal import Store

/// Tells the CA of a certificate what has become of it, and looks whether the CA says so.
struct AuthorityTelling {
    /// What one request may take, looking included.
    static let patience = Duration.seconds(30)

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
    /// `event`: what a CA's program is to be idempotent by, together with the request and the serial.
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
            // A hold that the CA has already may be what it means.
            if try look.take() == true { return .done }
            return .untellable("\(name): it is revoked there already")
        case .refused(let words):
            // Asked again, a CA may refuse what it has done: a crash may have kept its answer from us.
            if try look.take() == true { return .done }
            return .untellable("\(name): \(words)")
        case .later(let words):
            return StepResult(
                state: .pending,
                error: StepError(
                    code: Self.later, message: "\(name): \(words)"))
        }
    }

    /// The CA has it; what it says from now on may be another matter.
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
    /// What a CA is to be asked for, so that it stands there as it does here.
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

    /// What was to be told is no longer so: somebody else who has the certificate has a newer process.
    fileprivate static let standsOtherwise = StepResult(state: .superseded, error: nil)
}
