internal import LDAP

/// What people should know of role groups that are read as well as they can be.
struct GroupRemarks {
    /// So many groups are named for each.
    private static let most = 5

    /// Those that a search fills.
    private var dynamic: [DN] = []
    /// Those with a name in the tree where a uid is due, the first few.
    private var misplaced: [(group: DN, name: String)] = []

    mutating func note(_ group: Entry, by reader: GroupReader) {
        if group.isDynamicGroup { dynamic.append(group.dn) }
        guard misplaced.count < Self.most, let name = reader.misplacedName(group) else { return }
        misplaced.append((group.dn, name))
    }

    /// Without a full stop.
    var sentences: [String] {
        var sentences = misplaced.map { group, name in
            "group \(group) has \(name) in memberUid, which takes a uid: it is nobody's role, and no "
                + "lock takes it out"
        }
        sentences += dynamic.prefix(Self.most).map {
            "group \($0) is dynamic: whom its memberURL finds, no lock takes out of it"
        }
        let rest = dynamic.count - Self.most
        if rest > 0 {
            sentences.append("and \(rest) more dynamic \(rest == 1 ? "group" : "groups")")
        }
        return sentences
    }
}
