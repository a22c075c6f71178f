package import LDAP

package struct RolesSettings: Sendable {
    /// Never empty.
    package var bases: [DN]
    package var scope: SearchScope
    package var filter: Filter
    /// The attribute that names the role.
    package var name: AttributeName
    /// From the group's name to the role's.
    package var rename: [String: String]
    /// Groups that no lock strips.
    package var keep: [DN]
    package var lastMember: LastMemberPolicy
}

extension RolesSettings {
    init?(_ field: Field) {
        guard let section = Section(field) else { return nil }
        let bases = section.field("base")?.oneOrMore()?.readAll { $0.dn() }
        let scope = section.field("scope")?.word(SearchScope.self)
        let filter = section.field("filter")?.filter()
        let name = section.field("name")?.attribute()
        let rename = section.field("rename").flatMap(Self.renamed)
        let keep = section.field("keep")?.items()?.readAll { $0.dn() }
        let lastMember = section.field("lastMember").flatMap {
            LastMemberPolicy($0, base: bases?.first)
        }
        guard let bases, let scope, let filter, let name, let rename, let keep, let lastMember
        else { return nil }
        self.init(
            bases: bases, scope: scope, filter: filter, name: name, rename: rename, keep: keep,
            lastMember: lastMember)
    }

    private static func renamed(_ field: Field) -> [String: String]? {
        guard let names = field.named() else { return nil }
        var renamed: [String: String] = [:]
        for (name, field) in names { renamed[name] = field.text() }
        return renamed
    }
}
