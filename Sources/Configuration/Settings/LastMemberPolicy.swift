package import LDAP

/// What happens to a role group that may not lose its last member.
package enum LastMemberPolicy: Hashable, Sendable {
    /// This DN takes the member's place.
    case placeholder(DN)
    case fail
    case deleteGroup
}

extension LastMemberPolicy {
    static let words = ["placeholder", "fail", "deleteGroup"]

    /// A word, or a section with policy and dn.
    ///
    /// `base`: where the groups are; nil when that was rejected.
    init?(_ field: Field, base: DN?) {
        var policy: String?
        var placeholder: DN?
        switch field.node.content {
        case .mapping:
            guard let section = Section(field) else { return nil }
            policy = section.field("policy")?.word(among: Self.words)
            placeholder = section.field("dn")?.dn()
            if section.has("dn"), placeholder == nil { return nil }
        case .scalar, .sequence, .unusable:
            policy = field.word(among: Self.words)
        }
        switch policy {
        case "fail": self = .fail
        case "deleteGroup": self = .deleteGroup
        case "placeholder":
            guard let dn = placeholder ?? base.flatMap(Self.standard) else { return nil }
            self = .placeholder(dn)
        default: return nil
        }
    }

    /// `cn=nobody` below the dc parts that end `base`, or below its last part where none does.
    ///
    /// Names no entry that must exist: where the server wants one (Active Directory, or refint
    /// set to check), the administrator configures it.
    static func standard(_ base: DN) -> DN? {
        let isComponent = { (rdn: RDN) in rdn.normalized.hasPrefix("dc=") }
        let components = base.rdns.reversed().prefix(while: isComponent).reversed()
        let suffix = components.isEmpty ? base.rdns.suffix(1) : Array(components)[...]
        return DN((["cn=nobody"] + suffix.map(\.text)).joined(separator: ","))
    }
}
