import Fixtures
import Ground
import Identity
import Testing

/// How the content synchronization of 389 is followed, and when it is not.
@Suite struct ChangelogTests {
    private static let kind = DirectoryKind.directoryServer389

    @Test func `it is taken where deletions can be told`() throws {
        let lab = try ConformanceLab(Self.kind)
        #expect(try lab.sync()["strategy"] == "syncrepl")
        try lab.change(lab.directory.person("ben"), "replace: mail\nmail: one@example.com\n")
        try lab.server.delete(lab.directory.person("lars"))
        let report = try lab.sync()
        #expect(report["full"] == false)
        #expect(report["updated"] == 1)
        #expect(report["missing"] == 1)
        #expect(try lab.sync()["read"] == 0)
    }

    @Test func `a changelog that does not name the entries is not taken, nor one that is hidden`()
        throws
    {
        let unnamed = try ConformanceLab(Directory389 { $0.changelogNamesTargets = false })
        try unnamed.change(unnamed.directory.person("ben"), "replace: title\ntitle: Tester\n")
        let hidden = try ConformanceLab(Self.kind)
        try hidden.change("cn=changelog", "delete: aci\n")
        for lab in [unnamed, hidden] {
            #expect(try lab.sync()["strategy"] == "modifyTimestamp")
            try lab.server.delete(lab.directory.person("lars"))
            #expect(try lab.sync()["missing"] == 1)
        }
    }

    private func setContentSync(_ isOn: Bool, _ lab: ConformanceLab) throws {
        try lab.change(
            "cn=Content Synchronization,cn=plugins,cn=config",
            "replace: nsslapd-pluginEnabled\nnsslapd-pluginEnabled: \(isOn ? "on" : "off")\n")
        try lab.server.restart()
    }

    @Test func `content sync that was off is taken again once it is on`() throws {
        let lab = try ConformanceLab(Self.kind)
        #expect(try lab.sync()["strategy"] == "syncrepl")
        for (isOn, strategy) in [(false, "modifyTimestamp"), (true, "syncrepl")] {
            try setContentSync(isOn, lab)
            let report = try lab.sync()
            #expect((report["strategy"]?.string, report["full"]) == (strategy, true))
            let next = try lab.sync()
            #expect((next["strategy"]?.string, next["full"]) == (strategy, false))
        }
    }

    /// `isSeenOff`: whether a sync runs while the plugin is off, before the entries are deleted.
    @Test(arguments: [true, false])
    func `who is deleted while content sync is off is missing once it is on again`(isSeenOff: Bool)
        throws
    {
        let lab = try ConformanceLab(Self.kind)
        try lab.configure(uri: lab.proxy.url) {
            $0.replacing(
                "    drift: enforce\n", with: "    drift: enforce\n    limits: {missing: 100%}\n")
        }
        try lab.sync()
        try setContentSync(false, lab)
        if isSeenOff { #expect(try lab.sync()["strategy"] == "modifyTimestamp") }
        for name in ["kira", "lars"] { try lab.server.delete(lab.directory.person(name)) }
        try setContentSync(true, lab)
        let report = try lab.sync()
        #expect((report["strategy"], report["missing"]) == ("syncrepl", 2), "\(report.text)")
        try lab.server.delete(lab.directory.person("jon"))
        let next = try lab.sync()
        #expect((next["strategy"], next["missing"]) == ("syncrepl", 1), "\(next.text)")
        #expect(next["full"] == false)
        for name in ["ada", "ines", "jon", "kira", "lars"] {
            let isMissing = try lab.json("show", name)["missingSince"]?.isNull == false
            #expect(isMissing == ["jon", "kira", "lars"].contains(name), "\(name)")
        }
    }

    @Test func `a changelog that forgets to name an entry later is not believed`() throws {
        let lab = try ConformanceLab(Self.kind)
        try lab.sync()
        try lab.change(
            "cn=Retro Changelog Plugin,cn=plugins,cn=config", "delete: nsslapd-attribute\n")
        try lab.server.restart()
        try lab.server.delete(lab.directory.person("lars"))
        let report = try lab.sync()
        #expect(report["full"] == true)
        #expect(report["missing"] == 1)
        #expect(report["strategy"] == "modifyTimestamp")
    }

    @Test func `a changelog that was trimmed beyond the state is not believed`() throws {
        let lab = try ConformanceLab(Self.kind)
        try lab.sync()
        try lab.server.delete(lab.directory.person("lars"))
        try lab.change(lab.directory.person("ben"), "replace: mail\nmail: one@example.com\n")
        for _ in 0..<3 {
            try lab.change(lab.directory.person("cleo"), "replace: title\ntitle: Tester\n")
        }
        let stored = try ChildProcess.run(
            "sqlite3", [lab.folder.file("store.db"), "SELECT CAST(cookie AS TEXT) FROM streams"]
        ).succeeded(at: "sqlite3").stdout
        // What the trimming of a changelog does, which takes minutes.
        let last = try #require(
            stored.split(separator: "\n").compactMap { $0.split(separator: "#").last }
                .compactMap { Int($0) }.max())
        let old = "(changeNumber<=\(last + 2))"
        for change in try lab.server.search(old, base: "cn=changelog") {
            try lab.server.delete(change)
        }
        try lab.server.restart()
        let report = try lab.sync()
        #expect(report["full"] == true)
        #expect(report["missing"] == 1)
        #expect(report["updated"] == 1)
    }

    @Test func `an entry that leaves the filter is missing`() throws {
        let lab = try ConformanceLab(Self.kind)
        try lab.configure(uri: lab.proxy.url) {
            $0.replacing(
                "filter: (objectClass=inetOrgPerson)",
                with: "filter: (&(objectClass=inetOrgPerson)(!(employeeType=gone)))")
        }
        try lab.sync()
        try lab.change(
            lab.directory.person("lars"), "replace: employeeType\nemployeeType: gone\n")
        let report = try lab.sync()
        #expect(report["full"] == false)
        #expect(report["missing"] == 1)
    }

    @Test func `a group of users that memberOf tells of is followed`() throws {
        let lab = try ConformanceLab(Self.kind)
        try lab.configure(uri: lab.proxy.url) {
            $0.replacing(
                "filter: (objectClass=inetOrgPerson)",
                with: "filter: (memberOf=cn=staff,ou=groups,dc=example,dc=com)")
        }
        #expect(try lab.sync()["created"] == 12)
        try lab.change(
            lab.directory.group("staff"),
            "delete: member\nmember: \(lab.directory.person("lars"))\n")
        let report = try lab.sync()
        #expect(report["strategy"] == "syncrepl")
        #expect(report["missing"] == 1)
        #expect(report["created"] == 0)
    }

    @Test func `a unit above the people that is renamed is followed`() throws {
        let lab = try ConformanceLab(Self.kind)
        try lab.server.add(
            "dn: ou=east,ou=people,dc=example,dc=com\nobjectClass: organizationalUnit\nou: east\n")
        try lab.server.rename(
            lab.directory.person("ben"), to: "uid=ben", below: "ou=east,ou=people,dc=example,dc=com"
        )
        try lab.sync()
        try lab.server.rename("ou=east,ou=people,dc=example,dc=com", to: "ou=west")
        #expect(try lab.sync()["missing"] == 0)
        #expect(
            try lab.json("show", "ben")["dn"] == "uid=ben,ou=west,ou=people,dc=example,dc=com")
    }
}
