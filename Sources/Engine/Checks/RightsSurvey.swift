internal import Configuration
internal import Ground
internal import Identity
internal import LDAP

/// What the bind DN may write of what a lock writes, by examples of people and by every group.
struct RightsSurvey {
    struct Finding: Hashable {
        let attribute: AttributeName
        let entry: DN
        let right: WriteRight
    }

    let method: String?
    private(set) var people: [Finding] = []
    private(set) var groups: [Finding] = []

    /// Whether the server refuses anything that a lock writes.
    var isDenied: Bool {
        (people + groups).contains { if case .denied = $0.right { true } else { false } }
    }

    init(
        _ shared: SharedSession, users: UsersSurvey, roles: RolesSurvey?,
        schema: DirectorySchema?, now: Timestamp
    ) throws {
        let reader = RightsReader(shared: shared)
        method = reader.method
        guard method != nil else { return }
        let settings = shared.session.settings
        let wanted = shared.session.lockWrites(now: now).filter {
            // What the schema lacks is said elsewhere.
            schema?.definition(of: $0.attribute) != nil || schema == nil
        }
        for example in users.examples.values.sorted(by: { $0.normalized < $1.normalized }) {
            let rights = try reader.rights(to: wanted, on: example)
            for write in wanted {
                guard let right = rights[write.attribute] else { continue }
                people.append(
                    Finding(attribute: write.attribute, entry: example, right: right))
            }
        }
        guard let roles, let policy = settings.roles else { return }
        try noteGivenRoles(reader)
        var replaces = false
        if case .placeholder = policy.lastMember { replaces = true }
        for group in roles.groups.values.sorted(by: { $0.dn.normalized < $1.dn.normalized })
        where !policy.keep.contains(group.dn) {
            for name in group.memberAttributes {
                let adding =
                    replaces && name != .memberUid
                    && reader.shared.session.dialect.requiresMember(classes: group.classes)
                let right = try reader.rights(toMembers: name, of: group.dn, adding: adding)
                groups.append(Finding(attribute: name, entry: group.dn, right: right))
            }
        }
    }

    /// A lock takes 389's managed roles out of the entry of whoever has one.
    private mutating func noteGivenRoles(_ reader: RightsReader) throws {
        let name = AttributeName.nsRoleDN
        guard reader.shared.session.dialect.roleAttributes.contains(name),
            let holder = try? reader.shared.session.holder(of: name)
        else { return }
        let rights = try reader.rights(
            to: [AttributeWrite(attribute: name, values: [])], on: holder)
        guard let right = rights[name] else { return }
        people.append(Finding(attribute: name, entry: holder, right: right))
    }
}

extension RolesSurvey.Group {
    fileprivate var memberAttributes: [AttributeName] {
        AttributeName.ofListedMembers(classes: classes)
    }
}

extension DirectorySession {
    /// One of the people who has a value of this attribute.
    fileprivate func holder(of name: AttributeName) throws(DirectoryFailure) -> DN? {
        for base in settings.users.bases {
            let entries = try connection.search(
                base: base, scope: settings.users.scope,
                filter: .and([settings.users.filter, .present(name)]),
                attributes: [dialect.idAttribute], sizeLimit: 1)
            if let entry = entries.first { return entry.dn }
        }
        return nil
    }

    /// What a lock may write to an entry.
    var writtenAttributes: [AttributeName] {
        accountAttributes
            + settings.reasons.filter(\.enabled).flatMap { $0.write.map(\.attribute) }
    }

    /// Each attribute that a lock may write to an entry, with values such as it would get.
    fileprivate func lockWrites(now: Timestamp) -> [AttributeWrite] {
        let blank = Entry(dn: .root, attributes: [])
        let account =
            dialect.disable(blank, at: now, hasEndTime: hasPwdEndTime)
            ?? accountAttributes.map { Modification(.replace, $0, []) }
        var writes = account.map { AttributeWrite(attribute: $0.attribute, values: $0.values) }
        for reason in settings.reasons where reason.enabled {
            for written in reason.write
            where !writes.contains(where: { $0.attribute == written.attribute }) {
                writes.append(
                    AttributeWrite(attribute: written.attribute, values: written.example(now)))
            }
        }
        return writes
    }
}

extension Reason.Written {
    /// Its values, with words in the place of what is only known at a lock.
    fileprivate func example(_ now: Timestamp) -> [AttributeValue] {
        guard case .replace(let templates) = write else { return [] }
        return templates.compactMap { template in
            template.evaluate { $0 == "now" ? now.rfc3339 : "example" }
        }.map { AttributeValue($0) }
    }
}
