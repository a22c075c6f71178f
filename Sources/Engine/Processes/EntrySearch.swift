internal import Configuration
internal import Identity
internal import LDAP
internal import LDAPClient
internal import Store

/// Finds entries of one directory by what people call them.
struct EntrySearch {
    private let directory: DirectorySettings
    private let shared: SharedSession
    /// Where username, mail address and employee number come from, and login names of a domain.
    private let attributes: [AttributeName]

    init(_ directory: DirectorySettings, _ shared: SharedSession) {
        self.directory = directory
        self.shared = shared
        attributes = directory.users.map.searchable + shared.session.dialect.loginNames
    }

    /// The entries that have this text as one of their names or as their DN, also with the directory's
    /// key before it.
    func entries(named text: String) throws -> [Entry] {
        var found: [Entry] = []
        for name in names(in: text) {
            for entry in try entries(called: name)
            where !found.contains(where: { $0.dn == entry.dn }) {
                found.append(entry)
            }
        }
        return found
    }

    /// Whether the user's entry, found by its id, still has the name.
    func isStill(_ user: User, called text: String) throws -> Bool {
        let entry = try shared.session.find(
            user.record.entryID, near: user.record.dn, attributes: attributes)
        guard let entry else { return false }
        return try names(in: text).contains { name in
            try carries(entry, name) || DN(name).map { isSame($0, entry.dn) } ?? false
                || domainName(in: name).map { entry.has($0, in: [.sAMAccountName]) } ?? false
        }
    }

    private func names(in text: String) -> [String] {
        let prefix = directory.name.naming("")
        return text.hasPrefix(prefix) ? [text, String(text.dropFirst(prefix.count))] : [text]
    }

    private func entries(called name: String) throws -> [Entry] {
        if let dn = DN(name), dn.parent?.isEmpty == false, let entry = try entry(at: dn) {
            return [entry]
        }
        let login = try domainName(in: name)
        var ways = attributes.map { Filter.equal($0, AttributeValue(name)) }
        if let login { ways.append(.equal(.sAMAccountName, AttributeValue(login))) }
        guard !ways.isEmpty else { return [] }
        return try people(matching: .or(ways)).filter { entry in
            carries(entry, name) || login.map { entry.has($0, in: [.sAMAccountName]) } ?? false
        }
    }

    /// Nobody where the server can't take the text for a name at all.
    private func people(matching filter: Filter) throws(DirectoryFailure) -> [Entry] {
        do {
            return try shared.session.people(matching: filter, attributes: requested)
        } catch  where error.isOfTheName {
            return []
        }
    }

    /// The same for a DN.
    private func entry(at dn: DN) throws(DirectoryFailure) -> Entry? {
        do {
            return try shared.session.entry(
                at: dn, matching: directory.users.filter, attributes: requested)
        } catch  where error.isOfTheName {
            return nil
        }
    }

    private var requested: [AttributeName] {
        let dialect = shared.session.dialect
        return EntryMapper(directory, dialect: dialect, account: dialect.watchedAttributes)
            .requested + [dialect.idAttribute] + attributes
    }

    /// An entry is taken for the one that was meant only where it carries the name itself.
    private func carries(_ entry: Entry, _ name: String) -> Bool {
        entry.has(name, in: attributes)
    }

    /// The server has answered: spellings that it takes for one name are one name.
    private func isSame(_ one: DN, _ other: DN) -> Bool {
        Folding.together.key(one) == Folding.together.key(other)
    }

    /// The `name` of `DOMAIN\name`; nil where that is not this directory's domain.
    private func domainName(in text: String) throws -> String? {
        guard let place = text.utf8.firstIndex(of: UInt8(ascii: "\\")),
            let domain = try shared.session.domainName(),
            String(text[..<place]).directoryFolded == domain.directoryFolded
        else { return nil }
        return String(text[text.utf8.index(after: place)...])
    }
}

extension Entry {
    /// Whether one of these attributes has the value, in any case.
    fileprivate func has(_ name: String, in attributes: [AttributeName]) -> Bool {
        let key = Folding.together.key(name)
        return attributes.contains { attribute in
            texts(attribute).contains { Folding.together.key($0) == key }
        }
    }
}

extension DirectoryFailure {
    /// The text can't be the name of anything there: a malformed DN, an attribute that the schema does
    /// not have, a value that its syntax does not take, a part of the tree that is elsewhere.
    fileprivate var isOfTheName: Bool {
        switch code {
        case .undefinedAttributeType, .inappropriateMatching, .invalidAttributeSyntax,
            .noSuchObject, .invalidDNSyntax, .namingViolation, .referral:
            true
        default: false
        }
    }
}

extension DirectorySession {
    /// What stands before the backslash in `DOMAIN\name`; nil: no Active Directory, or not readable.
    ///
    /// [MS-ADTS] 6.1.1.2.1.1: the crossRef of the domain's naming context.
    func domainName() throws(DirectoryFailure) -> String? {
        guard dialect.hasDomains, let domain = rootDSE.first("defaultNamingContext"),
            let configuration = rootDSE.first("configurationNamingContext").flatMap({ DN($0) }),
            let partitions = RDN("CN=Partitions").map(configuration.appending)
        else { return nil }
        let isOfDomain = Filter.and([
            .equal(.objectClass, AttributeValue("crossRef")),
            .equal(.nCName, AttributeValue(domain)),
        ])
        return try connection.search(
            base: partitions, scope: .one, filter: isOfDomain, attributes: [.nETBIOSName]
        ).first?.first(.nETBIOSName)
    }
}

extension AttributeName {
    fileprivate static let nCName = AttributeName(trusted: "nCName")
    fileprivate static let nETBIOSName = AttributeName(trusted: "nETBIOSName")
}

extension UserMapping {
    /// The attributes that username, mail address and employee number come from.
    fileprivate var searchable: [AttributeName] {
        [username, mail, employeeNumber].compactMap(\.self).flatMap { source in
            source.alternatives.flatMap { alternative -> [AttributeName] in
                switch alternative {
                case .attribute(let name): [name]
                case .template(let template): template.names.compactMap { AttributeName($0) }
                }
            }
        }
    }
}
