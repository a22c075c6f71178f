internal import LDAP

extension Entry {
    /// The attributes that a group of these classes keeps its members in; the first is its own.
    var memberAttributes: [AttributeName] {
        AttributeName.ofMembers(classes: texts(.objectClass))
    }

    /// The same; none where the members are found by a search.
    var listedMemberAttributes: [AttributeName] {
        AttributeName.ofListedMembers(classes: texts(.objectClass))
    }
}

extension AttributeName {
    /// Where groups of these classes have their members; at least one, that of the class itself first.
    ///
    /// RFC 4519, 3.5 and 3.6; RFC 2307. draft-howard-rfc2307bis has posixGroup beside another class.
    static func ofMembers(classes: [String]) -> [AttributeName] {
        let classes = Set(classes.map { $0.lowercased() })
        var names: [AttributeName] = []
        if classes.contains("groupofuniquenames") { names.append(.uniqueMember) }
        if classes.contains("groupofnames") || classes.contains("groupofmembers") {
            names.append(.member)
        }
        if classes.contains("posixgroup") { names.append(.memberUid) }
        return names.isEmpty ? [.member] : names
    }

    /// The same; none for a dynamic group, whose members are found by a search.
    static func ofListedMembers(classes: [String]) -> [AttributeName] {
        let folded = Set(classes.map { $0.lowercased() })
        let own = ofMembers(classes: classes)
        guard own == [.member], folded.contains("groupofurls") else { return own }
        return folded.contains("groupofnames") || folded.contains("groupofmembers") ? own : []
    }
}
