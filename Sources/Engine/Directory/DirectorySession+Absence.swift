internal import Configuration
internal import Identity
internal import LDAP
internal import LDAPClient

// What an entry does not have, as the server itself says it: what it does not show may be hidden.
extension DirectorySession {
    /// Whether the entry is seen to have none of these.
    ///
    /// A filter on what may not be searched for is Undefined, and so is its negation (RFC 4511,
    /// 4.5.1.7): who is not allowed to know does not find the entry so. What the schema lacks is in no
    /// entry, and a filter on it is Undefined, too.
    func lacks(_ names: [AttributeName], _ dn: DN) throws(DirectoryFailure) -> Bool {
        if try finds(dn, without: names) { return true }
        guard let schema = DirectorySchema(self) else { return false }
        let known = names.filter { schema.definition(of: $0) != nil }
        return known.count < names.count ? try finds(dn, without: known) : false
    }

    private func finds(
        _ dn: DN, without names: [AttributeName]
    ) throws(DirectoryFailure) -> Bool {
        guard !names.isEmpty else { return true }
        let absence = Filter.and(names.map { .not(.present($0)) })
        return try entry(at: dn, matching: absence, attributes: [])?.dn == dn
    }

    /// Whether the entry is of the class, or of one that is derived from it; nil: that is hidden.
    ///
    /// slapd keeps the classes that were written and finds an entry by their superiors, too; 389 and Active
    /// Directory keep those as well.
    func isEntry(_ entry: Entry, ofClass name: String) throws(DirectoryFailure) -> Bool? {
        let shown = entry[.objectClass]
        if shown.contains(where: { $0.equalsIgnoringCase(name) }) { return true }
        let isOfIt = Filter.equal(.objectClass, AttributeValue(name))
        if try self.entry(at: entry.dn, matching: .not(isOfIt), attributes: []) != nil {
            return false
        }
        if try self.entry(at: entry.dn, matching: isOfIt, attributes: []) != nil { return true }
        // A class that the schema lacks is in no entry, and a filter on it is Undefined.
        return DirectorySchema(self)?.knows(class: name) == false ? false : nil
    }
}

extension DirectorySession {
    /// What is to be written to the entry, which was read with its classes; what is meant for entries of
    /// other classes; and what is meant for a class of which nobody can tell whether it has it.
    func sorted(
        _ writes: [AttributeWrite], for entry: Entry
    ) throws(DirectoryFailure) -> (
        applying: [AttributeWrite], others: [AttributeWrite], hidden: [AttributeWrite]
    ) {
        var sorted: ([AttributeWrite], [AttributeWrite], [AttributeWrite]) = ([], [], [])
        for write in writes {
            switch try write.ifClass.map({ name throws(DirectoryFailure) in
                try isEntry(entry, ofClass: name)
            }) {
            case nil, true??: sorted.0.append(write)
            case false??: sorted.1.append(write)
            case .some(nil): sorted.2.append(write)
            }
        }
        return sorted
    }
}

extension DirectorySchema {
    /// nil where the bind DN can't read it.
    init?(_ session: borrowing DirectorySession) {
        guard let place = session.rootDSE.subschema,
            let entry = try? session.read(place, attributes: Self.attributes)
        else { return nil }
        self.init(entry)
        guard isReadable else { return nil }
    }
}
