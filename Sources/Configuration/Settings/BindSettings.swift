package import LDAP

package enum BindSettings: Sendable {
    /// `cleartext`: the password may go over an unprotected connection.
    case simple(dn: DN, password: PasswordSource, cleartext: Bool)
    case external
    case gssapi
}

extension BindSettings {
    static let mechanisms = ["EXTERNAL", "GSSAPI"]

    /// Exactly one of dn and passwordFile, dn and `password: ask`, sasl.
    init?(_ field: Field) {
        guard let section = Section(field) else { return nil }
        guard section.has("sasl") else {
            self.init(simple: section)
            return
        }
        for name in ["dn", "passwordFile", "password", "cleartext"] where section.has(name) {
            section.field(name)?.reject(
                "does not go with sasl; leave one of the two out")
        }
        switch section.field("sasl")?.word(among: Self.mechanisms) {
        case "EXTERNAL": self = .external
        case "GSSAPI": self = .gssapi
        default: return nil
        }
    }

    private init?(simple section: Section) {
        let cleartext = section.field("cleartext")?.boolean()
        let dn = section.field("dn")?.dn()
        if !section.has("dn") {
            section.field.reject(
                "says neither dn nor sasl; write dn and passwordFile, or sasl: EXTERNAL or GSSAPI")
        }
        let password = Self.password(section, of: dn)
        guard let cleartext, let dn, let password else { return nil }
        self = .simple(dn: dn, password: password, cleartext: cleartext)
    }

    private static func password(_ section: Section, of dn: DN?) -> PasswordSource? {
        let ask = section.field("password")
        let file = section.field("passwordFile")
        let path = file?.path()
        if let ask {
            guard case .scalar(let scalar) = ask.node.content, scalar.text == "ask" else {
                ask.reject(
                    "a password never stands in this file; write it into a file of its own, "
                        + "name that with passwordFile, or write ask here")
                return nil
            }
            file?.reject("does not go with password: ask; leave one of the two out")
        }
        if let override = section.field.reading.passwordFile { return .file(override) }
        if ask != nil {
            return dn.map { .ask(for: "\($0.text) (\(section.field.place.written))") }
        }
        if section.has("dn"), file == nil {
            section.field.reject(
                "says no password; write passwordFile: /path/of/the/file, or password: ask")
        }
        return path.map { .file($0) }
    }
}

package enum PasswordSource: Hashable, Sendable {
    /// Absolute path.
    case file(String)
    /// Asked for on the terminal; the text says whose password, and tells two directories' apart.
    case ask(for: String)
}

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
