internal import Configuration
internal import Crypto
internal import Identity
internal import LDAP
internal import Store

/// Makes users of one directory's entries, as its configuration says: a pure function of the entry.
///
/// A class, which is not copied where it is asked: every entry of a directory is.
final class EntryMapper {
    /// What to ask the server for: what is mapped, kept or recognised, and nothing else.
    let requested: [AttributeName]
    /// How the server compares names.
    var folding: Folding = .apart
    private let users: UsersSettings
    private let values: MappedValues
    private let kept: [AttributeName]
    private let recognisers: [Reason]
    /// Login names that the server takes beside the username.
    private let logins: [AttributeName]
    /// Whether users are known by their `uid`, too, because groups name members so.
    private let keepsUids: Bool
    /// What the attribute with the certificates is called: servers leave `;binary` out, or put it in,
    /// as they like, and 389 keeps both beside one another.
    private let certificateNames: [AttributeName]

    /// What `memberUid` names.
    static let uid = AttributeName(trusted: "uid")

    init(
        _ settings: DirectorySettings, dialect: Dialect, account: [AttributeName],
        keepsUids: Bool = false
    ) {
        users = settings.users
        values = MappedValues(settings.users.map)
        kept = settings.users.attributes.sorted { $0.spelling < $1.spelling }
        recognisers = settings.reasons.filter(\.isRecognisable)
        logins = dialect.loginNames
        self.keepsUids = keepsUids
        certificateNames =
            settings.users.certificates.map { name in
                let names = [name.base, AttributeName(trusted: name.base.spelling + ";binary")]
                return names.contains(name) ? names : [name] + names
            } ?? []
        var requested =
            account + settings.users.map.sources.flatMap(\.attributes) + values.templateAttributes
        requested += kept + recognisers.flatMap { $0.recognise.map(\.attribute) } + logins
        // Always, so that the digests stay when a group names members by it for the first time.
        if settings.roles != nil { requested.append(Self.uid) }
        requested += certificateNames
        self.requested = Set(requested).sorted { $0.folded < $1.folded }
    }

    /// `disabled` is what the dialect reads in the entry; `digest` covers all of it.
    ///
    /// Refused is an entry without a username alone: any other property that can't be kept is left out.
    func map(
        _ entry: Entry, id: EntryID, disabled: Bool?, digest: [UInt8]
    ) throws(MappingRejection) -> MappedUser {
        var leftOut: [String] = []
        guard let username = values.username(of: entry, &leftOut) else {
            throw leftOut.first.map { MappingRejection(why: $0) }
                ?? .noUsername(users.map.username.description)
        }
        var record = UserRecord(
            entryID: id, dn: StoredDN(entry.dn), dnKey: MemberKey(entry.dn, by: folding),
            username: username)
        record.usernameKey = folding.key(username)
        record.leftOut = leftOut
        var user = MappedUser(record: record)
        complete(&user, of: entry, disabled: disabled, digest: digest)
        return user
    }

    /// The same for an entry that has no username: the user goes by the name that `old` has, or by the
    /// DN.
    ///
    /// The digest is empty, so that the entry is looked at anew whatever it says.
    func mapWithoutUsername(
        _ entry: Entry, id: EntryID, disabled: Bool?, keeping old: UserRecord?
    ) -> MappedUser {
        var record = UserRecord(
            entryID: id, dn: StoredDN(entry.dn), dnKey: MemberKey(entry.dn, by: folding),
            username: "")
        record.goByFormerName(of: old)
        var user = MappedUser(record: record)
        complete(&user, of: entry, disabled: disabled, digest: [])
        user.note = nil
        return user
    }

    /// All but the names, which stand in the record.
    private func complete(
        _ user: inout MappedUser, of entry: Entry, disabled: Bool?, digest: [UInt8]
    ) {
        let map = users.map
        var leftOut = user.record.leftOut
        func first(_ source: ValueSource?, _ property: MappedValues.Property) -> String? {
            values.first(source, of: entry, property, &leftOut)
        }
        user.record.givenName = first(map.givenName, .givenName)
        user.record.familyName = first(map.familyName, .familyName)
        user.record.displayName = first(map.displayName, .displayName)
        user.record.mail = first(map.mail, .mail)
        user.record.employeeNumber = first(map.employeeNumber, .employeeNumber)
        user.record.attributes = keptAttributes(of: entry, &leftOut)
        user.record.leftOut = leftOut
        setNames(of: entry, &user.record)
        user.record.disabled = disabled
        user.record.recognised = recognisers.first { $0.isRecognised(in: entry) }?.code
        user.record.digest = digest
        guard !certificateNames.isEmpty else { return }
        let (certificates, authorities, unreadable) = certificates(of: entry)
        user.certificates = certificates
        guard let unreadable else { return }
        // Without a digest, so that the entry is looked at, and reported, on every run.
        user.record.digest = []
        user.authorities = authorities
        user.note = RejectedTable.Rejection(
            dn: StoredDN(entry.dn), why: unreadable, isUser: true)
    }

