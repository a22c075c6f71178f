internal import Configuration
internal import LDAP
internal import LDAPClient

// What a use case asks of a directory: entries by their id, writes bound to it.
extension DirectorySession {
    /// The immutable id of an entry that was read with it; nil where it can't be read.
    func id(of entry: Entry) -> EntryID? {
        dialect.id(of: entry)
    }

    /// The attributes among these that hold no password under any of their names: a password is never
    /// read.
    func readable(_ names: [AttributeName]) throws(DirectoryFailure) -> [AttributeName] {
        var readable: [AttributeName] = []
        for name in names where try !connection.isPassword(name) { readable.append(name) }
        return readable
    }

    /// The entry that came for an id, if it is the one that was asked for.
    ///
    /// nil where it shows no id: nobody can say whose entry it is. Throws for another one's: a server that
    /// answers so is believed in nothing.
    func believed(_ entry: Entry, as id: EntryID) throws(DirectoryFailure) -> Entry? {
        guard let shown = self.id(of: entry) else { return nil }
        guard shown == id else { throw mistaken(entry) }
        return entry
    }

    private func mistaken(_ entry: Entry) -> DirectoryFailure {
        DirectoryFailure(
            settings.name,
            LDAPFailure(
                attempted: .search, target: entry.dn.text, code: .decodingError,
                diagnostic: "the server answered with another entry than was asked for",
                isIncomplete: true))
    }

    /// The entry with this id: first where it was last seen, then wherever it is.
    func find(
        _ id: EntryID, near place: StoredDN, attributes: [AttributeName]
    ) throws(DirectoryFailure) -> Entry? {
        let names = attributes + [dialect.idAttribute]
        if let name = dialect.directName(of: id) {
            return try entry(at: name, attributes: names).flatMap {
                entry throws(DirectoryFailure) in
                try believed(entry, as: id)
            }
        }
        if let filter = id.filter(for: dialect), let there = place.dn,
            let entry = try self.entry(at: there, matching: filter, attributes: names)
        {
            return try believed(entry, as: id)
        }
        return try read(entryID: id, bases: allBases, attributes: names)
    }

    /// The id of some entry of the stream that is there now: a *witness*.
    ///
    /// A search by an id that the bind DN may not search by succeeds, and finds nobody. So before
    /// anybody is believed gone, the same search must find the witness. It is read for the purpose: an
    /// entry that was there at the last sync may be among the gone by now. nil where there is none.
    func witness(of stream: Stream) throws(DirectoryFailure) -> EntryID? {
        guard let entry = try first(of: stream, isKnownByID: true) else { return nil }
        return id(of: entry)
    }

    /// Whether there is any entry to be seen, though its id may not be searched for.
    func showsAny(of stream: Stream) throws(DirectoryFailure) -> Bool {
        try first(of: stream, isKnownByID: false) != nil
    }

    /// The first entry of a stream, or the first whose id is shown.
    private func first(
        of stream: Stream, isKnownByID: Bool
    ) throws(DirectoryFailure) -> Entry? {
        guard let all = contents(of: stream) else { return nil }
        let filter: Filter =
            isKnownByID ? .and([all.filter, .present(dialect.idAttribute)]) : all.filter
        for base in all.bases {
            do throws(DirectoryFailure) {
                // The first page is enough; the rest is abandoned.
                var search = try connection.pages(
                    base: base, scope: all.scope, filter: filter,
                    attributes: [dialect.idAttribute], pageSize: 1)
                for entry in try search.next() ?? [] where !isKnownByID || id(of: entry) != nil {
                    return entry
                }
            } catch  where error.code == .noSuchObject {
                continue
            }
        }
        return nil
    }

    /// Where the entries of a stream are, and what they are known by; nil: there is no such stream.
    func contents(of stream: Stream) -> (bases: [DN], scope: SearchScope, filter: Filter)? {
        let users = settings.users
        switch stream {
        case .users: return (users.bases, users.scope, users.filter)
        case .roles: return settings.roles.map { ($0.bases, $0.scope, $0.filter) }
        }
    }

    /// Whether a search by id finds an entry wherever it is.
    func canFind(_ witness: EntryID) throws(DirectoryFailure) -> Bool {
        try read(entryID: witness, bases: allBases, attributes: []) != nil
    }

    /// The entry of this name; nil where there is none, where it can't be seen, or where it does not
    /// match.
    func entry(
        at dn: DN, matching filter: Filter = .present(.objectClass), attributes: [AttributeName]
    ) throws(DirectoryFailure) -> Entry? {
        do {
            return try connection.search(
                base: dn, scope: .base, filter: filter,
                attributes: attributes.isEmpty ? [dialect.idAttribute] : attributes
            ).first
        } catch  where error.code == .noSuchObject {
            return nil
        }
    }

