package import LDAP

extension AttributeValue {
    /// The value where it is text, else how many octets it has.
    package var printable: String {
        text ?? "(\(bytes.count) octets)"
    }
}

extension AttributeWrite {
    /// `employeeType: left`, or `employeeType: deleted`.
    package var summary: String {
        values.isEmpty
            ? "\(attribute): deleted"
            : "\(attribute): \(values.map(\.printable).joined(separator: ", "))"
    }

    /// `employeeType: staff → left`, where the entry says what stands there.
    package func change(from entry: Entry?) -> String {
        guard let entry, !attribute.isPassword, !entry[attribute].isEmpty else { return summary }
        let before = entry[attribute].map(\.printable).joined(separator: ", ")
        let after =
            values.isEmpty ? "deleted" : values.map(\.printable).joined(separator: ", ")
        return "\(attribute): \(before) → \(after)"
    }

    /// The request that brings it about.
    package var modification: Modification {
        Modification(.replace, attribute, values)
    }
}

extension Modification {
    /// `pwdAccountLockedTime: 000001010000Z`.
    package var summary: String {
        values.isEmpty
            ? "\(attribute): deleted"
            : "\(attribute): \(values.map(\.printable).joined(separator: ", "))"
    }
}

extension Entry {
    /// Whether the attribute has these values and no other.
    package func carries(_ write: AttributeWrite) -> Bool {
        Set(self[write.attribute]) == Set(write.values)
    }
}

extension CredentialKind {
    /// For people: `temporary card`.
    package var label: String {
        switch self {
        case .card: "card"
        case .temporaryCard: "temporary card"
        case .virtualSmartcard: "virtual smart card"
        case .mobileID: "mobile ID"
        case .softToken: "soft token"
        }
    }
}

/// What can make accounts of two directories one person, as `samePerson` names it.
package enum PersonProperty: String, Sendable, CaseIterable {
    case employeeNumber
    case username
    /// People may be able to write their own.
    case mail
}
