internal import Configuration
internal import Crypto
internal import Identity
internal import LDAP
internal import Store

/// Makes users of one directory's entries, as its configuration says: a pure function of the entry.
struct EntryMapper {
    /// The most octets that a property may have.
    enum Bound {
        static let username = 256
        /// RFC 5321, 4.5.3.1: 64 before the `@` and 255 behind it.
        static let mail = 320
        static let employeeNumber = 256
        static let name = 4096
        static let kept = 1 << 20
    }

    /// What to ask the server for: what is mapped, kept or recognised, and nothing else.
    let requested: [AttributeName]
    private let users: UsersSettings
    private let kept: [AttributeName]
    private let recognisers: [Reason]
    /// Whether a user is known by her `uid`, too, because groups name their members so.
    private let keepsUids: Bool
    private let templateNames: [String: AttributeName]
    /// What the attribute with the certificates is called: servers leave `;binary` out, or put it in,
    /// as they like, and 389 keeps both beside one another.
    private let certificateNames: [AttributeName]

    /// What `memberUid` names.
    static let uid = AttributeName(trusted: "uid")

    init(_ settings: DirectorySettings, account: [AttributeName], keepsUids: Bool = false) {
        users = settings.users
        kept = settings.users.attributes.sorted { $0.spelling < $1.spelling }
        recognisers = settings.reasons.filter(\.isRecognisable)
        self.keepsUids = keepsUids
        certificateNames =
            settings.users.certificates.map { name in
                let names = [name.base, AttributeName(trusted: name.base.spelling + ";binary")]
                return names.contains(name) ? names : [name] + names
            } ?? []
        let sources = settings.users.map.sources
        var names: [String: AttributeName] = [:]
        for name in sources.flatMap(\.templateNames) { names[name] = AttributeName(name) }
        templateNames = names
        var requested = account + sources.flatMap(\.attributes) + names.values
        requested += kept + recognisers.flatMap { $0.recognise.map(\.attribute) }
        // Always, so that the digests stay when a group names members by it for the first time.
        if settings.roles != nil { requested.append(Self.uid) }
        requested += certificateNames
        self.requested = Set(requested).sorted { $0.folded < $1.folded }
    }

    /// `disabled` is what the dialect reads in the entry; `digest` covers all of it.
    func map(
        _ entry: Entry, id: EntryID, disabled: Bool?, digest: [UInt8]
    ) throws(MappingRejection) -> MappedUser {
        let map = users.map
        guard
            let username = try value(map.username, in: entry, "username", Bound.username)
        else { throw .noUsername(map.username.description) }
        var record = UserRecord(
            entryID: id, dn: entry.dn.text, dnKey: MemberKey(entry.dn), username: username)
        if keepsUids {
            record.uidKey = entry.values(of: Self.uid).first.map { MemberKey(uid: $0.bytes) }
        }
        record.givenName = try value(map.givenName, in: entry, "givenName", Bound.name)
        record.familyName = try value(map.familyName, in: entry, "familyName", Bound.name)
        record.displayName = try value(map.displayName, in: entry, "displayName", Bound.name)
        record.mail = try value(map.mail, in: entry, "mail", Bound.mail)
        record.employeeNumber = try value(
            map.employeeNumber, in: entry, "employeeNumber", Bound.employeeNumber)
        record.attributes = try keptAttributes(of: entry)
        record.disabled = disabled
        record.recognised = recognisers.first { $0.isRecognised(in: entry) }?.code
        record.digest = digest
        let (certificates, authorities, unreadable) = certificates(of: entry)
        guard let unreadable else {
            return MappedUser(record: record, certificates: certificates, note: nil)
        }
        // To be looked at, and reported, on every run.
        record.digest = []
        return MappedUser(
            record: record, certificates: certificates, authorities: authorities,
            note: RejectedTable.Rejection(dn: entry.dn.text, why: unreadable, isUser: true))
    }

    /// What the entry says of the account of a user whose other properties can't be read.
    func facts(_ entry: Entry, of old: UserRecord, disabled: Bool?) -> UserRecord {
        var record = old
        record.dn = entry.dn.text
        record.dnKey = MemberKey(entry.dn)
        record.disabled = disabled
        record.recognised = recognisers.first { $0.isRecognised(in: entry) }?.code
        record.digest = []
        return record
    }

    private func value(
        _ source: ValueSource?, in entry: Entry, _ property: String, _ limit: Int
    ) throws(MappingRejection) -> String? {
        guard let source else { return nil }
        for alternative in source.alternatives {
            guard let text = try text(of: alternative, in: entry), !text.isBlank else { continue }
            guard text.utf8.count <= limit else {
                throw .tooLong(property, octets: text.utf8.count, limit: limit)
            }
            return text
        }
        return nil
    }

    private func text(
        of alternative: ValueSource.Alternative, in entry: Entry
    ) throws(MappingRejection) -> String? {
        switch alternative {
        case .attribute(let name): return try firstText(of: name, in: entry)
        case .template(let template):
            var values: [String: String] = [:]
            for part in template.names {
                guard let name = templateNames[part] else { continue }
                values[part] = try firstText(of: name, in: entry)
            }
            return template.evaluate { values[$0] }
        }
    }

    private func firstText(
        of name: AttributeName, in entry: Entry
    ) throws(MappingRejection) -> String? {
        guard let value = entry.values(of: name).first else { return nil }
        return try text(value, of: name)
    }

    private func text(
        _ value: AttributeValue, of name: AttributeName
    ) throws(MappingRejection) -> String {
        guard let text = value.text else { throw .notText(name.spelling) }
        guard !value.octets.contains(0) else { throw .nul(name.spelling) }
        return text
    }

    private func keptAttributes(of entry: Entry) throws(MappingRejection) -> [UserRecord.Kept] {
        var result: [UserRecord.Kept] = []
        for name in kept {
            let values = entry.values(of: name)
            guard !values.isEmpty else { continue }
            var texts: [String] = []
            for value in values {
                guard value.octets.count <= Bound.kept else {
                    throw .tooLong(name.spelling, octets: value.octets.count, limit: Bound.kept)
                }
                texts.append(try text(value, of: name))
            }
            result.append(UserRecord.Kept(name: name.spelling, values: texts))
        }
        return result
    }

    /// Those that are the user's, the fingerprints of those of CAs, and what is wrong with them and with
    /// the others.
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

extension String {
    /// Whether there is nothing but space, which no directory takes for a value.
    fileprivate var isBlank: Bool { utf8.allSatisfy { $0 == 0x20 } }
}
