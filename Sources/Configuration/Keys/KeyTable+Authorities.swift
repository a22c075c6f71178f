extension KeyTable {
    static let authorities = [
        Key(
            "authorities", .named, .standard(.mapping([])),
            "The CAs that issued the certificates, each under a name of your own. Absent: nobody is told of a revocation, and nothing is verified."
        ),
        Key("authorities.*", .section, .none, "One CA, under your name for it."),
        Key(
            "authorities.*.certificate", .path, .required(example: "certificate: staff-ca.pem"),
            "A PEM file with the issuing CA's certificate alone. It verifies what the CA signed."),
        Key(
            "authorities.*.tell", .section, .none,
            "How the CA is told of revocations: cmp or run. Absent: it is not told."),
        Key(
            "authorities.*.tell.cmp", .section, .none,
            "By CMP (RFC 4210): uri, trust, and certificate with key, or reference with secretFile."
        ),
        Key(
            "authorities.*.tell.cmp.uri", .web,
            .required(example: "uri: \"https://ca.example.com/pkix/lockstep\""),
            "Where the CA answers: https://host/path or http://host/path. Proxies are not supported."
        ),
        Key(
            "authorities.*.tell.cmp.certificate", .path, .none,
            "A PEM file with the certificate that signs our requests, and its chain. Goes with key."
        ),
        Key(
            "authorities.*.tell.cmp.key", .path, .none,
            "A PEM file with that certificate's private key, without a password; group-readable at most."
        ),
        Key(
            "authorities.*.tell.cmp.trust", .path, .required(example: "trust: cmp-server.pem"),
            "A PEM file with the anchors of the answers' signer and of the TLS server."),
        Key(
            "authorities.*.tell.cmp.reference", .text, .none,
            "Says to the CA which secret protects our requests. Goes with secretFile."),
        Key(
            "authorities.*.tell.cmp.secretFile", .path, .none,
            "A file that holds the secret and nothing else; group-readable at most. One newline at its end is dropped."
        ),
        Key(
            "authorities.*.tell.run", .list(.text), .none,
            "A program and its arguments, called for each request. Its path is absolute."),
        Key(
            "authorities.*.tell.holds", .boolean, .standard(.text("true")),
            "false: this CA knows no certificateHold, and is not told of one."),
        Key(
            "authorities.*.see", .section, .none,
            "Where the CA says what is revoked: crl, ocsp or both. Absent: nobody looks."),
        Key(
            "authorities.*.see.crl", .oneOrList(.location), .none,
            "The CA's list of revoked certificates: http://, https:// or a file; or a list of such lists, which are read together."
        ),
        Key(
            "authorities.*.see.ocsp", .web, .none,
            "The CA's OCSP responder: http://host/path or https://host/path."),
        Key(
            "authorities.*.within", .duration(atLeast: 1), .standard(.text("24h")),
            "What the CA was told and nobody has seen by then needs a person."),
    ]

    /// Keys that people look for and that are not there, with why.
    static let refused = [
        "authorities.*.tell.cmp.proxy":
            "proxies are not supported: the CA must be reached without one",
        "authorities.*.see.proxy":
            "proxies are not supported: lists and responders must be reached without one",
    ]
}
