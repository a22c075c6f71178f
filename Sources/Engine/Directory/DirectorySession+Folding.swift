internal import LDAP
internal import LDAPClient
internal import Store

// Whether the server takes `İ` and `i` for one letter: it is asked where a name has the letter.
extension DirectorySession {
    /// nil where no entry has the name, so that nothing can be told.
    func folding(of name: DN) throws(DirectoryFailure) -> Folding? {
        guard let plain = name.plainI else { return nil }
        let entry = try self.entry(at: name, attributes: [])
        let other = try self.entry(at: plain, attributes: [])
        switch (entry.flatMap { id(of: $0) }, other.flatMap { id(of: $0) }) {
        case (nil, nil): return nil
        case (let one, let two): return one == two ? .together : .apart
        }
    }

    /// The same by a value of an entry whose name has no such letter.
    func folding(
        of value: AttributeValue, in attribute: AttributeName, at name: DN
    ) throws(DirectoryFailure) -> Folding? {
        guard let text = value.text, text.hasDottedI else { return nil }
        let isPlain = Filter.equal(attribute, AttributeValue(text.plainI))
        return try entry(at: name, matching: isPlain, attributes: []) == nil ? .apart : .together
    }

    /// What is known of the server, or what a page lets it be asked; from then on it is known.
    func folding(
        of run: DirectoryRun, in page: [Entry], names: [AttributeName], values: [AttributeName]
    ) throws -> Folding? {
        if let known = try DirectoryTable(run.store).folding(of: run.directory) {
            return known
        }
        guard let found = try folding(in: page, names: names, values: values) else { return nil }
        try run.store.write { transaction in
            try DirectoryTable(transaction.store).remember(
                found, of: run.directory, in: transaction)
        }
        return found
    }

    /// What the names in these attributes, and those of the entries, let the server be asked.
    private func folding(
        in page: [Entry], names: [AttributeName], values: [AttributeName]
    ) throws(DirectoryFailure) -> Folding? {
        for entry in page
        where entry.mayHold(String.dottedILead) || entry.dn.text.hasDottedI {
            if entry.dn.text.hasDottedI, let found = try folding(of: entry.dn) { return found }
            for name in names {
                for value in entry.values(of: name) where value.hasDottedI {
                    guard let dn = value.text.flatMap({ DN($0) }) else { continue }
                    if let found = try folding(of: dn) { return found }
                }
            }
            for name in values {
                for value in entry.values(of: name) where value.hasDottedI {
                    if let found = try folding(of: value, in: name, at: entry.dn) { return found }
                }
            }
        }
        return nil
    }
}

extension AttributeValue {
    fileprivate var hasDottedI: Bool { text?.hasDottedI == true }
}
