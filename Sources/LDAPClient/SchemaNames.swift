internal import CLDAP
internal import Ground
package import LDAP

/// What the server's schema calls the attributes that are asked for, and those that it answers with.
///
/// Nothing is asked where every name is one by which servers answer anyway. A server that filters
/// values (RFC 3876) is asked about single names in one small search; of any other the whole schema
/// is read, once a connection.
final class SchemaNames {
    private let subschema: DN
    private let filtersValues: Bool
    /// Those of the configuration: asked about together, whichever of them comes first.
    private let configured: [AttributeName]
    private(set) var known = AttributeSynonyms()
    private var asked: Set<AttributeName> = []
    private var isWhole = false
    private var searches = 0

    private static let attributeTypes = AttributeName(trusted: "attributeTypes")
    /// A hostile server may invent names for ever.
    private static let mostSearches = 50

    init(_ subschema: DN, filtersValues: Bool, configured: [AttributeName]) {
        self.subschema = subschema
        self.filtersValues = filtersValues
        self.configured = configured.map(\.base)
    }

    /// Before a request for these attributes: those among them that are one attribute.
    func synonyms(
        among requested: [AttributeName], on handle: Handle
    ) throws(LDAPFailure) -> [[AttributeName]] {
        let doubtful = requested.filter { !Self.isPlain($0.base) }
        guard !doubtful.isEmpty else { return [] }
        try learn(doubtful, on: handle)
        return known.groups(among: requested)
    }

    /// After an answer with a name that was not asked for: what it was asked for as.
    func synonyms(
        of answered: AttributeName, among requested: [AttributeName], on handle: Handle
    ) throws(LDAPFailure) -> [[AttributeName]] {
        let base = answered.base
        guard !requested.isEmpty, !Self.besides.contains(base.folded),
            !requested.contains(where: { $0.base == base })
        else { return [] }
        try learn(requested.filter { !Self.isPlain($0.base) } + [base], on: handle)
        let options = answered.spelling.dropFirst(base.spelling.count)
        return requested.filter { known.areOne($0, base) }.map { name in
            [answered, AttributeName(trusted: name.base.spelling + options)]
        }
    }

    func names(
        of name: AttributeName, on handle: Handle
    ) throws(LDAPFailure) -> [AttributeName] {
        if !Self.isPlain(name.base) { try learn([name], on: handle) }
        return known.names(of: name)
    }

    /// Whether the attribute holds a secret by another of its names.
    func isPassword(_ name: AttributeName, on handle: Handle) throws(LDAPFailure) -> Bool {
        if name.isPassword { return true }
        guard !Self.isPlain(name.base) else { return false }
        try learn([name], on: handle)
        return known.isPassword(name)
    }

    /// Where the bind DN may not see the schema the standards' own names have to do.
    private func learn(_ names: [AttributeName], on handle: Handle) throws(LDAPFailure) {
        guard !isWhole, searches < Self.mostSearches else { return }
        let wanted = Set(names.map(\.base)).subtracting(asked).filter { !known.isTold($0) }
        guard !wanted.isEmpty else { return }
        let all = Array(wanted.union(configured).subtracting(asked))
        searches += 1
        asked.formUnion(all)
        isWhole = !filtersValues
        let request = SearchRequest(
            base: subschema, scope: .base, filter: .present(AttributeName(trusted: "objectClass")),
            attributes: [Self.attributeTypes],
            controls: filtersValues ? [Self.valuesAlone(of: all)] : [])
        do throws(LDAPFailure) {
            let id = try request.send(on: handle)
            let entries = try handle.entries(
                of: request, id, EntryReader(request.attributes), until: handle.beginOperation())
            for entry in entries { known.learn(entry.texts(Self.attributeTypes)) }
        } catch  where handle.isUsable && !error.code.isPassing {
            return
        }
    }

