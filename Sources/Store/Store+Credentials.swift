package import Identity
package import LDAP

extension Store {
    /// A user's credentials, or everybody's.
    package func credentials(of user: Int64?) throws -> [Credential] {
        let table = try CredentialTable(database)
        if let user { return try table.credentials(of: user) }
        var all: [Credential] = []
        try table.read { all.append($0) }
        return all
    }

    /// A user's certificates, or everybody's; `revoked`: only those, since a time where one is given.
    package func certificates(
        of user: Int64?, revoked: Bool, since: Timestamp?
    ) throws -> [Certificate] {
        let table = try CertificateTable(database)
        var found: [Certificate] = []
        if revoked {
            try table.readRevoked(since: since) { certificate in
                if user == nil || certificate.user == user { found.append(certificate) }
            }
        } else if let user {
            found = try table.certificates(of: user)
        } else {
            try table.read { found.append($0) }
        }
        return found
    }

    /// The serials of the certificates on a credential.
    package func serials(on credential: Credential) throws(StoreError) -> [String] {
        try CertificateTable(database).certificates(ofCredential: credential.id)
            .map(\.content.serial)
    }

    /// The serial of a credential by its row id.
    package func serial(ofCredential id: Int64?) throws(StoreError) -> String? {
        guard let id else { return nil }
        return try CredentialTable(database).credential(id)?.serial
    }
}
