/// Active Directory's other name of an account or a group ([MS-DTYP] 2.4.2): `S-1-5-21-…-513`.
package struct SecurityIdentifier: Hashable, Sendable, CustomStringConvertible {
    private let authority: UInt64
    private let parts: [UInt32]

    /// The octets of `objectSid`; nil unless they are one.
    package init?(_ value: AttributeValue) {
        let octets = value.bytes
        guard octets.count >= 8, octets[0] == 1, octets.count == 8 + 4 * Int(octets[1]) else {
            return nil
        }
        authority = octets[2..<8].reduce(0) { $0 << 8 | UInt64($1) }
        parts = stride(from: 8, to: octets.count, by: 4).map { start in
            octets[start..<start + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
        }
    }

    private init(authority: UInt64, parts: [UInt32]) {
        self.authority = authority
        self.parts = parts
    }

    package var description: String {
        (["S-1", String(authority)] + parts.map(String.init)).joined(separator: "-")
    }

    /// The one with that last part in the same domain; nil for one that has no last part.
    package func sibling(_ relative: UInt32) -> SecurityIdentifier? {
        guard !parts.isEmpty else { return nil }
        return SecurityIdentifier(authority: authority, parts: parts.dropLast() + [relative])
    }

    /// That of an account's primary group, which neither `member` nor `memberOf` tells of.
    package static func ofPrimaryGroup(_ entry: Entry) -> SecurityIdentifier? {
        guard let own = entry[.objectSid].first.flatMap(SecurityIdentifier.init),
            let relative = entry[.primaryGroupID].first?.text.flatMap({ UInt32($0) })
        else { return nil }
        return own.sibling(relative)
    }
}

extension AttributeName {
    /// [MS-ADA3], of the same names.
    package static let objectSid = AttributeName(trusted: "objectSid")
    package static let primaryGroupID = AttributeName(trusted: "primaryGroupID")
}
