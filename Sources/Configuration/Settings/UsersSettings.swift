package import Identity
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

/// Where each property of a user comes from.
package struct UserMapping: Sendable {
    package var username: ValueSource
    package var givenName: ValueSource?
    package var familyName: ValueSource?
    package var displayName: ValueSource?
    package var mail: ValueSource?
    package var employeeNumber: ValueSource?
}

extension UserMapping {
    init?(_ field: Field) {
        guard let section = Section(field) else { return nil }
        givenName = section.field("givenName").flatMap(ValueSource.init)
        familyName = section.field("familyName").flatMap(ValueSource.init)
        displayName = section.field("displayName").flatMap(ValueSource.init)
        mail = section.field("mail").flatMap(ValueSource.init)
        employeeNumber = section.field("employeeNumber").flatMap(ValueSource.init)
        guard let username = section.field("username").flatMap(ValueSource.init) else {
            return nil
        }
        self.username = username
    }
}

/// The first of these that has a value; one of them where the configuration has no list.
package struct ValueSource: Sendable {
    package enum Alternative: Hashable, Sendable {
        case attribute(AttributeName)
        case template(Template)
    }

    package var alternatives: [Alternative]
}

extension ValueSource {
    /// A bare name is an attribute, text with a brace a template, a list has several of them.
    init?(_ field: Field) {
        let read = field.oneOrMore()?.readAll { item -> Alternative? in
            guard let text = item.text() else { return nil }
            guard text.contains("{") || text.contains("}") else {
                return item.attribute().map { .attribute($0) }
            }
            return item.template(names: nil).map { .template($0) }
        }
        guard let read else { return nil }
        alternatives = read
    }
}
