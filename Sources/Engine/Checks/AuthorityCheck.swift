internal import Authority
package import Configuration
internal import Crypto
package import Ground
internal import Identity
package import Store

/// Whether each authority can be told, asked and believed; nothing is revoked for it.
package struct AuthorityCheck {
    private let settings: [AuthoritySettings]
    private let owner: UInt32
    private let store: Store?
    private let now: Timestamp
    private let watch: RequestWatch

    /// How long one answer may take.
    private static let limit = Duration.seconds(30)
    private static let soon: Int64 = 30 * 86_400

    /// Checks authorities whose programs root or `owner` may own.
    ///
    /// `store`: nil where there is none to read.
    package init(
        _ settings: [AuthoritySettings], owner: UInt32, store: Store?, now: Timestamp,
        watch: RequestWatch = .none
    ) {
        self.settings = settings
        self.owner = owner
        self.store = store
        self.now = now
        self.watch = watch
    }

    /// None where no authority is configured.
    package func lines() throws(StoreError) -> [CheckLine] {
        guard !settings.isEmpty else { return [] }
        var lines: [CheckLine] = []
        for each in settings {
            switch opened(each) {
            case .failure(let problem):
                lines.append(CheckLine(.authority, .failed("\(problem.description).")))
            case .success(let authority):
                lines += ends(of: authority).map { CheckLine(.authority, $0) }
                lines += telling(authority).map { CheckLine(.revocation, $0) }
                lines += try untold(authority).map { CheckLine(.revocation, $0) }
                lines += try seeing(authority).map { CheckLine(.revocation, $0) }
            }
        }
        if let store { lines.append(CheckLine(.revocation, try unvouched(in: store))) }
        return lines
    }

    private func opened(_ each: AuthoritySettings) -> Result<IssuingAuthority, AuthorityProblem> {
        do throws(AuthorityProblem) {
            return .success(try IssuingAuthority(each, owner: owner, now: now.seconds))
        } catch {
            return .failure(error)
        }
    }

    /// Until when the CA's own certificate and our signer's are good.
    private func ends(of authority: IssuingAuthority) -> [CheckVerdict] {
        let facts = authority.certificate.facts
        let own = end(
            facts.notAfter, "\(authority.name): the certificate of “\(facts.subject)”",
            "What it signs is believed by nobody then: give the new one.")
        let signer = authority.signerEnd.map {
            end(
                $0, "\(authority.name): the certificate that signs our requests",
                "Every lock is refused then: have it renewed.")
        }
        return [own] + (signer.map { [$0] } ?? [])
    }

    private func end(_ end: Int64, _ what: String, _ then: String) -> CheckVerdict {
        let time = Timestamp(seconds: end).rfc3339
        if end < now.seconds { return .failed("\(what) ended at \(time). \(then)") }
        if end < now.seconds + Self.soon { return .warning("\(what) ends at \(time). \(then)") }
        return .ok("\(what) is good until \(time)")
    }

    /// A greeting that asks for nothing: whether the CA answers, and takes our signature.
    private func telling(_ authority: IssuingAuthority) -> [CheckVerdict] {
        switch authority.settings.tell?.way {
        case nil:
            return [
                .ok("\(authority.name) is not told; lockstep certificates --revoked is its list")
            ]
        case .program(let words):
            return [.ok("\(authority.name) is told by \(words[0]), which can be run")]
        case .cmp(let cmp):
            do throws(AuthorityFileError) {
                let client = authority.client(now: now.seconds)
                guard let why = try client?.greet(within: Self.limit) else {
                    return [
                        .ok("\(authority.name) answers at \(cmp.uri), and takes our protection")
                    ]
                }
                return [.failed("\(authority.name): \(why). Nobody can tell it of revocations.")]
            } catch {
                return [.failed("\(authority.name): \(error.description).")]
            }
        }
    }

    /// What was revoked here before it was told of anything.
    private func untold(_ authority: IssuingAuthority) throws(StoreError) -> [CheckVerdict] {
        guard let store, let tell = authority.settings.tell else { return [] }
        let count = try store.untold(of: authority.name, knowsHold: tell.holds, at: now).count
        guard count > 0 else { return [] }
        return [
            .warning(
                "\(authority.name): \(count == 1 ? "a certificate was" : "\(count) certificates were") "
                    + "revoked or put on hold here, and nobody has told it. lockstep retry does.")
        ]
    }

    private func seeing(_ authority: IssuingAuthority) throws(StoreError) -> [CheckVerdict] {
        guard authority.settings.see != nil else {
            return [
                .warning(
                    "\(authority.name): nobody sees what it says: give see.crl or see.ocsp")
            ]
        }
        var verdicts: [CheckVerdict] = []
        for source in authority.lists { verdicts.append(try list(source, of: authority)) }
        if let responder = authority.ocsp(at: now) {
            verdicts.append(try self.responder(responder, of: authority))
        }
        return verdicts
    }

    private func list(
        _ source: RevocationList.Source, of authority: IssuingAuthority
    ) throws(StoreError) -> CheckVerdict {
        let known = try store.flatMap { store throws(StoreError) in
            try AuthorityTable(store).list(source.text, of: authority.identity)
        }
        do throws(ExchangeFailure) {
            let read = try ListReading(
                source, of: authority, after: known, now: now, within: Self.limit, watch: watch)
            let next = read.kept.nextUpdate.map { ", next \($0.rfc3339)" } ?? ""
            let number = read.kept.number.map { " \($0)" } ?? ""
            return .ok(
                "\(authority.name): list\(number) of \(read.kept.thisUpdate.rfc3339)\(next), from "
                    + source.text)
        } catch {
            return .failed("\(authority.name): \(error.sentence).")
        }
    }

    /// About one certificate of the store: a responder can't be asked about nothing.
    private func responder(
        _ responder: OCSPResponder, of authority: IssuingAuthority
    ) throws(StoreError) -> CheckVerdict {
        let address = responder.address
        let row = try store.flatMap { store throws(StoreError) in
            try BindingTable(store).longestUnasked(of: authority.name, at: now, most: 1).first
        }
        guard let row else {
            return .notProven(
                "\(authority.name): no certificate of it is known to ask \(address.text) about")
        }
        do throws(ExchangeFailure) {
            let standing = try authority.ask(
                responder, about: row.der, within: Self.limit, watch: watch)
            guard standing != .unknown else {
                return .failed(
                    "\(authority.name): \(address.text) does not know a certificate that it signed. "
                        + "Ask whether it has the CA's index.")
            }
            return .ok("\(authority.name) answers at \(address.text), and is believed")
        } catch {
            return .failed("\(authority.name): \(error.sentence).")
        }
    }

    private func unvouched(in store: Store) throws(StoreError) -> CheckVerdict {
        let live = try BindingTable(store).live(at: now)
        guard live.unverified > 0 else {
            return .ok(
                live.verified == 1
                    ? "the one live certificate is vouched for"
                    : "all \(live.verified) live certificates are vouched for")
        }
        return .warning(
            live.unverified.of(
                live.verified + live.unverified, "live certificates", "is", "are")
                + " vouched for by no authority: nobody is told when "
                + "\(live.unverified == 1 ? "it is" : "they are") revoked. lockstep certificates "
                + "--json names \(live.unverified == 1 ? "it" : "them").")
    }
}
