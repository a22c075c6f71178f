package import Configuration
internal import LDAP

/// Whether two directories of the configuration read the same entries: each would be two users then, and a sync
/// refuses that.
package enum OverlapCheck {
    package static func lines(_ settings: Settings) -> [CheckLine] {
        settings.directories.enumerated().flatMap { place, directory in
            settings.directories[..<place].compactMap { earlier in
                verdict(earlier, directory).map {
                    CheckLine(.configuration, of: directory.name, $0)
                }
            }
        }
    }

    private static func verdict(
        _ first: DirectorySettings, _ second: DirectorySettings
    ) -> CheckVerdict? {
        let servers = Set(first.uris.map(\.place)).intersection(second.uris.map(\.place))
        guard let server = servers.min() else { return nil }
        let shared = second.users.bases.first { base in
            first.users.bases.contains { base.isWithin($0) || $0.isWithin(base) }
        }
        guard let shared else { return nil }
        let what =
            "the directories \(first.name) and \(second.name) both read \(shared) of \(server)"
        guard first.users.filter == second.users.filter else {
            return .warning(
                "\(what): whom both filters find ends a sync. See that no entry matches both.")
        }
        return .failed(
            "\(what), with one filter: each entry would be two users. Take one of them out, or give "
                + "it another base.")
    }
}

extension LDAPURL {
    /// The server: the standard ports of one host are one server's, with TLS and without.
    fileprivate var place: String {
        [389, 636, 3268, 3269].contains(port) ? host.lowercased() : "\(host.lowercased()):\(port)"
    }
}
