internal import Configuration
internal import Ground
internal import Identity
internal import Store

/// What needs a person because of a CA.
struct AuthorityTroubles {
    private let facts: StatusFacts

    init(_ facts: StatusFacts) { self.facts = facts }

    var all: [Attention] {
        facts.authorities.flatMap { authority in
            let name = authority.settings.name
            return [unbelieved, ended, unseen, untold].map { $0(authority) }
                .compactMap(\.self)
                .map { found in
                    Attention(
                        kind: .authority, target: name, message: "\(name): \(found.message)",
                        hint: found.hint, identity: found.identity)
                }
        } + ofForgery
    }

    private typealias Found = (message: String, hint: String, identity: String?)

    /// What nobody should believe is told at once; an outage once it lasts.
    private func unbelieved(_ authority: StatusFacts.Authority) -> Found? {
        guard let failure = authority.overview.row.failure else { return nil }
        if failure.isGrave {
            return (
                failure.message + again(failure),
                "Nothing follows from what is not believed. Look at the CA, and at what stands "
                    + "between it and here.", failure.message
            )
        }
        guard failure.since.advanced(by: authority.settings.within) < facts.now else { return nil }
        return (
            "\(failure.message), since \(failure.since.rfc3339)" + again(failure),
            "What it revokes by itself does not get here: check the address and the network.",
            "outage"
        )
    }

    private func again(_ failure: AuthorityTable.Failure) -> String {
        facts.lastRun.map { "; tried again from \(failure.due(after: $0).rfc3339) on" } ?? ""
    }

    private func untold(_ authority: StatusFacts.Authority) -> Found? {
        let count = authority.untold
        guard count > 0 else { return nil }
        return (
            "\(count == 1 ? "a certificate was" : "\(count) certificates were") revoked or put on "
                + "hold here, and nobody has told it",
            "Others accept what is revoked here, unless somebody else told the CA. lockstep retry "
                + "tells it.", "untold"
        )
    }

    /// A list past its end says nothing of today.
    private func ended(_ authority: StatusFacts.Authority) -> Found? {
        let old = authority.overview.row.lists.compactMap { list in
            list.nextUpdate.flatMap { $0 < facts.now ? (list.source, $0) : nil }
        }
        guard let (source, end) = old.first, authority.overview.row.failure?.isGrave != true else {
            return nil
        }
        return (
            "the list \(source) ended at \(end.rfc3339), and no newer one was read",
            "Let the CA publish a new one; lockstep sync reads it.", "ended \(source)"
        )
    }

    private func unseen(_ authority: StatusFacts.Authority) -> Found? {
        let count = authority.overview.toldUnseen
        guard authority.settings.see != nil, let since = authority.overview.unseenSince,
            since.advanced(by: authority.settings.within) < facts.now
        else { return nil }
        return (
            "\(count == 1 ? "a certificate" : "\(count) certificates") of which it was told, the "
                + "first at \(since.rfc3339), can't be seen to stand so",
            "Others may still accept what is revoked here: ask the CA. lockstep certificates --json "
                + "has told and seen.", "unseen \(since.seconds)"
        )
    }

    private var ofForgery: [Attention] {
        facts.forged.map { claim in
            let name = claim.directory.naming(claim.username)
            let what =
                claim.count == 1
                ? "a certificate (\(claim.serial)) names"
                : "\(claim.count) certificates (\(claim.serial) is one) name"
            return Attention(
                kind: .certificate, target: name,
                message:
                    "\(claim.username): \(what) \(claim.authority) as the issuer, which did not "
                    + "sign \(claim.count == 1 ? "it" : "them")",
                hint:
                    "No CA is told of it. lockstep certificates \(name) shows it; who can write it "
                    + "into the entry may want to be taken for somebody else.")
        }
    }
}

extension Store {
    /// What an authority of the configuration was never told of; nothing where it is not told.
    func untold(
        of authority: AuthoritySettings, at now: Timestamp
    ) throws(StoreError) -> [UntoldCertificate] {
        guard let tell = authority.tell else { return [] }
        return try untold(of: authority.name, knowsHold: tell.holds, at: now)
    }
}