    private func setNames(of entry: Entry, _ record: inout UserRecord) {
        let others = values.otherNames(of: entry) + logins.flatMap { entry.texts($0) }
        if !others.isEmpty { record.setOtherNames(others, by: folding) }
        if keepsUids { record.setUidKeys(uidKeys(of: entry)) }
    }

    /// What `memberUid` may name the entry by, that of the RDN first.
    func uidKeys(of entry: Entry) -> [MemberKey] {
        entry.namingValues(of: Self.uid).map { MemberKey(uid: $0.bytes, by: folding) }
    }

    private func keptAttributes(
        of entry: Entry, _ leftOut: inout [String]
    ) -> [UserRecord.Kept] {
        var result: [UserRecord.Kept] = []
        for name in kept {
            let texts = values.keepable(entry.values(of: name), of: name, &leftOut)
            guard !texts.isEmpty else { continue }
            result.append(UserRecord.Kept(name: name.spelling, values: texts))
        }
        return result
    }

    /// The user's certificates, the fingerprints of those of CAs, and what is wrong with any of them.
    private func certificates(
        of entry: Entry
    ) -> ([Certificate.Encoded], authorities: [[UInt8]], String?) {
        var seen: Set<[UInt8]> = []
        var found: [Certificate.Encoded] = []
        var unreadable: [Int] = []
        var authorities: [Int] = []
        var fingerprints: [[UInt8]] = []
        for value in certificateNames.flatMap({ entry[$0] }) {
            let der = value.bytes
            guard seen.insert(der).inserted else { continue }
            guard let certificate = try? X509Certificate(der: der) else {
                unreadable.append(seen.count)
                continue
            }
            // A CA's is nobody's: a lock would ask the CA to revoke itself.
            if certificate.isAuthority {
                authorities.append(seen.count)
                fingerprints.append(certificate.fingerprint)
            } else {
                found.append(Certificate.Encoded(certificate))
            }
        }
        let complaints = [
            complaint("is no X.509 certificate", unreadable, of: seen.count),
            complaint("is a CA's certificate, nobody's", authorities, of: seen.count),
        ].compactMap(\.self)
        let why = complaints.isEmpty ? nil : complaints.joined(separator: "; ")
        return (found, fingerprints, why)
    }

    private func complaint(_ what: String, _ places: [Int], of count: Int) -> String? {
        guard !places.isEmpty, let name = users.certificates else { return nil }
        let numbers = places.prefix(20).map(String.init).joined(separator: ", ")
        return "\(name) \(what): value \(numbers) of \(count)"
    }
}

/// What the configuration makes of one entry.
struct MappedUser: Equatable, Sendable {
    var record: UserRecord
    var certificates: [Certificate.Encoded] = []
    /// The fingerprints of the certificates of CAs that stand in the entry.
    var authorities: [[UInt8]] = []
    /// What is wrong with the entry although it is a user's; nil: nothing.
    var note: RejectedTable.Rejection?
}

/// Why an entry can't be a user: one sentence without a full stop.
struct MappingRejection: Error, Equatable, CustomStringConvertible {
    let why: String

    var description: String { why }

    static func noUsername(_ sources: String) -> MappingRejection {
        MappingRejection(why: "no username: \(sources) has no value")
    }

    static func notText(_ attribute: String) -> MappingRejection {
        MappingRejection(why: "\(attribute) is not UTF-8 text")
    }

    static func nul(_ attribute: String) -> MappingRejection {
        MappingRejection(why: "\(attribute) contains a NUL")
    }

    static func tooLong(_ property: String, octets: Int, limit: Int) -> MappingRejection {
        MappingRejection(why: "\(property) has \(octets) octets, more than \(limit)")
    }
}
