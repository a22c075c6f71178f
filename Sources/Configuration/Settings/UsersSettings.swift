package import LDAP

package struct UsersSettings: Sendable {
    /// Never empty.
    package var bases: [DN]
    package var scope: SearchScope
    package var filter: Filter
    package var map: UserMapping
    /// Kept as they are.
    package var attributes: [AttributeName]
    /// nil: certificates are not read.
    package var certificates: AttributeName?
}

extension UsersSettings {
    init?(_ field: Field) {
        guard let section = Section(field) else { return nil }
        let bases = section.field("base")?.oneOrMore()?.readAll { $0.dn() }
        let scope = section.field("scope")?.word(SearchScope.self)
        let filter = section.field("filter")?.filter()
        let map = section.field("map").flatMap(UserMapping.init)
        let attributes = section.field("attributes")?.items()?.readAll { $0.attribute() }
        certificates = section.field("certificates")?.attribute()
        guard let bases, let scope, let filter, let map, let attributes else { return nil }
        self.bases = bases
        self.scope = scope
        self.filter = filter
        self.map = map
        self.attributes = attributes
    }
}
