package import Ground
package import Identity
package import Store

/// A certificate as every document shows it: what it is, and what other people have to do with it.
package struct CertificateFacts {
    package let certificate: Certificate
    /// The serial of the credential that it is on.
    package let credential: String?
    /// Whether a different certificate of somebody else claims its issuer and serial.
    package let isDisputed: Bool
    /// Others who have the very same one.
    package let others: [User]

    /// `claims` is shared by all certificates of a list.
    package init(_ certificate: Certificate, _ claims: CertificateClaims, store: Store) throws {
        self.certificate = certificate
        credential = try store.serial(ofCredential: certificate.credential)
        isDisputed = try claims.isDisputed(certificate.content)
        others = try claims.others(certificate).compactMap { try store.user($0) }
    }

    /// As of `now`; `verified` is null while nothing can tell whether the issuer has signed it, and
    /// `authority` is null for one that no authority vouches for.
    package func json(at now: Timestamp, user: JSONValue? = nil) -> JSONValue {
        let (content, revocation) = (certificate.content, certificate.revocation)
        let binding = certificate.binding
        var members: [String: JSONValue] = [
            "serial": .string(content.serial), "issuer": .string(content.issuer),
            "subject": .string(content.subject), "credential": JSONValue(credential),
            "notBefore": content.notBefore.json, "notAfter": content.notAfter.json,
            "state": .string(certificate.state(at: now).rawValue),
            "revocationReason": JSONValue(revocation?.reason.rawValue),
            "revokedAt": (revocation?.at).json, "heldAt": (certificate.held?.at).json,
            "escalatedAt": (revocation?.escalatedAt).json,
            "fingerprint": .string(String(hexadecimal: content.fingerprint)),
            "verified": binding.verified.map { .bool($0) } ?? .null,
            "told": binding.told.json, "seen": (binding.seen?.at).json, "authority": binding.json,
            "disputed": .bool(isDisputed), "others": .array(others.map(\.reference)),
        ]
        if let user { members["user"] = user }
        return .object(members)
    }
}

extension CertificateBinding {
    /// `{name, told, seen, by}`; null where no authority vouches for it.
    var json: JSONValue {
        guard let authority, verified == true else { return .null }
        return [
            "name": .string(authority), "told": told.json, "seen": (seen?.at).json,
            "by": JSONValue(seen?.by.rawValue),
        ]
    }
}
