internal import LDAP
internal import Store

extension UserRecord {
    /// The properties in which two records of one entry differ; `old` nil: all that have a value.
    ///
    /// Empty where storing the one in the place of the other would change nothing but the digest.
    func differences(from old: UserRecord?) -> [UserChange.Property] {
        var result: [UserChange.Property] = []
        func compare(_ name: String, _ before: String?, _ after: String?) {
            if before != after { result.append(UserChange.Property(name, before, after)) }
        }
        compare("dn", old?.dn.text, dn.text)
        compare("username", old?.username, username)
        compare("givenName", old?.givenName, givenName)
        compare("familyName", old?.familyName, familyName)
        compare("displayName", old?.displayName, displayName)
        compare("mail", old?.mail, mail)
        compare("employeeNumber", old?.employeeNumber, employeeNumber)
        compare("other names", old?.otherNames.text, otherNames.text)
        compare("left out", old?.leftOut.text, leftOut.text)
        compare("disabled", old?.disabled.map(String.init), disabled.map(String.init))
        compare("account", old?.limits?.words, limits?.words)
        compare("recognised", old?.recognised, recognised)
        let before = old?.attributes ?? []
        guard before != attributes else { return result }
        for name in Set((before + attributes).map(\.name)).sorted() {
            compare(name, before.text(of: name), attributes.text(of: name))
        }
        return result
    }
}

extension [UserRecord.Name] {
    fileprivate var text: String? { isEmpty ? nil : map(\.text).joined(separator: ", ") }
}

extension [String] {
    fileprivate var text: String? { isEmpty ? nil : joined(separator: "; ") }
}

extension [UserRecord.Kept] {
    fileprivate func text(of name: String) -> String? {
        first { $0.name == name }?.values.joined(separator: ", ")
    }
}
