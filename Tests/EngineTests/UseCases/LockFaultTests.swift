import Fixtures
import Ground
import Identity
import Testing

@Suite struct LockFaultTests {
    private let ada = LockLab.person("ada")

    @Test func `with the directory down the lock is a fact, and a retry completes it`() throws {
        let lab = try LockLab()
        try lab.sync()
        lab.proxy.set(.cut)
        let lock = try lab.lock("ada", exit: 75)
        #expect((lock.outcome, lock.enforced) == ("partial", nil))
        #expect(lock.states(.lockUser) == ["ada": "done"])
        #expect(lock.states(.disableEntry) == [ada: "pending"])
        #expect(try lab.show("ada")["state"] == "locked")
        #expect(try lab.show("ada")["pending"]?.array?.isEmpty == false)
        #expect(lab.binds("ada"))
        #expect(try lab.retry(exit: 75).count == 1)
        lab.proxy.set(.none)
        let done = try #require(try lab.retry().first)
        #expect((done.outcome, done.enforced) == ("completed", "written"))
        #expect((done.process, done.at) == (lock.process, lock.at))
        try expectLocked(lab)
        #expect(try lab.retry().isEmpty)
        try lab.verifyAudit()
    }

    @Test func `the next sync goes on with what is due`() throws {
        let lab = try LockLab()
        try lab.sync()
        lab.proxy.set(.cut)
        try lab.lock("ada", exit: 75)
        lab.proxy.set(.none)
        _ = try lab.run("sync")
        try lab.retry()
        try expectLocked(lab)
    }

