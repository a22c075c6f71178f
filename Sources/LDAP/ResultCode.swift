/// An LDAP result code (RFC 4511, appendix A) or one of libldap's own, which are negative.
package struct ResultCode: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: Int32

    package init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// `insufficientAccessRights (50)`.
    package var description: String { "\(name) (\(rawValue))" }

    /// RFC 4511, appendix A.
    package static let success = ResultCode(rawValue: 0)
    package static let operationsError = ResultCode(rawValue: 1)
    package static let protocolError = ResultCode(rawValue: 2)
    package static let timeLimitExceeded = ResultCode(rawValue: 3)
    package static let sizeLimitExceeded = ResultCode(rawValue: 4)
    package static let compareFalse = ResultCode(rawValue: 5)
    package static let compareTrue = ResultCode(rawValue: 6)
    package static let authMethodNotSupported = ResultCode(rawValue: 7)
    package static let strongerAuthRequired = ResultCode(rawValue: 8)
    package static let referral = ResultCode(rawValue: 10)
    package static let adminLimitExceeded = ResultCode(rawValue: 11)
    package static let unavailableCriticalExtension = ResultCode(rawValue: 12)
    package static let confidentialityRequired = ResultCode(rawValue: 13)
    package static let saslBindInProgress = ResultCode(rawValue: 14)
    package static let noSuchAttribute = ResultCode(rawValue: 16)
    package static let undefinedAttributeType = ResultCode(rawValue: 17)
    package static let inappropriateMatching = ResultCode(rawValue: 18)
    package static let constraintViolation = ResultCode(rawValue: 19)
    /// RFC 4511's attributeOrValueExists.
    package static let typeOrValueExists = ResultCode(rawValue: 20)
    package static let invalidAttributeSyntax = ResultCode(rawValue: 21)
    package static let noSuchObject = ResultCode(rawValue: 32)
    package static let aliasProblem = ResultCode(rawValue: 33)
    package static let invalidDNSyntax = ResultCode(rawValue: 34)
    package static let aliasDereferencingProblem = ResultCode(rawValue: 36)
    package static let inappropriateAuthentication = ResultCode(rawValue: 48)
    package static let invalidCredentials = ResultCode(rawValue: 49)
    package static let insufficientAccessRights = ResultCode(rawValue: 50)
    package static let busy = ResultCode(rawValue: 51)
    package static let unavailable = ResultCode(rawValue: 52)
    package static let unwillingToPerform = ResultCode(rawValue: 53)
    package static let loopDetect = ResultCode(rawValue: 54)
    package static let namingViolation = ResultCode(rawValue: 64)
    package static let objectClassViolation = ResultCode(rawValue: 65)
    package static let notAllowedOnNonLeaf = ResultCode(rawValue: 66)
    package static let notAllowedOnRDN = ResultCode(rawValue: 67)
    package static let entryAlreadyExists = ResultCode(rawValue: 68)
    package static let objectClassModsProhibited = ResultCode(rawValue: 69)
    package static let affectsMultipleDSAs = ResultCode(rawValue: 71)
    package static let other = ResultCode(rawValue: 80)

    /// RFC 3909, RFC 4528, RFC 4370 and RFC 4533.
    package static let canceled = ResultCode(rawValue: 118)
    package static let noSuchOperation = ResultCode(rawValue: 119)
    package static let tooLate = ResultCode(rawValue: 120)
    package static let cannotCancel = ResultCode(rawValue: 121)
    package static let assertionFailed = ResultCode(rawValue: 122)
    package static let authorizationDenied = ResultCode(rawValue: 123)
    package static let syncRefreshRequired = ResultCode(rawValue: 4096)

    /// libldap's own (`ldap.h`, LDAP_SERVER_DOWN and below).
    package static let serverDown = ResultCode(rawValue: -1)
    package static let localError = ResultCode(rawValue: -2)
    package static let encodingError = ResultCode(rawValue: -3)
    package static let decodingError = ResultCode(rawValue: -4)
    package static let timeout = ResultCode(rawValue: -5)
    package static let authUnknown = ResultCode(rawValue: -6)
    package static let filterError = ResultCode(rawValue: -7)
    package static let userCancelled = ResultCode(rawValue: -8)
    package static let paramError = ResultCode(rawValue: -9)
    package static let noMemory = ResultCode(rawValue: -10)
    package static let connectError = ResultCode(rawValue: -11)
    package static let notSupported = ResultCode(rawValue: -12)
    package static let controlNotFound = ResultCode(rawValue: -13)
    package static let noResultsReturned = ResultCode(rawValue: -14)
    package static let moreResultsToReturn = ResultCode(rawValue: -15)
    package static let clientLoop = ResultCode(rawValue: -16)
    package static let referralLimitExceeded = ResultCode(rawValue: -17)

    /// What Windows and the C API of RFC 1823 call the same three.
    package static let classicServerDown = ResultCode(rawValue: 81)
    package static let classicTimeout = ResultCode(rawValue: 85)
    package static let classicConnectError = ResultCode(rawValue: 91)
}
