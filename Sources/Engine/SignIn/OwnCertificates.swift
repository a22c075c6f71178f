internal import Configuration
internal import Crypto
internal import Identity
internal import LDAP

/// The certificates that stand in somebody's own entry now, whether or not the store knows them.
///
/// People may write them, and a sync may not yet have seen them: each is a way in all the same.
struct OwnCertificates {
    private(set) var certificates: [Certificate.Encoded] = []
    /// Values that are no X.509 certificate.
    private(set) var unreadable = 0
    /// An attribute shows none, and whether there is one can't be found out.
    private(set) var isHidden = false

    /// RFC 4523, 2.1, with and without the option that its 2.1 demands and that servers leave out.
    static func attributes(_ users: UsersSettings) -> [AttributeName] {
        let standard = AttributeName(trusted: "userCertificate")
        let bases = [standard] + [users.certificates?.base].compactMap(\.self)
        return Set(
            bases.flatMap { [$0, AttributeName(trusted: $0.spelling + ";binary")] }
                + [users.certificates].compactMap(\.self)
        ).sorted { $0.folded < $1.folded }
    }

    /// `entry`: as it was read with them; nil: it can't be seen.
    init(of entry: Entry?, on session: borrowing DirectorySession) throws {
        guard let entry else { return }
        let names = Self.attributes(session.settings.users)
        var seen: Set<[UInt8]> = []
        for value in names.flatMap({ entry[$0] }) where seen.insert(value.bytes).inserted {
            guard let certificate = try? X509Certificate(der: value.bytes) else {
                unreadable += 1
                continue
            }
            // A CA's is nobody's.
            if !certificate.isAuthority { certificates.append(Certificate.Encoded(certificate)) }
        }
        let shown = Set(names.filter { !entry[$0].isEmpty }.map(\.base))
        let silent = Set(names.map(\.base)).subtracting(shown)
        isHidden = try !session.lacks(silent.sorted { $0.folded < $1.folded }, entry.dn)
    }
}