    @Test func `a group that she joined after the last sync is stripped by the retry`() throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.change(LockLab.group("project-1"), "add: member\nmember: \(ada)")
        lab.proxy.set(.cut)
        try lab.lock("ada", exit: 75)
        lab.proxy.set(.none)
        #expect(try lab.retry().first?.outcome == "completed")
        #expect(try lab.groups(of: ada).isEmpty)
    }

    @Test func `groups of other classes are stripped by the retry`() throws {
        let lab = try LockLab()
        try lab.addGroup("unique", "groupOfUniqueNames", "uniqueMember: \(ada)")
        try lab.addGroup("posix", "posixGroup", "gidNumber: 7\nmemberUid: ada")
        try lab.sync()
        lab.proxy.set(.cut)
        try lab.lock("ada", exit: 75)
        lab.proxy.set(.none)
        let done = try #require(try lab.retry().first)
        #expect(done.outcome == "completed", "\(done.json.text)")
        #expect(try lab.members(of: "unique", "uniqueMember") == [LockLab.nobody])
        #expect(try lab.members(of: "posix", "memberUid").isEmpty)
    }

    @Test func `whatever byte the connection is cut at, a retry completes the lock`() throws {
        let lab = try LockLab()
        try lab.sync()
        let people = ["ada", "ben", "cleo", "dora", "emil", "finn", "gwen", "hugo", "ines", "jon"]
        // The first lock learns of the server what the others know.
        try lab.lock("lars")
        let before = lab.proxy.bytesFromServer
        try lab.lock("kira")
        let whole = lab.proxy.bytesFromServer - before
        for (index, name) in people.enumerated() {
            lab.proxy.set(.cut, afterBytes: whole * (index + 1) / (people.count + 1))
            let end = try lab.start(
                ["--json", "lock", name, "--reason", "left-organization", "--yes"]
            ).wait()
            let lock = LockAnswer(json: try #require(JSONValue(parsing: end.stdout)))
            lab.proxy.set(.none)
            // Behind the reading back only what the lock does not end is looked for.
            if lock.outcome == "completed" {
                #expect(end.exitCode == 0 && index > people.count / 2, "\(name)")
            } else {
                #expect(end.exitCode == 75 && lock.outcome == "partial", "\(name)")
                let done = try lab.retry()
                #expect(done.map(\.outcome) == ["completed"], "\(name)")
                #expect(done.first?.at == lock.at)
            }
            #expect(try lab.isLocked(LockLab.person(name)))
            #expect(try lab.groups(of: LockLab.person(name)).isEmpty)
        }
        try lab.verifyAudit()
    }

    @Test func `a server that stands still is waited for no longer than it may`() throws {
        let lab = try LockLab()
        lab.configuration.more = "timeout: {connect: 1s, operation: 1s}"
        try lab.configure()
        try lab.sync()
        lab.proxy.set(.stall, afterBytes: 3_000)
        let lock = try lab.lock("ada", exit: 75)
        #expect(lock.outcome == "partial")
        lab.proxy.set(.none)
        #expect(try lab.retry().first?.outcome == "completed")
        try expectLocked(lab)
    }

    @Test func `a server that takes no writes leaves everything pending`() throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.reconfigure("replace: olcReadOnly\nolcReadOnly: TRUE")
        let lock = try lab.lock("ada", exit: 75)
        #expect(lock.outcome == "partial")
        #expect(lock.states(.disableEntry) == [ada: "pending"])
        #expect(Set(lock.states(.removeFromGroup).values) == ["pending"])
        #expect(lock.errors(.disableEntry).first?.code == 53)
        try lab.reconfigure("replace: olcReadOnly\nolcReadOnly: FALSE")
        #expect(try lab.retry().first?.outcome == "completed")
        try expectLocked(lab)
    }

    @Test func `the next server takes what the first may not write`() throws {
        let lab = try LockLab()
        try lab.sync()
        let copy = try ChildProcess.run(
            "/usr/sbin/slapcat",
            ["-F", lab.server.folder.file("slapd.d"), "-b", SampleOrganisation.suffix]
        ).succeeded(at: "slapcat").stdout
        let replica = try LockLab { $0.data = copy }
        try replica.reconfigure("replace: olcReadOnly\nolcReadOnly: TRUE")
        lab.configuration.urlsBefore = [replica.server.url]
        try lab.configure()
        #expect(try lab.lock("ada").outcome == "completed")
        try expectLocked(lab)
        #expect(replica.binds("ada"))
        #expect(try lab.lock("ben").outcome == "completed")
    }

    @Test func `a group that may not be written fails alone, until the rights are mended`() throws {
        let lab = try LockLab {
            $0.access.insert(
                "to dn.exact=\"\(LockLab.group("staff"))\" by * read", at: 0)
        }
        try lab.sync()
        let lock = try lab.lock("ada", exit: 75)
        #expect((lock.outcome, lock.enforced) == ("partial", "written"))
        #expect(
            lock.states(.removeFromGroup) == [
                LockLab.group("staff"): "failed", LockLab.group("vpn-users"): "done",
                LockLab.group("project-2"): "done",
            ])
        let error = try #require(lock.errors(.removeFromGroup).first)
        #expect((error.code, error.message) == (50, "Insufficient access (50)"))
        #expect(try lab.retry(exit: 75).first?.outcome == "partial")
        try lab.reconfigure("delete: olcAccess\nolcAccess: {0}")
        #expect(try lab.retry().first?.outcome == "completed")
        try expectLocked(lab)
    }

    @Test func `a group that somebody else has stripped meanwhile is done`() throws {
        let lab = try LockLab {
            $0.access.insert(
                "to dn.exact=\"\(LockLab.group("staff"))\" by * read", at: 0)
        }
        try lab.sync()
        try lab.lock("ada", exit: 75)
        try lab.change(LockLab.group("staff"), "delete: member\nmember: \(ada)")
        #expect(try lab.retry().first?.outcome == "completed")
    }

    @Test(arguments: [
        ("gidNumber: 7", Int64(65), "gidNumber"), ("noSuchAttribute: x", 17, "noSuchAttribute"),
        (
            "jpegPhoto: x\n      facsimileTelephoneNumber: \"bad\\x01\"", 21,
            "facsimileTelephoneNumber"
        ),
    ])
    func `an attribute that the schema forbids fails with the server's words`(
        _ write: String, _ code: Int64, _ word: String
    ) throws {
        let lab = try LockLab {
            $0.access.insert(
                "to dn.subtree=\"ou=people,dc=example,dc=com\" attrs=entry,@extensibleObject"
                    + " by dn.exact=\"\(Slapd.serviceDN)\" write by * read", at: 1)
        }
        lab.configuration.write = write
        try lab.configure()
        try lab.sync()
        let lock = try lab.lock("ada", exit: 75)
        #expect(lock.states(.writeReason) == [ada: "failed"])
        #expect(lock.states(.disableEntry) == [ada: "done"])
        #expect(Set(lock.states(.removeFromGroup).values) == ["done"])
        let error = try #require(lock.errors(.writeReason).first)
        #expect(error.code == code)
        #expect(error.message?.contains(word) == true, "\(error.message ?? "")")
        #expect(lock.enforced == "written")
    }

    @Test func `without the password policy's schema the rest is done all the same`() throws {
        let lab = try LockLab {
            $0.policy = .notLoaded
            $0.access = LockLab.access.map {
                $0.replacing("pwdAccountLockedTime,pwdEndTime,", with: "")
            }
        }
        try lab.sync()
        let lock = try lab.lock("ada", exit: 75)
        #expect((lock.outcome, lock.enforced) == ("partial", nil))
        #expect(lock.states(.disableEntry) == [ada: "failed"])
        #expect(
            lock.errors(.disableEntry).first?.message
                == "Undefined attribute type (17): pwdAccountLockedTime: attribute type undefined")
        #expect(try lab.groups(of: ada).isEmpty)
        #expect(try lab.server.values("employeeType", of: ada) == ["left"])
    }

    private func expectLocked(
        _ lab: LockLab, at location: SourceLocation = #_sourceLocation
    ) throws {
        #expect(try lab.isLocked(ada), sourceLocation: location)
        #expect(!lab.binds("ada"), sourceLocation: location)
        #expect(try lab.groups(of: ada).isEmpty, sourceLocation: location)
        #expect(
            try lab.server.values("employeeType", of: ada) == ["left"], sourceLocation: location)
    }
}