    /// The account of an entry that was read with `accountAttributes`.
    ///
    /// Where it shows a value that the server may have computed, it is read as it is stored and as it
    /// is computed, too (seen on 389 2.3.1: each control leaves the other kind out).
    func account(of entry: Entry) throws(DirectoryFailure) -> Account {
        let names = dialect.computedAttributes
        guard names.contains(where: { !entry[$0].isEmpty }),
            rootDSE.supports(control: Control.storedAttributes.oid),
            rootDSE.supports(control: Control.computedAttributes.oid)
        else { return Account(entry) }
        func read(_ control: Control) throws(DirectoryFailure) -> Entry {
            try connection.search(
                base: entry.dn, scope: .base, filter: .present(.objectClass), attributes: names,
                controls: [control]
            ).first ?? Entry(dn: entry.dn, attributes: [])
        }
        return Account(
            entry, own: try read(.storedAttributes), computed: try read(.computedAttributes),
            of: names)
    }

    /// People whom the filter matches, below the users' bases; each carries a value that it names.
    func people(
        matching filter: Filter, attributes: [AttributeName], atMost sizeLimit: Int = 0
    ) throws(DirectoryFailure) -> [Entry] {
        let names = attributes + filter.namedAttributes.filter { !attributes.contains($0) }
        var found: [Entry] = []
        for base in settings.users.bases {
            found += try connection.search(
                base: base, scope: settings.users.scope,
                filter: .and([settings.users.filter, filter]), attributes: names,
                sizeLimit: sizeLimit)
        }
        for entry in found where !filter.mayHold(of: entry) { throw mistaken(entry) }
        return found
    }

    /// Sends the modifications, bound to the entry's id where the server can do that (RFC 4528, or a
    /// name made of it): one that has taken its name meanwhile is never written.
    func modify(
        _ dn: DN, _ modifications: [Modification], id: EntryID
    ) throws(DirectoryFailure) {
        if let name = dialect.directName(of: id) {
            return try connection.modify(name, modifications)
        }
        try connection.modify(
            dn, modifications,
            asserting: canAssert ? id.filter(for: dialect)?.orElsewhere(than: dn) : nil)
    }

    /// The same without waiting for the answer, where the write can be bound to the id; nil elsewhere.
    func beginModify(
        _ dn: DN, _ modifications: [Modification], id: EntryID
    ) throws(DirectoryFailure) -> PendingRequest {
        guard canAssert, let isIt = id.filter(for: dialect)?.orElsewhere(than: dn) else {
            throw DirectoryFailure(
                settings.name,
                LDAPFailure(
                    attempted: .modify, target: dn.text, code: .unavailableCriticalExtension))
        }
        return try connection.beginModify(dn, modifications, asserting: isIt)
    }

    /// What each search finds at its DN, all sent before the first answer is waited for.
    func entries(
        _ searches: [(dn: DN, filter: Filter)], attributes: [AttributeName]
    ) throws(DirectoryFailure) -> [Entry?] {
        try connection.search(
            bases: searches.map { (base: $0.dn, filter: $0.filter) }, attributes: attributes)
    }

    /// The configured bases, then everything that the server holds: people and groups get moved.
    private var allBases: [DN] {
        var bases = settings.users.bases + (settings.roles?.bases ?? [])
        for context in rootDSE.namingContexts where !bases.contains(context) {
            bases.append(context)
        }
        return bases
    }
}

extension Filter {
    /// What must hold for the entry of this name, and for no other.
    ///
    /// slapd's overlays write to other entries under the very controls of the request, and silently
    /// leave them as they were where its assertion does not hold for those, too (seen on 2.5.13 with
    /// memberof): whoever goes by `memberOf` would believe a user to be a member for ever.
    func orElsewhere(than dn: DN) -> Filter {
        .or([self, .not(.equal(.entryDN, AttributeValue(dn.text)))])
    }
}

extension AttributeName {
    /// RFC 5020.
    fileprivate static let entryDN = AttributeName(trusted: "entryDN")
}

// The attributes that the engine itself asks for (RFC 4519, RFC 2307, RFC 4530 and OpenLDAP's own).
extension AttributeName {
    static let objectClass = AttributeName(trusted: "objectClass")
    static let member = AttributeName(trusted: "member")
    static let uniqueMember = AttributeName(trusted: "uniqueMember")
    static let memberUid = AttributeName(trusted: "memberUid")
    /// OpenLDAP's dyngroup.schema, and draft-haripriya-dynamicgroup.
    static let memberURL = AttributeName(trusted: "memberURL")
    static let memberOf = AttributeName(trusted: "memberOf")
    static let cn = AttributeName(trusted: "cn")
    static let uid = AttributeName(trusted: "uid")
    static let entryCSN = AttributeName(trusted: "entryCSN")
}

extension Dialect {
    /// The immutable id of an entry that was read with it; nil where it can't be read.
    func id(of entry: Entry) -> EntryID? {
        entry.values(of: idAttribute).first.flatMap { EntryID($0, dialect: self) }
    }
}
