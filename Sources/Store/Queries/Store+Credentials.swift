package import Ground
package import Identity

extension Store {
    /// A user's credentials, or everybody's.
    package func credentials(of user: UserID?) throws -> [Credential] {
        let table = try CredentialTable(self)
        if let user { return try table.credentials(of: user) }
        var all: [Credential] = []
        try table.read { all.append($0) }
        return all
    }

    /// A user's certificates, or everybody's, each once; `revoked`: only those, since a time where one is
    /// given.
    package func certificates(
        of user: UserID?, revoked: Bool, since: Timestamp?
    ) throws -> [Certificate] {
        let table = try CertificateTable(self)
        var found: [Certificate] = []
        switch (user, revoked) {
        case (let user?, true): try table.readRevoked(of: user, since: since) { found.append($0) }
        case (nil, true): try table.readRevoked(since: since) { found.append($0) }
        case (let user?, false): found = try table.certificates(of: user)
        case (nil, false): try table.read { found.append($0) }
        }
        return found
    }

    /// A user as somebody for whom a certificate is shown.
    package func holder(_ user: UserID) throws(StoreError) -> CertificateArrival.Holder {
        try CertificateArrival.Holder(user, by: CertificateArrival.Holder.statement(database))
    }

    /// The serials of the certificates on a credential.
    package func serials(on credential: Credential) throws(StoreError) -> [String] {
        try CertificateTable(self).certificates(ofCredential: credential.id)
            .map(\.content.serial)
    }

    /// The serial of a credential by its row id.
    package func serial(ofCredential id: CredentialID?) throws(StoreError) -> String? {
        guard let id else { return nil }
        return try CredentialTable(self).credential(id)?.serial
    }
}
