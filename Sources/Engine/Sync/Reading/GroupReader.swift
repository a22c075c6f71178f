internal import Configuration
internal import Crypto
internal import LDAP
internal import Store

/// Reads role groups out of entries: a pure function of the entry and the configuration.
struct GroupReader {
    /// The members of a group as the store keeps them, and those that are nobody's business.
    struct Members {
        /// In order, without duplicates.
        let keys: [MemberKey]
        let foreign: Int
    }

    let requested: [AttributeName]
    /// How the server compares names.
    var folding: Folding = .apart {
        didSet { if folding == .together { bases = bases.map { $0.plainI ?? $0 } } }
    }
    private let roles: RolesSettings
    private let dialect: Dialect
    private var bases: [DN]
    private let placeholder: DN?
    private let seed: [UInt8]

    /// Octets of members that are hashed at once.
    private static let piece = 16_384
    private static let objectClass = AttributeName(trusted: "objectClass")
    private static let member = AttributeName(trusted: "member")
    private static let uniqueMember = AttributeName(trusted: "uniqueMember")
    private static let memberUid = AttributeName(trusted: "memberUid")

    init(_ roles: RolesSettings, users: UsersSettings, dialect: Dialect) {
        self.roles = roles
        self.dialect = dialect
        bases = users.bases + roles.bases
        if case .placeholder(let dn) = roles.lastMember {
            placeholder = dn
        } else {
            placeholder = nil
        }
        requested = [
            dialect.idAttribute, roles.name, Self.objectClass, Self.member, Self.uniqueMember,
            Self.memberUid, .memberURL,
        ]
        let rules = ["groups 2", dialect.name.rawValue, placeholder?.normalized ?? ""]
        seed = SHA256.hash((rules + bases.map(\.normalized)).joined(separator: "\n"))
    }

    /// nil where the entry has no readable id.
    func group(_ entry: Entry) -> RoleGroup? {
        guard let value = entry[dialect.idAttribute].first,
            let id = EntryID(value, dialect: dialect)
        else { return nil }
        return RoleGroup(
            entryID: id, dn: StoredDN(entry.dn), dnKey: MemberKey(entry.dn, by: folding),
            name: roles.role(of: entry))
    }

    /// A group that must have a member and shows none hides its members from us.
    func isUnreadable(_ entry: Entry) -> Bool {
        entry.values(of: Self.member).isEmpty && entry.values(of: Self.uniqueMember).isEmpty
            && !entry.isDynamicGroup && dialect.requiresMember(classes: entry.texts(.objectClass))
    }

    func showsMembers(_ entry: Entry) -> Bool {
        [Self.member, Self.uniqueMember, Self.memberUid].contains {
            !entry.values(of: $0).isEmpty
        }
    }

    /// Whether the group names members by their `uid`.
    func namesUids(_ entry: Entry) -> Bool { !entry.values(of: Self.memberUid).isEmpty }

    /// The first value of `memberUid` that is a name in the tree: it is nobody's uid.
    func misplacedName(_ entry: Entry) -> String? {
        entry.texts(.memberUid).first { $0.contains("=") && (DN($0)?.rdns.count ?? 0) > 1 }
    }

    /// Over all that was read, and over what decides who is a member.
    func digest(_ entry: Entry, _ group: RoleGroup) -> [UInt8] {
        var hash = SHA256()
        hash.update(seed)
        hash.update(group.dn.text)
        hash.update("\n" + group.name)
        // To hash a member takes longer by itself than as one of many.
        var piece: [UInt8] = []
        piece.reserveCapacity(2 * Self.piece)
        for name in [Self.member, Self.uniqueMember, Self.memberUid] {
            let values = entry.values(of: name)
            piece += "\n\(values.count)\n".utf8
            for value in values {
                piece += value.octets
                piece.append(0)
                if piece.count >= Self.piece {
                    hash.update(piece)
                    piece.removeAll(keepingCapacity: true)
                }
            }
        }
        hash.update(piece)
        return hash.finish()
    }

    func members(_ entry: Entry) -> Members {
        var keys: [MemberKey] = []
        var foreign = 0
        for value in entry.values(of: Self.member) {
            if let name = NormalName(value.octets) {
                append(name, to: &keys, &foreign)
            } else {
                append(value.text.flatMap { DN($0) }, to: &keys, &foreign)
            }
        }
        for value in entry.values(of: Self.uniqueMember) {
            if value.octets.last != UInt8(ascii: "B"), let name = NormalName(value.octets) {
                append(name, to: &keys, &foreign)
            } else {
                append(value.text.flatMap(Self.nameOnly), to: &keys, &foreign)
            }
        }
        for value in entry.values(of: Self.memberUid) {
            keys.append(MemberKey(uid: value.bytes, by: folding))
        }
        keys.sort()
        var unique: [MemberKey] = []
        unique.reserveCapacity(keys.count)
        for key in keys where unique.last != key { unique.append(key) }
        return Members(keys: unique, foreign: foreign)
    }

    /// As nearly all are: neither a text is made of it, nor a `DN`.
    private func append(
        _ name: NormalName, to keys: inout [MemberKey], _ foreign: inout Int
    ) {
        if let placeholder, name == placeholder { return }
        for base in bases where name.isWithin(base) {
            keys.append(MemberKey(name))
            return
        }
        foreign += 1
    }

    private func append(_ dn: DN?, to keys: inout [MemberKey], _ foreign: inout Int) {
        if let dn, dn == placeholder { return }
        guard let dn, bases.contains(where: { isWithin(dn, $0) }) else {
            foreign += 1
            return
        }
        keys.append(MemberKey(dn, by: folding))
    }

    private func isWithin(_ dn: DN, _ base: DN) -> Bool {
        switch folding {
        case .apart: dn.isWithin(base)
        case .together: (dn.plainI ?? dn).isWithin(base)
        }
    }

    /// The DN of a Name And Optional UID (RFC 4517, 3.3.21): `cn=x#'0101'B`.
    private static func nameOnly(_ text: String) -> DN? {
        guard text.utf8.last == UInt8(ascii: "B"), let mark = text.utf8.lastIndex(of: 0x23),
            text.utf8[mark...].dropFirst().first == UInt8(ascii: "'")
        else { return DN(text) }
        return DN(String(text[..<mark]))
    }
}

extension RolesSettings {
    /// What the role of a group is called: of several values of its name the RDN's.
    ///
    /// A group without a readable name is called by its DN.
    func role(of group: Entry) -> String {
        let name = group.namingValues(of: self.name).lazy.compactMap(\.text).first ?? group.dn.text
        return rename[name] ?? name
    }

    /// Why `defaultRoles` can't give the role of this name, without a full stop.
    static func ambiguity(of role: String, _ groups: [String]) -> String {
        "defaultRoles names \(role), which \(groups.count) groups are called: "
            + groups.joined(separator: " and ")
    }
}
