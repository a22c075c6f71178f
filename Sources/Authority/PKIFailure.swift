/// The bits of a CA's PKIFailureInfo (RFC 4210, 5.2.3), in words.
package struct PKIFailure: OptionSet, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// The certificate was revoked before.
    package static let certRevoked = PKIFailure(rawValue: 1 << 10)
    package static let systemUnavailable = PKIFailure(rawValue: 1 << 24)

    /// What may be otherwise when it is asked again: the CA's clock or service, not the request.
    package static let passing: PKIFailure = [
        .systemUnavailable, PKIFailure(rawValue: 1 << 14), PKIFailure(rawValue: 1 << 21),
        PKIFailure(rawValue: 1 << 25),
    ]

    private static let names: [(name: String, meaning: String)] = [
        ("badAlg", "it does not take the algorithm of our signature"),
        ("badMessageCheck", "it finds our signature or secret wrong"),
        ("badRequest", "it does not allow the request"),
        ("badTime", "our clock and its clock differ too much"),
        ("badCertId", "it knows no certificate of that issuer and serial"),
        ("badDataFormat", "it can't read the request"),
        ("wrongAuthority", "it is not the authority of that certificate"),
        ("incorrectData", "it finds the request's data wrong"),
        ("missingTimeStamp", "it wants a time stamp"),
        ("badPOP", "it finds the proof of possession wrong"),
        ("certRevoked", "the certificate is revoked already"),
        ("certConfirmed", "the certificate is confirmed already"),
        (
            "wrongIntegrity",
            "it wants the other protection: a secret instead of a signature, or the reverse"
        ),
        ("badRecipientNonce", "it finds the recipient's nonce wrong"),
        ("timeNotAvailable", "it has no time at present"),
        ("unacceptedPolicy", "it does not take the policy"),
        ("unacceptedExtension", "it does not take an extension of the request"),
        ("addInfoNotAvailable", "it has no information of that kind"),
        ("badSenderNonce", "it finds our nonce missing or wrong"),
        ("badCertTemplate", "it finds the certificate's description wrong"),
        ("signerNotTrusted", "it does not know or trust our certificate"),
        ("transactionIdInUse", "it has the transaction under way already"),
        ("unsupportedVersion", "it does not speak this version of CMP"),
        ("notAuthorized", "our certificate or secret may not revoke"),
        ("systemUnavail", "it can't work at present"),
        ("systemFailure", "it failed"),
        ("duplicateCertReq", "it has the request already"),
    ]

    /// Such as `badCertId (4): it knows no certificate of that issuer and serial`; empty without a bit.
    package var sentence: String {
        let words = Self.names.enumerated().compactMap { bit, entry in
            contains(PKIFailure(rawValue: 1 << UInt32(bit)))
                ? "\(entry.name) (\(bit)): \(entry.meaning)" : nil
        }
        return words.joined(separator: "; ")
    }
}
