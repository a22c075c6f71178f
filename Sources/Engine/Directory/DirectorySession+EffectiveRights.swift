internal import Configuration
internal import LDAP
internal import LDAPClient

// What servers of Sun's descent tell of the bind DN's own rights (draft-ietf-ldapext-acl-model).
extension DirectorySession {
    private static var effectiveRights: String { "1.3.6.1.4.1.42.2.27.9.5.2" }
    private static var attributeRights: AttributeName {
        AttributeName(trusted: "attributeLevelRights")
    }

    var offersEffectiveRights: Bool { rootDSE.supports(control: Self.effectiveRights) }

    /// Letters by the attribute's folded name: r to read, s to search by, w to add values, o to delete them.
    ///
    /// nil where the server does not tell them, or shows no such entry. `attributeLevelRights:
    /// nsAccountLock:rscwo, title:rsc`; W and O are the rights to oneself as a value (Directory Server
    /// Administration Guide, Get Effective Rights).
    func effectiveRights(
        on dn: DN, to attributes: [AttributeName]
    ) throws(DirectoryFailure) -> [String: String]? {
        guard offersEffectiveRights, let subject else { return nil }
        let control = Control(
            Self.effectiveRights, isCritical: true, value: Array("dn:\(subject)".utf8))
        let entries = try connection.search(
            base: dn, scope: .base, filter: .present(.objectClass),
            attributes: attributes + [Self.attributeRights], controls: [control])
        guard let entry = entries.first else { return nil }
        var told: [String: String] = [:]
        for text in entry.texts(Self.attributeRights) {
            for part in text.split(separator: ",") {
                let pair = part.split(separator: ":", maxSplits: 1)
                guard pair.count == 2 else { continue }
                told[pair[0].lowercased().filter { $0 != " " }] = String(pair[1])
            }
        }
        return told
    }

    /// Who asks; the server says it of a SASL bind.
    var subject: String? {
        if case .simple(let dn, _, _) = settings.bind { return dn.text }
        guard let name = try? connection.whoAmI(), name.hasPrefix("dn:") else { return nil }
        return String(name.dropFirst(3))
    }
}
