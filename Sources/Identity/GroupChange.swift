/// What a sync found of a role group that takes roles away, or keeps them from being seen.
package struct GroupChange: Hashable, Sendable {
    package enum Kind: String, Sendable {
        /// It is there no more: everybody's role of it is withdrawn.
        case gone
        /// It shows no member, and must have some: what is stored of it stays.
        case unreadable
    }

    /// The row id.
    package let group: GroupID
    package let dn: String
    package let kind: Kind

    package init(group: GroupID, dn: String, kind: Kind) {
        self.group = group
        self.dn = dn
        self.kind = kind
    }
}
