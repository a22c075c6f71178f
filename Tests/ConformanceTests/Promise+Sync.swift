import Fixtures
import Ground
import Identity
import Testing

extension Promise {
    static func firstSync(_ lab: ConformanceLab) throws {
        let report = try lab.sync()
        #expect(report["created"] == 12)
        #expect(report["rejected"] == [])
        #expect(try lab.roles(of: "ada") == ["project-2", "staff", "vpn-users"])
        let ada = try lab.json("show", "ada")
        #expect(ada["state"] == "active")
        #expect(ada["mail"] == "ada@example.com")
        #expect(ada["dn"]?.string?.lowercased() == lab.directory.person("ada").lowercased())
        #expect(try lab.json("show", "lars")["state"] == "active")
    }

    static func unchangedSync(_ lab: ConformanceLab) throws {
        try lab.sync()
        let events = try lab.json("audit").array?.count
        let report = try lab.sync()
        for key in ["created", "updated", "renamed", "missing", "disabled", "locked", "drift"] {
            #expect(report[key] == 0, "\(key)")
        }
        #expect(report["roles"] == ["granted": 0, "withdrawn": 0])
        #expect(try lab.json("audit").array?.count == events)
    }

    static func change(_ lab: ConformanceLab) throws {
        try lab.sync()
        try lab.change(lab.directory.person("ben"), "replace: mail\nmail: ben.new@example.com\n")
        try lab.change(lab.directory.group("project-1"), "add: member\nmember: \(ada(lab))\n")
        let report = try lab.sync()
        #expect(report["updated"] == 1)
        #expect(report["roles"] == ["granted": 1, "withdrawn": 0])
        #expect(try lab.json("show", "ben")["mail"] == "ben.new@example.com")
        #expect(try lab.roles(of: "ada").contains("project-1"))
    }

    static func delete(_ lab: ConformanceLab) throws {
        try lab.sync()
        try lab.server.delete(lab.directory.person("lars"))
        let report = try lab.sync()
        #expect(report["missing"] == 1)
        #expect(try lab.json("show", "lars")["missingSince"]?.string != nil)
        #expect(try lab.json("show", "kira")["missingSince"]?.string == nil)
        #expect(try lab.sync()["missing"] == 0)
    }

    static func rename(_ lab: ConformanceLab) throws {
        try lab.sync()
        let before = try lab.json("show", "ben")
        try lab.server.rename(lab.directory.person("ben"), to: lab.directory.rdn("benjamin"))
        let report = try lab.sync()
        #expect(report["created"] == 0)
        #expect(report["missing"] == 0)
        let after = try lab.json("show", "ben@example.com")
        #expect(after["id"] == before["id"])
        #expect(after["dn"] != before["dn"])
        // Overlays and plugins may follow a rename a moment after it was answered.
        try lab.sync()
        #expect(try lab.roles(of: "ben@example.com").contains("staff"))
    }

    static func moveOut(_ lab: ConformanceLab) throws {
        try lab.sync()
        try lab.server.rename(
            lab.directory.person("lars"), to: lab.directory.rdn("lars"),
            below: lab.directory.left)
        #expect(try lab.sync()["missing"] == 1)
        #expect(try lab.json("show", "lars")["missingSince"]?.string != nil)
    }

    static func restart(_ lab: ConformanceLab) throws {
        try lab.sync()
        try lab.change(lab.directory.person("ben"), "replace: mail\nmail: one@example.com\n")
        try lab.server.restart()
        try lab.change(lab.directory.person("cleo"), "replace: mail\nmail: two@example.com\n")
        let report = try lab.sync()
        #expect(report["updated"] == 2)
        #expect(report["missing"] == 0)
        lab.server.kill()
        try lab.server.start()
        #expect(try lab.sync()["updated"] == 0)
        try lab.server.delete(lab.directory.person("lars"))
        #expect(try lab.sync()["missing"] == 1)
    }

    static func staleState(_ lab: ConformanceLab) throws {
        try lab.sync()
        try lab.change(lab.directory.person("ben"), "replace: mail\nmail: one@example.com\n")
        try lab.server.delete(lab.directory.person("lars"))
        try ChildProcess.run(
            "sqlite3",
            [lab.folder.file("store.db"), "UPDATE streams SET cookie = CAST('stale' AS BLOB)"]
        ).succeeded(at: "sqlite3")
        let report = try lab.sync()
        #expect(report["full"] == true)
        #expect(report["updated"] == 1)
        #expect(report["missing"] == 1)
        #expect(try lab.sync()["updated"] == 0)
    }

    /// Pages get around some servers' limits and not around others'; either is right, silence is not.
    static func sizeLimit(_ kind: DirectoryKind) throws {
        var options = ConformanceOptions()
        options.sizeLimit = 8
        let lab = try ConformanceLab(kind, options)
        try lab.configure(uri: lab.proxy.url) {
            $0.replacing("sync: {", with: "sync: {pageSize: 5, ")
        }
        let effect = lab.directory.sizeLimit
        #expect(try lab.isLimited() == (effect != .none))
        let report = try lab.sync(exit: effect == .total ? 75 : 0)
        #expect((report["error"]?["code"] == 4) == (effect == .total))
        #expect(report["missing"] == 0)
        #expect((report["created"] == 12) == (effect != .total))
    }

    static func specialCharacters(_ lab: ConformanceLab) throws {
        let name = lab.directory.strangeUsername
        let rdn =
            lab.directory.rdn("") + "zoe o'neil (x) *\\,\\\\\\+\\221\\22 \\#"
        try lab.server.add(lab.directory.ldif(person: name, rdn: rdn))
        let dn = try #require(try lab.server.search("(mail=someone@example.com)").first)
        try lab.change(lab.directory.group("vpn-users"), "add: member\nmember: \(dn)\n")
        #expect(try lab.sync()["rejected"] == [])
        #expect(try lab.roles(of: "someone@example.com") == ["vpn-users"])
        #expect(try lab.json("show", name)["username"]?.string == name)
        try lab.lock("someone@example.com")
        #expect(try lab.directory.isDisabled(dn))
        #expect(!lab.server.binds(as: dn, password: lab.directory.password(of: "someone")))
        #expect(try lab.groups(of: dn).isEmpty)
        #expect(try lab.sync()["drift"] == 0)
    }

    static func failover(_ lab: ConformanceLab) throws {
        let dead = try TCPProxy(to: 1)
        dead.set(.cut)
        try lab.configure(uri: "[\(dead.url), \(lab.proxy.url)]")
        #expect(try lab.sync()["created"] == 12)
        #expect(try lab.lock("ada")["outcome"] == "completed")
        try lab.expectLocked("ada")
    }

    static func ada(_ lab: ConformanceLab) -> String { lab.directory.person("ada") }
}
