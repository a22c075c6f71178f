package import LDAP

package struct CanarySettings: Sendable {
    package var dn: DN
    /// Absolute.
    package var passwordFile: String
}

extension CanarySettings {
    init?(_ field: Field) {
        guard let section = Section(field) else { return nil }
        let dn = section.field("dn")?.dn()
        let passwordFile = section.field("passwordFile")?.path()
        guard let dn, let passwordFile else { return nil }
        self.init(dn: dn, passwordFile: passwordFile)
    }
}
