import Fixtures
import Glibc
import Ground
import Testing

/// The directory as it stands, seen by the server's administrator.
extension LockLab {
    static func person(_ name: String) -> String { SampleOrganisation.person(name) }
    static func group(_ name: String) -> String { SampleOrganisation.group(name) }
    static let nobody = "cn=nobody,dc=example,dc=com"

    /// The real time, by which slapd judges.
    static func now(plus seconds: Int64) -> Timestamp {
        Timestamp(seconds: Int64(time(nil)) + seconds)
    }

    static func wait(until time: Timestamp) {
        while now(plus: 0) < time { usleep(100_000) }
    }

    func members(of group: String, _ attribute: String = "member") throws -> [String] {
        try server.values(attribute, of: Self.group(group))
    }

    /// The groups that have the value as a member.
    func groups(of dn: String) throws -> [String] {
        try server.search("(|(member=\(dn))(uniqueMember=\(dn)))").sorted()
    }

    func isLocked(_ dn: String) throws -> Bool {
        try server.values("pwdAccountLockedTime", of: dn) == ["000001010000Z"]
            && !server.values("pwdEndTime", of: dn).isEmpty
    }

    func binds(_ name: String) -> Bool {
        server.binds(as: Self.person(name), password: SampleOrganisation.password(of: name))
    }

    func change(_ dn: String, _ lines: String) throws {
        try server.modify("dn: \(dn)\nchangetype: modify\n\(lines)\n")
    }

    func rename(_ dn: String, to rdn: String, below parent: String? = nil) throws {
        let line = parent.map { "newsuperior: \($0)\n" } ?? ""
        try server.modify("dn: \(dn)\nchangetype: modrdn\nnewrdn: \(rdn)\ndeleteoldrdn: 0\n\(line)")
    }

    /// Adds a person; `attributes` are LDIF lines.
    func addPerson(_ uid: String, at dn: String? = nil, _ attributes: String = "") throws {
        try server.add(
            """
            dn: \(dn ?? Self.person(uid))
            objectClass: inetOrgPerson
            uid: \(uid)
            cn: \(uid)
            sn: \(uid)
            userPassword: \(SampleOrganisation.password(of: uid))
            \(attributes)
            """.split(separator: "\n").joined(separator: "\n") + "\n")
    }

    func addGroup(_ name: String, _ objectClass: String, _ lines: String) throws {
        try server.add(
            "dn: \(Self.group(name))\nobjectClass: \(objectClass)\ncn: \(name)\n\(lines)\n")
    }

    /// Changes the configuration of the server while it runs; the database's entry where none is named.
    func reconfigure(
        _ lines: String, of entry: String = "olcDatabase={1}mdb,cn=config"
    ) throws {
        try server.reconfigure(lines, of: entry)
    }
}
