import Fixtures
import Ground
import Identity
import Testing

/// Groups that have their members elsewhere than in `member`, or in two attributes at once.
@Suite struct MembershipTests {
    private static let suffix = SampleOrganisation.suffix
    private static let ada = SampleOrganisation.person("ada")
    private let group = SampleOrganisation.group("harbour")

    private func makeLab(_ kind: DirectoryKind, _ lines: String) throws -> ConformanceLab {
        let lab = try ConformanceLab(kind)
        try lab.configure(uri: lab.proxy.url) {
            $0.replacing(
                "(|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames))",
                with: "(|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames)"
                    + "(objectClass=posixGroup))")
        }
        try lab.server.add("dn: \(group)\ncn: harbour\n\(lines)\n")
        try lab.sync()
        #expect(try lab.roles(of: "ada").contains("harbour"))
        return lab
    }

    private func unlock(_ lab: ConformanceLab) throws {
        let unlock = try lab.json(
            "unlock", "ada", "--reason", "returned", "--restore-roles", "--yes")
        #expect(unlock["outcome"] == "completed", "\(unlock.text)")
    }

    /// As 389 allows it, and the schema of rfc2307bis.
    @Test(arguments: [
        "objectClass: groupOfNames\nobjectClass: posixGroup\ngidNumber: 4711\n"
            + "member: \(ada)\nmemberUid: ada\n",
        "objectClass: groupOfNames\nobjectClass: groupOfUniqueNames\n"
            + "member: \(ada)\nuniqueMember: \(ada)\n",
    ])
    func `a group that has her twice is stripped of both, and given both back`(
        lines: String
    ) throws {
        let lab = try makeLab(.directoryServer389, lines)
        let before = try lab.server.entry(group, attributes: ["*"])
        let plan = try lab.start([
            "lock", "ada", "--reason", "left-organization", "--dry-run", "--ldif",
        ]).wait()
        let lock = try lab.lock("ada")
        #expect(lock["outcome"] == "completed", "\(lock.text)")
        let stripped = try lab.server.entry(group, attributes: ["*"])
        for name in ["member", "uniqueMember", "memberUid"] {
            #expect(stripped[name] == nil)
            #expect(plan.stdout.contains("delete: \(name)\n") == (before[name] != nil))
        }
        try unlock(lab)
        #expect(try lab.server.entry(group, attributes: ["*"]) == before)
        #expect(try lab.sync()["updated"] == 0)
    }

    @Test(arguments: [DirectoryKind.openldap, .directoryServer389])
    func `what was taken once the server was back is given back as it was`(
        kind: DirectoryKind
    ) throws {
        let lab = try makeLab(
            kind,
            "objectClass: groupOfUniqueNames\nuniqueMember: \(Self.ada)#'0101'B\n"
                + "uniqueMember: \(stranger)\n")
        let before = try lab.server.values("uniqueMember", of: group)
        lab.proxy.set(.cut)
        try lab.lock("ada", exit: 75)
        lab.proxy.set(.none)
        #expect(try lab.json("retry")[0]?["outcome"] == "completed")
        #expect(try lab.server.values("uniqueMember", of: group) == [stranger])
        try unlock(lab)
        #expect(try Set(lab.server.values("uniqueMember", of: group)) == Set(before))
    }

    @Test(arguments: [DirectoryKind.openldap, .directoryServer389])
    func `memberUid that was never in her case is taken out`(kind: DirectoryKind) throws {
        let lab = try makeLab(
            kind,
            "objectClass: groupOfUniqueNames\nuniqueMember: \(Self.ada)\n"
                + "uniqueMember: \(stranger)\n")
        let crew = SampleOrganisation.group("crew")
        try lab.server.add(
            "dn: \(crew)\ncn: crew\nobjectClass: posixGroup\ngidNumber: 4712\n"
                + "memberUid: ADA\nmemberUid: stranger\n")
        let lock = try lab.lock("ada")
        #expect(lock["outcome"] == "completed", "\(lock.text)")
        #expect(try lab.server.values("memberUid", of: crew) == ["stranger"])
    }

    private let stranger = "uid=stranger,ou=people,\(suffix)"
}
