extension ResultCode {
    /// The RFC's name for the code, `insufficientAccessRights`; `unknown` for one without a name.
    package var name: String {
        Self.names[rawValue] ?? "unknown"
    }

    /// Whether the same request may succeed later although nobody repaired anything.
    ///
    /// The server or the way to it is down, busy or slow. A limit that an administrator set (4, 11)
    /// lasts; so does `other` (80), which servers answer to what they can't do at all. A local
    /// error (-2) is libldap's own and seldom of the network: it lasts. An answer that makes no sense
    /// (-4) is an accident of the way or of that server, and so is one that a signal cut off (-8).
    package var isPassing: Bool {
        switch self {
        case .timeLimitExceeded, .busy, .unavailable, .canceled, .serverDown, .timeout, .noMemory,
            .connectError, .decodingError, .userCancelled, .classicServerDown, .classicTimeout,
            .classicConnectError:
            true
        default: false
        }
    }

    private static let names: [Int32: String] = [
        0: "success",
        1: "operationsError",
        2: "protocolError",
        3: "timeLimitExceeded",
        4: "sizeLimitExceeded",
        5: "compareFalse",
        6: "compareTrue",
        7: "authMethodNotSupported",
        8: "strongerAuthRequired",
        10: "referral",
        11: "adminLimitExceeded",
        12: "unavailableCriticalExtension",
        13: "confidentialityRequired",
        14: "saslBindInProgress",
        16: "noSuchAttribute",
        17: "undefinedAttributeType",
        18: "inappropriateMatching",
        19: "constraintViolation",
        20: "attributeOrValueExists",
        21: "invalidAttributeSyntax",
        32: "noSuchObject",
        33: "aliasProblem",
        34: "invalidDNSyntax",
        36: "aliasDereferencingProblem",
        48: "inappropriateAuthentication",
        49: "invalidCredentials",
        50: "insufficientAccessRights",
        51: "busy",
        52: "unavailable",
        53: "unwillingToPerform",
        54: "loopDetect",
        64: "namingViolation",
        65: "objectClassViolation",
        66: "notAllowedOnNonLeaf",
        67: "notAllowedOnRDN",
        68: "entryAlreadyExists",
        69: "objectClassModsProhibited",
        71: "affectsMultipleDSAs",
        80: "other",
        118: "canceled",
        119: "noSuchOperation",
        120: "tooLate",
        121: "cannotCancel",
        122: "assertionFailed",
        123: "authorizationDenied",
        4096: "e-syncRefreshRequired",
        -1: "serverDown",
        -2: "localError",
        -3: "encodingError",
        -4: "decodingError",
        -5: "timeout",
        -6: "authUnknown",
        -7: "filterError",
        -8: "userCancelled",
        -9: "paramError",
        -10: "noMemory",
        -11: "connectError",
        -12: "notSupported",
        -13: "controlNotFound",
        -14: "noResultsReturned",
        -15: "moreResultsToReturn",
        -16: "clientLoop",
        -17: "referralLimitExceeded",
        81: "serverDown",
        85: "timeout",
        91: "connectError",
    ]
}
