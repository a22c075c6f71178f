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
