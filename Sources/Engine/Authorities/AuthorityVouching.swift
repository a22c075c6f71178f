internal import Configuration
internal import Identity
internal import Store

extension Authorities {
    /// Which authority issued each of some certificates, by their rows; a certificate that none issued is
    /// left out.
    ///
    /// One whose authority was not looked for yet is looked at now: a lock does not wait for a sync.
    func vouching(
        for certificates: [Certificate], in store: Store
    ) throws(StoreError) -> [CertificateID: Vouching] {
        var all: [CertificateID: Vouching] = [:]
        guard !self.all.isEmpty else { return all }
        let table = BindingTable(store)
        for certificate in certificates {
            var verdict = (
                authority: certificate.binding.authority, verified: certificate.binding.verified
            )
            if verdict.verified == nil {
                guard let der = try table.der(of: certificate.content.fingerprint) else { continue }
                verdict = self.verdict(on: der)
            }
            all[certificate.id] = vouching(verdict.authority, verdict.verified)
        }
        return all
    }

    private func vouching(_ name: String?, _ verified: Bool?) -> Vouching? {
        guard let name, let verified, let settings = self[name]?.settings else { return nil }
        guard verified else { return .forged(name) }
        return .issued(
            by: KnownAuthority(
                name: name, isTold: settings.tell != nil,
                knowsHold: settings.tell?.holds ?? true))
    }
}
