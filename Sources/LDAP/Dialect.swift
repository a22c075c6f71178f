/// How one kind of server says that an account is disabled, and names its entries for ever.
package enum Dialect: String, Sendable, CaseIterable {
    case openldap
    case directoryServer389 = "389ds"
    case freeIPA = "freeipa"
    case activeDirectory
    case eDirectory
    case openDJ
    case pingDirectory
    case ibmSDS
    case custom
}
