/// An LDAP result code (RFC 4511, appendix A) or one of libldap's own, which are negative.
package struct ResultCode: RawRepresentable, Hashable, Sendable {
    package let rawValue: Int32

    package init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    package static let success = ResultCode(rawValue: 0)
    package static let noSuchAttribute = ResultCode(rawValue: 16)
    package static let typeOrValueExists = ResultCode(rawValue: 20)
    package static let noSuchObject = ResultCode(rawValue: 32)
    package static let objectClassViolation = ResultCode(rawValue: 65)
    package static let assertionFailed = ResultCode(rawValue: 122)
}
