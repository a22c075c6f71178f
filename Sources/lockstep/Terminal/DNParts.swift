internal import LDAP

/// What tells the DNs of a list apart: each without the end that all of them have.
struct DNParts {
    /// How many RDNs at the end all have in common; at least one of each is left.
    private let common: Int

    init(_ dns: [StoredDN]) {
        let names = dns.map { $0.dn?.rdns ?? [] }
        guard let first = names.first, let least = names.map(\.count).min(), names.count > 1 else {
            common = 0
            return
        }
        var common = 0
        while common < least - 1,
            names.allSatisfy({ $0[$0.count - 1 - common] == first[first.count - 1 - common] })
        {
            common += 1
        }
        self.common = common
    }

    func callAsFunction(_ dn: StoredDN) -> String {
        guard common > 0, let own = dn.dn?.rdns else { return dn.text }
        return own.dropLast(common).map(\.text).joined(separator: ",")
    }
}