    /// RFC 3876, 2: a list of the items of filters; here each an equality ([3] of RFC 4511, 4.5.1).
    private static func valuesAlone(of names: [AttributeName]) -> Control {
        let items = names.flatMap { name in
            BER.element(
                0xa3,
                BER.element(BER.octetString, Array(attributeTypes.spelling.utf8))
                    + BER.element(BER.octetString, Array(name.spelling.utf8)))
        }
        return Control(
            "1.2.826.0.1.3344810.2.3", isCritical: true, value: BER.element(BER.sequence, items))
    }

    private static func isPlain(_ name: AttributeName) -> Bool { plain.contains(name.folded) }

    private static let plain = common.union(Dialect.ownAttributes.map(\.folded))

    /// What servers give beside what was asked for, such as 389 with the rights to each attribute.
    private static let besides: Set<String> = ["entrylevelrights", "aclrights"]

    /// The names by which servers' schemas answer, each an attribute of its own.
    ///
    /// RFC 4519, RFC 4524, RFC 2798, RFC 2307, and what servers keep of themselves; what a product keeps of
    /// accounts stands in its dialect. `*`, `+` and `1.1` are no names.
    private static let common: Set<String> = [
        "*", "+", "1.1", "objectclass", "cn", "sn", "givenname", "initials", "uid", "mail", "title",
        "description", "displayname", "employeenumber", "employeetype", "departmentnumber", "ou",
        "o", "l", "st", "c", "telephonenumber", "mobile", "homephone", "pager", "roomnumber",
        "businesscategory", "postalcode", "postaladdress", "physicaldeliveryofficename", "manager",
        "secretary", "preferredlanguage", "carlicense", "seealso", "usercertificate", "memberuid",
        "gidnumber", "uidnumber", "homedirectory", "loginshell", "gecos", "member", "uniquemember",
        "memberof", "memberurl", "department", "company", "employeeid", "objectsid",
        "primarygroupid", "isdeleted", "usnchanged", "entrycsn", "entrydn", "modifytimestamp",
        "createtimestamp", "contextcsn", "pwdpolicysubentry", "attributetypes", "objectclasses",
        "ditcontentrules", "namingcontexts", "supportedcontrol", "supportedextension",
        "subschemasubentry", "vendorname", "vendorversion", "attributelevelrights",
    ]
}

extension Connection {
    /// From now on an answer counts by whichever of its attributes' names it was asked for.
    ///
    /// `subschema` is where the server keeps its schema; `configured` are names to ask it about together.
    package func nameAttributes(
        by subschema: DN, filtersValues: Bool, configured: [AttributeName]
    ) {
        handle.schemaNames = SchemaNames(
            subschema, filtersValues: filtersValues, configured: configured)
    }

    /// Every name that the server's schema has for the attribute.
    package func names(of name: AttributeName) throws(LDAPFailure) -> [AttributeName] {
        try handle.schemaNames?.names(of: name, on: handle) ?? [name]
    }

    /// Whether the attribute holds a secret, by the names that the server's schema has for it.
    ///
    /// A search that asks for such an attribute is not sent.
    package func isPassword(_ name: AttributeName) throws(LDAPFailure) -> Bool {
        try handle.schemaNames?.isPassword(name, on: handle) ?? name.isPassword
    }
}

extension Handle {
    /// A reader of the answers to a request for these attributes, which is sent after it is made.
    func reader(
        for requested: [AttributeName], _ target: DN
    ) throws(LDAPFailure) -> EntryReader {
        guard let schemaNames else { return EntryReader(requested) }
        let synonyms = try schemaNames.synonyms(among: requested, on: self)
        for name in requested where !name.isPassword && schemaNames.known.isPassword(name) {
            throw LDAPFailure(
                attempted: .search, target: target.text, code: .paramError,
                diagnostic: "\(name) is a password by the server's schema, and is never read")
        }
        return EntryReader(requested, schema: schemaNames, synonyms: synonyms)
    }
}
