internal import Ground
internal import Identity
internal import Store

/// A certificate as every document shows it: what it is, and what other people have to do with it.
struct CertificateFacts {
    let certificate: Certificate
    /// The serial of the credential that it is on.
    let credential: String?
    /// Whether a different certificate of somebody else claims its issuer and serial.
    let isDisputed: Bool
    /// Others who have the very same one.
    let others: [User]

    /// `claims` is shared by all certificates of a list.
    init(_ certificate: Certificate, _ claims: CertificateClaims, store: Store) throws {
        self.certificate = certificate
        credential = try store.serial(ofCredential: certificate.credential)
        isDisputed = try claims.isDisputed(certificate.content)
        others = try claims.others(certificate).compactMap { try store.user($0) }
    }

    /// As of `now`; `verified` is null while nothing can tell whether the issuer has signed it.
    func json(at now: Timestamp, user: JSONValue? = nil) -> JSONValue {
        let (content, revocation) = (certificate.content, certificate.revocation)
        var members: [String: JSONValue] = [
            "serial": .string(content.serial), "issuer": .string(content.issuer),
            "subject": .string(content.subject), "credential": JSONValue(credential),
            "notBefore": content.notBefore.json, "notAfter": content.notAfter.json,
            "state": .string(certificate.state(at: now).rawValue),
            "revocationReason": JSONValue(revocation?.reason.rawValue),
            "revokedAt": (revocation?.at).json, "heldAt": (certificate.held?.at).json,
            "escalatedAt": (revocation?.escalatedAt).json,
            "fingerprint": .string(String(hexadecimal: content.fingerprint)), "verified": .null,
            "disputed": .bool(isDisputed), "others": .array(others.map(\.reference)),
        ]
        if let user { members["user"] = user }
        return .object(members)
    }
}
