import Ground

@testable import Crypto
@testable import LDAP
@testable import LDAPClient

extension Parser {
    static func dn(_ octets: [UInt8]) -> String? {
        let text = text(octets)
        let stored = StoredDN(text: text)
        if stored != StoredDN(text: text) { return "a stored DN is not equal to itself" }
        _ = DN(nameAndOptionalUID: text)
        // There are two ways to a name's normal form, a short one and a thorough one.
        if let short = DN.Shape(text.utf8.span).normalized(text) {
            let thorough = DNParser.parse(text)?.map(DNEscaping.normalize).joined(separator: ",")
            if short != thorough { return "normal: \(short), or \(thorough ?? "no DN")" }
        }
        return sameAgain(DN(text), \.description) { DN($0) }
            ?? sameAgain(RDN(text), \.description) { RDN($0) }
    }

    static func filter(_ octets: [UInt8]) -> String? {
        sameAgain(Filter(text(octets)), \.description) { Filter($0) }
    }

    static func url(_ octets: [UInt8]) -> String? {
        let text = text(octets)
        _ = LDAPURL.name(inReference: text)
        _ = SearchURL(text)
        return sameAgain(LDAPURL(text), \.description) { LDAPURL($0) }
    }

    /// A description a line.
    static func schema(_ octets: [UInt8]) -> String? {
        let lines = text(octets).split(separator: "\n").map { AttributeValue(String($0)) }
        guard let root = DN("cn=schema") else { return "cn=schema is no DN" }
        let names = ["attributeTypes", "objectClasses", "dITContentRules"]
        let subschema = Entry(
            dn: root,
            attributes: names.map { .init(name: AttributeName(trusted: $0), values: lines) })
        let schema = DirectorySchema(subschema)
        var synonyms = AttributeSynonyms()
        synonyms.learn(lines.compactMap(\.text))
        for name in lines.compactMap(\.text).compactMap(SchemaText.init)
            .flatMap({ $0.values("NAME") }).compactMap({ AttributeName($0) })
        {
            _ = schema.allows(name, on: ["person"])
            _ = synonyms.names(of: name)
        }
        return nil
    }

    static func time(_ octets: [UInt8]) -> String? {
        let text = text(octets)
        return sameAgain(Timestamp(rfc3339: text), \.rfc3339) { Timestamp(rfc3339: $0) }
            ?? sameAgain(Timestamp(generalizedTime: text), \.generalizedTime) {
                Timestamp(generalizedTime: $0)
            }
    }

    static func sid(_ octets: [UInt8]) -> String? {
        guard let id = SecurityIdentifier(AttributeValue(bytes: octets)) else { return nil }
        return DN.sid(id).description == "<SID=\(id)>" ? nil : "its DN is another's"
    }

    static func entryID(_ octets: [UInt8]) -> String? {
        for dialect in Dialect.all {
            let value = AttributeValue(bytes: octets)
            if let id = EntryID(value, dialect: dialect) {
                guard let again = id.value(for: dialect).flatMap({ EntryID($0, dialect: dialect) }),
                    again == id
                else { return "\(id) is not found by itself" }
                _ = DN.guid(id)
            }
            _ = EntryID(syncUUID: octets, dialect: dialect)
        }
        return nil
    }

    static func cookie(_ octets: [UInt8]) -> String? {
        _ = SyncCookie(octets)
        _ = ContextCSN(updateVector: [AttributeValue(bytes: octets)])
        return sameAgain(ContextCSN(text(octets)), \.description) { ContextCSN($0) }
    }

    /// The value of a control or of an intermediate message.
    static func sync(_ octets: [UInt8]) -> String? {
        _ = SyncInfo.event(octets)
        let controls = ["1.3.6.1.4.1.4203.1.9.1.2", "1.3.6.1.4.1.4203.1.9.1.3", DirSync.control]
            .map { Control($0, isCritical: false, value: octets) }
        _ = SyncStateControl(among: controls)
        _ = SyncDoneControl(among: controls)
        _ = DirSyncControl(among: controls)
        return nil
    }

    static func startTLS(_ octets: [UInt8]) -> String? {
        _ = StartTLS.answer(octets)
        return nil
    }

    /// Octets as a DN and as a value: what is written is those lines and no others.
    static func ldif(_ octets: [UInt8]) -> String? {
        let title = AttributeName(trusted: "title")
        guard let parent = DN("dc=example") else { return "dc=example is no DN" }
        let value = AttributeValue(bytes: octets)
        let dn = DN(rdn: RDN(attribute: title, value: value), parent: parent)
        var ldif = LDIF()
        ldif.comment(text(octets))
        ldif.modify(dn, [Modification(.replace, title, [value])])
        let lines = ldif.text.split(separator: "\n", omittingEmptySubsequences: false)
        if let long = lines.first(where: { !$0.hasPrefix("#") && $0.utf8.count > 76 }) {
            return "a line is too long: \(long)"
        }
        let records = lines.filter { !$0.hasPrefix("#") && !$0.hasPrefix(" ") }.map {
            $0.prefix { $0 != ":" && $0 != "-" }
        }
        let due: [Substring] = ["dn", "changetype", "replace", "title", "", "", ""]
        return records == due ? nil : "it has other lines: \(ldif.text)"
    }
}
