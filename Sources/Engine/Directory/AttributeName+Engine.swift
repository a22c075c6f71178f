internal import LDAP

// The attributes that the engine itself asks for (RFC 4519, RFC 2307, RFC 4530 and OpenLDAP's own).
extension AttributeName {
    static let objectClass = AttributeName(trusted: "objectClass")
    static let member = AttributeName(trusted: "member")
    static let uniqueMember = AttributeName(trusted: "uniqueMember")
    static let memberUid = AttributeName(trusted: "memberUid")
    /// OpenLDAP's dyngroup.schema, and draft-haripriya-dynamicgroup.
    static let memberURL = AttributeName(trusted: "memberURL")
    static let memberOf = AttributeName(trusted: "memberOf")
    static let cn = AttributeName(trusted: "cn")
    static let uid = AttributeName(trusted: "uid")
    static let userPrincipalName = AttributeName(trusted: "userPrincipalName")
    static let sAMAccountName = AttributeName(trusted: "sAMAccountName")
    static let entryCSN = AttributeName(trusted: "entryCSN")
}
