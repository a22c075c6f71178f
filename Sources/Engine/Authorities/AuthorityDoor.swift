internal import Authority
internal import Configuration
internal import Crypto
internal import Glibc
internal import Ground
internal import Identity
internal import Store

/// What a CA made of a request.
enum AuthorityAnswer: Hashable, Sendable {
    case done
    /// It was revoked there before.
    case revokedAlready
    /// In the CA's words: asking again won't help.
    case refused(String)
    /// Nobody knows what became of it, or nothing did: it is asked again.
    case later(String)
}

/// What a CA is asked to do with one certificate.
struct AuthorityQuestion {
    let request: AuthorityRequest
    let authority: IssuingAuthority
    let certificate: Certificate
    let der: [UInt8]
    /// The key by which the CA's program knows a request that it was given before.
    let event: String

    /// Why, in RFC 5280's words.
    private var reason: RevocationReason? {
        switch request {
        case .revoke: certificate.revocation?.reason ?? .unspecified
        case .hold: .certificateHold
        case .release: nil
        }
    }

    private var code: CMPClient.Reason {
        reason.map { CMPClient.Reason(rawValue: Int32($0.code)) } ?? .removeFromCRL
    }

    /// Since when the certificate has been in that state here; nil: it is in another by now.
    private var since: Timestamp? {
        switch request {
        case .revoke: certificate.revocation?.at
        case .hold: certificate.held?.at
        case .release: nil
        }
    }

    /// What the CA's program reads.
    func document(at now: Timestamp) -> JSONValue {
        let (content, name) = (certificate.content, authority.name)
        return [
            "event": .string(event), "request": .string(request.rawValue),
            "authority": .string(name), "issuer": .string(content.issuer),
            "serial": .string(content.serial),
            "reason": .string(reason?.rawValue ?? "removeFromCRL"),
            "at": .string((since ?? now).rfc3339), "certificate": .string(pem), "test": false,
        ]
    }

    /// RFC 7468: lines of 64 characters.
    private var pem: String {
        let text = Base64.encode(der)
        var lines = ["-----BEGIN CERTIFICATE-----"]
        var rest = text[...]
        while !rest.isEmpty {
            lines.append(String(rest.prefix(64)))
            rest = rest.dropFirst(64)
        }
        return (lines + ["-----END CERTIFICATE-----", ""]).joined(separator: "\n")
    }

    func ask(
        _ way: AuthoritySettings.Way, in context: EngineContext, within limit: Duration
    ) throws -> AuthorityAnswer {
        try context.sessions.watch.during("the CA \(authority.name)") {
            switch way {
            case .cmp:
                ask(
                    by: authority.client(
                        now: context.clock().seconds,
                        isStopped: Self.farewell(to: context.isInterrupted)), within: limit)
            case .program(let words): try call(words, in: context, within: limit)
            }
        }
    }

    /// How long the answer to a request is waited for once we are asked to stop: a CA that is well answers
    /// within it, and is not told twice.
    private static let grace = Duration.seconds(2)

    private static func farewell(to isInterrupted: @escaping () -> Bool) -> () -> Bool {
        var end: ContinuousClock.Instant?
        return {
            guard isInterrupted() else { return false }
            let given = end ?? .now + grace
            end = given
            return given <= .now
        }
    }

    private func ask(by client: CMPClient?, within limit: Duration) -> AuthorityAnswer {
        do throws(AuthorityFileError) {
            switch try client?.tell(der, code, within: limit) {
            case .done: return .done
            case .revokedAlready: return .revokedAlready
            case .refused(let words): return .refused(words)
            case .unknown(let words): return .later(words)
            case nil: return .refused("it is not told by CMP")
            }
        } catch {
            return .refused("\(authority.settings.key).tell.cmp: \(error)")
        }
    }

    /// A CA's program is called for one request at a time, whichever: it may keep a database of its own.
    private static let queue = StepKind.tellRevocation

    private func call(
        _ words: [String], in context: EngineContext, within limit: Duration
    ) throws -> AuthorityAnswer {
        let deadline = ContinuousClock.now + limit
        let path = context.store.path
        let lock = try QueueLock(
            store: path, kind: Self.queue, target: authority.name,
            waiting: limit.components.seconds / 2, unless: context.isInterrupted)
        guard let lock else { return .later("another program is calling it") }
        let answer = try call(
            words, in: context, within: deadline - .now,
            CallNote.Queue(store: path, kind: Self.queue, target: authority.name))
        _ = consume lock
        return answer
    }

    private func call(
        _ words: [String], in context: EngineContext, within limit: Duration,
        _ queue: CallNote.Queue
    ) throws -> AuthorityAnswer {
        do {
            let program = try ProgramFile(words.first ?? "", owner: context.store.owner)
            let call = ProgramCall(
                launcher: context.launcher, arguments: Array(words.dropFirst()),
                environment: ProgramCall.environment + [
                    "\(LeftCall.variable)=\(event)", "LOCKSTEP_AUTHORITY=\(authority.name)",
                ], timeout: limit)
            let document = Array(document(at: context.clock()).text.utf8)
            switch try call.run(program, document: document, as: event, in: queue) {
            case .done: return .done
            case .later(let words): return .later(words)
            case .failed(let words): return .refused(words)
            case .timedOut:
                return .later(
                    "\(program.path) did not end within \(Int((limit / .seconds(1)).rounded())) s")
            }
        } catch let refusal as ProgramRefusal {
            return .refused("\(authority.settings.key).tell.run: \(refusal)")
        }
    }
}
