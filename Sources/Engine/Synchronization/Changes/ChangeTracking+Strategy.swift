internal import Configuration
internal import Crypto
internal import LDAP
internal import LDAPClient

extension ChangeTracking {
    /// The naming context that holds all of the bases.
    static func suffix(of bases: [DN], _ contexts: [DN]) -> DN? {
        contexts.first { context in bases.allSatisfy { $0.isWithin(context) } }
    }

    static func choose(
        _ settings: DirectorySettings, _ requested: [AttributeName], isOffered: Bool,
        hasSuffix: Bool
    ) -> (SyncStrategy, remark: String?) {
        let wanted = settings.sync.strategy
        switch wanted {
        case .full: return (.full, nil)
        case .dirsync, .modifyTimestamp:
            return (.full, "sync.strategy \(wanted?.rawValue ?? "") is not offered here: full")
        case .syncrepl, nil: break
        }
        let why: String? =
            if !isOffered {
                "the server offers no content sync"
            } else if !hasSuffix {
                "the bases are not all of one database"
            } else if isWrittenSilently(settings, requested) {
                // Seen on slapd 2.5.13: the overlay writes it without touching entryCSN.
                "memberOf changes without any change of the entry being told"
            } else {
                nil
            }
        guard let why else { return (.syncrepl, nil) }
        return (.full, remark(settings, why))
    }

    /// Only where somebody wanted it.
    static func remark(_ settings: DirectorySettings, _ why: String) -> String? {
        settings.sync.strategy == nil ? nil : "sync.strategy syncrepl can't be used: \(why)"
    }

    private static func isWrittenSilently(
        _ settings: DirectorySettings, _ requested: [AttributeName]
    ) -> Bool {
        requested.contains(.memberOf) || settings.users.filter.names(.memberOf)
            || settings.roles?.filter.names(.memberOf) == true
            || settings.roles?.name == .memberOf
    }

    /// SHA-256 of the ids and names of what entries usually stand below.
    ///
    /// A server that renames one of them tells nobody of the entries below, whose names change.
    func containers(on session: borrowing DirectorySession) throws -> [UInt8] {
        let classes = [
            "organizationalUnit", "organization", "domain", "dcObject", "locality", "country",
            "container", "nsContainer",
        ].map { Filter.equal(.objectClass, AttributeValue($0)) }
        let dialect = session.dialect
        var lines: [String] = []
        for base in run.settings.users.bases + (run.settings.roles?.bases ?? []) {
            try session.enumerate(
                .users, base: base, scope: .subtree, filter: .or(classes),
                attributes: [dialect.idAttribute], pageSize: run.settings.sync.pageSize
            ) { page, _ in
                for entry in page {
                    lines.append("\(entry[dialect.idAttribute].first?.text ?? "") \(entry.dn)")
                }
            }
        }
        return SHA256.hash(lines.sorted().joined(separator: "\n"))
    }
}

extension AttributeName {
    static let hasSubordinates = AttributeName(trusted: "hasSubordinates")
}

extension Filter {
    /// Whether the attribute decides what matches.
    fileprivate func names(_ name: AttributeName) -> Bool {
        switch self {
        case .and(let filters), .or(let filters): filters.contains { $0.names(name) }
        case .not(let filter): filter.names(name)
        case .present(let own), .equal(let own, _), .greaterOrEqual(let own, _),
            .lessOrEqual(let own, _), .approximate(let own, _), .substrings(let own, _, _, _):
            own.base == name
        case .extensible(let own, _, _, _): own?.base == name
        }
    }
}
