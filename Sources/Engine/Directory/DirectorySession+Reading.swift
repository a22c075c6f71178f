package import LDAP
internal import LDAPClient

extension DirectorySession {
    /// The entry that has this id now, wherever it is; nil where this bind DN finds none.
    ///
    /// Active Directory finds it by name, the others by a search below each of `bases`.
    package func read(
        entryID: EntryID, bases: [DN], attributes: [AttributeName]
    ) throws(DirectoryFailure) -> Entry? {
        let names = attributes + [dialect.idAttribute]
        if let name = dialect.directName(of: entryID) {
            let entries = try entriesBelow(name, .base, .present(.objectClass), names)
            return try entries.first.flatMap { entry throws(DirectoryFailure) in
                try believed(entry, as: entryID)
            }
        }
        guard let filter = entryID.filter(for: dialect) else { return nil }
        for base in bases {
            for entry in try entriesBelow(base, .subtree, filter, names) {
                if let entry = try believed(entry, as: entryID) { return entry }
            }
        }
        return nil
    }

    /// The entry of this DN; nil where there is none to see.
    package func read(
        _ dn: DN, attributes: [AttributeName]
    ) throws(DirectoryFailure) -> Entry? {
        try entriesBelow(
            dn, .base, .present(AttributeName(trusted: "objectClass")), attributes
        ).first
    }

    /// The ids among `ids` that a search with the configured scope and filter still finds.
    ///
    /// An ordinary search: what it does not find is gone, has fallen out, or is hidden. An id that comes
    /// and was not asked for says nothing of those that were.
    package func find(
        _ ids: [EntryID], bases: [DN], scope: SearchScope, filter: Filter
    ) throws(DirectoryFailure) -> Set<EntryID> {
        let alternatives = ids.compactMap { $0.filter(for: dialect) }
        guard !alternatives.isEmpty else { return [] }
        var found: Set<EntryID> = []
        for base in bases {
            let entries = try connection.search(
                base: base, scope: scope, filter: .and([filter, .or(alternatives)]),
                attributes: [dialect.idAttribute])
            for entry in entries {
                guard let value = entry[dialect.idAttribute].first else { continue }
                if let id = EntryID(value, dialect: dialect) { found.insert(id) }
            }
        }
        return found.intersection(ids)
    }

    /// The ids of the entries of a stream that match; for few.
    func find(
        matching wanted: Filter, bases: [DN], scope: SearchScope, filter: Filter
    ) throws(DirectoryFailure) -> Set<EntryID> {
        var found: Set<EntryID> = []
        for base in bases {
            let entries = try connection.search(
                base: base, scope: scope, filter: .and([filter, wanted]),
                attributes: [dialect.idAttribute])
            found.formUnion(entries.compactMap { id(of: $0) })
        }
        return found
    }

    /// No entries where the base itself is not there.
    private func entriesBelow(
        _ base: DN, _ scope: SearchScope, _ filter: Filter, _ attributes: [AttributeName]
    ) throws(DirectoryFailure) -> [Entry] {
        do {
            return try connection.search(
                base: base, scope: scope, filter: filter, attributes: attributes)
        } catch  where error.code == .noSuchObject {
            return []
        }
    }
}
