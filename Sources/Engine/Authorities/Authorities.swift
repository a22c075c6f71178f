internal import Authority
package import Configuration
internal import Crypto
package import Ground
package import Identity
package import Store

/// The CAs of the configuration, ready to be asked.
package struct Authorities {
    /// In the order of the file.
    package let all: [IssuingAuthority]

    package static var none: Authorities { Authorities(all: []) }

    private init(all: [IssuingAuthority]) {
        self.all = all
    }

    /// Reads their files; refused (78) with a sentence for each authority that has something wrong.
    ///
    /// `owner`: who beside root may own a program that tells.
    package init(
        _ settings: [AuthoritySettings], owner: UInt32, now: Timestamp
    ) throws(Refusal) {
        var all: [IssuingAuthority] = []
        var problems: [String] = []
        for each in settings {
            do throws(AuthorityProblem) {
                all.append(try IssuingAuthority(each, owner: owner, now: now.seconds))
            } catch {
                problems.append(error.description)
            }
        }
        guard problems.isEmpty else {
            throw Refusal(.configuration, problems.joined(separator: "\n"))
        }
        self.init(all: all)
    }

    package subscript(name: String) -> IssuingAuthority? { all.first { $0.name == name } }

    var identities: [AuthorityTable.Identity] {
        all.map(\.identity)
    }

    /// Who signed a certificate (DER): of several with the issuer's name the one whose key fits.
    func verdict(on der: [UInt8]) -> (authority: String?, verified: Bool?) {
        var named: String?
        for authority in all {
            switch authority.certificate.verdict(on: der) {
            case .issued: return (authority.name, true)
            case .forged: named = named ?? authority.name
            case .otherIssuer: continue
            }
        }
        return named.map { ($0, false) } ?? (nil, nil)
    }

    /// Finds the authority of each certificate in the store: of those that came since the last time, or
    /// of all of them where the configuration names other authorities by now.
    package func bind(in store: Store) throws(StoreError) {
        let table = BindingTable(store)
        if try !isKnown(in: store) {
            try store.write { (transaction) throws(StoreError) in
                try AuthorityTable(store).replace(with: identities, in: transaction)
                try table.unbindAll(in: transaction)
            }
        }
        guard !all.isEmpty else { return }
        while true {
            let page = try table.due(Self.page)
            guard !page.isEmpty else { return }
            // Outside of a transaction: verifying a signature takes longer than writing the row, and a
            // lock may be waiting.
            let verdicts = page.map { ($0.fingerprint, verdict(on: $0.der)) }
            try store.write { (transaction) throws(StoreError) in
                for (fingerprint, verdict) in verdicts {
                    try bind(fingerprint, verdict, in: transaction)
                }
            }
        }
    }

    /// Whether the authority of every certificate was looked for among just these.
    private func isKnown(in store: Store) throws(StoreError) -> Bool {
        try AuthorityTable(store).all().map(\.identity)
            == identities.sorted { $0.name < $1.name }
    }

    /// The same for one user's certificates, so that a lock waits for nobody else's.
    package func bind(_ user: UserID, in store: Store) throws(StoreError) {
        let table = BindingTable(store)
        let changed = try table.rows(of: user).compactMap { row, binding, isDue in
            let verdict = verdict(on: row.der)
            let isKnown = verdict == (binding.authority, binding.verified)
            // A certificate whose authority is known and that is looked at again has changed its state by
            // arriving somewhere, and its CA is to be told.
            return isKnown && !(isDue && verdict.verified == true)
                ? nil : (row.fingerprint, verdict)
        }
        guard !changed.isEmpty else { return }
        let isCurrent = try isKnown(in: store)
        try store.write { (transaction) throws(StoreError) in
            // The other users' certificates are still to be looked at: the next sync must see that.
            if !isCurrent {
                try AuthorityTable(store).replace(
                    with: identities.map(\.unfinished), in: transaction)
            }
            for (fingerprint, verdict) in changed {
                try bind(fingerprint, verdict, in: transaction)
            }
        }
    }

    /// A certificate that was born revoked or on hold, and whose authority is found only now: that
    /// authority is to be told.
    private func bind(
        _ fingerprint: [UInt8], _ verdict: (authority: String?, verified: Bool?),
        in transaction: borrowing Transaction
    ) throws(StoreError) {
        try BindingTable(transaction.store).bind(
            fingerprint, to: verdict.authority, verified: verdict.verified, in: transaction)
        guard verdict.verified == true, let name = verdict.authority,
            let tell = self[name]?.settings.tell
        else { return }
        try OwedTellingTable(transaction.store).addBorn(
            ToldCertificate(authority: name, fingerprint: fingerprint), knowsHold: tell.holds,
            in: transaction)
    }

    private static let page: Int64 = 500
}

extension IssuingAuthority {
    var identity: AuthorityTable.Identity {
        AuthorityTable.Identity(
            name: name, issuer: issuer, certificate: certificate.facts.fingerprint)
    }
}

extension AuthorityTable.Identity {
    /// An identity that no authority of the configuration has: a CA has a name.
    fileprivate var unfinished: AuthorityTable.Identity {
        AuthorityTable.Identity(name: name, issuer: "", certificate: certificate)
    }
}
