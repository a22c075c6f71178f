import Fixtures
import Ground
import Testing

extension Promise {
    static func lock(_ lab: ConformanceLab) throws {
        try lab.sync()
        #expect(lab.binds("ada"))
        let lock = try lab.lock("ada")
        #expect(lock["outcome"] == "completed")
        #expect(Set(states(lock)) == ["done"], "\(lock.text)")
        try lab.expectLocked("ada")
        #expect(try lab.lock("ada")["outcome"] == "alreadyLocked")
        #expect(lab.binds("ben"))
        let report = try lab.sync()
        #expect(report["drift"] == 0)
        #expect(report["locked"] == 0)
    }

    static func unlock(_ lab: ConformanceLab) throws {
        try lab.sync()
        try lab.lock("ada")
        let unlock = try lab.json(
            "unlock", "ada", "--reason", "returned", "--restore-roles", "--yes")
        #expect(unlock["outcome"] == "completed", "\(unlock.text)")
        #expect(lab.binds("ada"))
        #expect(try !lab.directory.isDisabled(ada(lab)))
        let groups = Set(try lab.groups(of: ada(lab)).map { $0.lowercased() })
        #expect(
            groups
                == Set(
                    ["staff", "vpn-users", "project-2"].map { lab.directory.group($0).lowercased() }
                )
        )
        #expect(try lab.json("show", "ada")["state"] == "active")
        #expect(try lab.sync()["updated"] == 0)
    }

    static func drift(_ lab: ConformanceLab) throws {
        try lab.sync()
        try lab.lock("ada")
        try lab.sync()
        try lab.change(ada(lab), lab.directory.opening)
        try lab.change(lab.directory.group("staff"), "add: member\nmember: \(ada(lab))\n")
        #expect(lab.binds("ada"))
        #expect(try lab.sync()["drift"] == 1)
        try lab.expectLocked("ada")
        #expect(try lab.sync()["drift"] == 0)
    }

    static func lastMember(_ lab: ConformanceLab) throws {
        try lab.sync()
        let lock = try lab.lock("ada")
        #expect(lock["outcome"] == "completed")
        let members = try lab.server.values("member", of: lab.directory.group("vpn-users"))
        #expect(members == lab.directory.emptied)
        #expect(try lab.sync()["rejected"] == [])
        #expect(try lab.roles(of: "ada") == [])
    }

    static func largeGroup(_ lab: ConformanceLab) throws {
        let strangers = try lab.directory.makeStrangers(1_000)
        try lab.server.add(
            lab.directory.ldif(group: "large", members: strangers + [ada(lab)]))
        try lab.sync()
        #expect(try lab.roles(of: "ada").contains("large"))
        #expect(try lab.lock("ada")["outcome"] == "completed")
        let members = try lab.server.values("member", of: lab.directory.group("large"))
        #expect(members.count == 1_000)
        try lab.expectLocked("ada")
    }

    static func nestedGroup(_ lab: ConformanceLab) throws {
        try lab.server.add(
            lab.directory.ldif(group: "outer", members: [lab.directory.group("vpn-users")]))
        try lab.sync()
        let outer = try lab.json("show", "ada")["roles"]?.array?.first {
            $0["group"]?.string.flatMap { ConformanceLab.name(of: $0) } == "outer"
        }
        #expect(outer?["direct"] == false)
        #expect(try lab.lock("ada")["outcome"] == "completed")
        try lab.sync()
        #expect(try lab.roles(of: "ada") == [])
        #expect(
            try lab.server.values("member", of: lab.directory.group("outer")).map {
                $0.lowercased()
            } == [lab.directory.group("vpn-users").lowercased()])
    }

    /// The states of a process's steps.
    static func states(_ process: JSONValue) -> [String] {
        (process["steps"]?.array ?? []).compactMap { $0["state"]?.string }
    }
}
