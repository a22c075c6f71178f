import Fixtures
import Foundation
import Ground
import Identity
import Testing

/// The canary: an account of no person shows whether a lock is enforced, and is given back.
struct CommandCheckCanaryTests {
    private static let canary = "uid=canary,ou=services,\(SampleOrganisation.suffix)"

    private func lab(_ change: (inout SlapdOptions) -> Void = { _ in }) throws -> CommandLab {
        let lab = try CommandLab(change)
        try lab.server.add(
            """
            dn: \(Self.canary)
            objectClass: inetOrgPerson
            uid: canary
            cn: Canary
            sn: Canary
            userPassword: canary-secret

            """)
        try lab.folder.write("canary-secret", to: "canary")
        try lab.configure {
            $0.replacing(
                "    users:\n",
                with: "    canary: {dn: \"\(Self.canary)\", passwordFile: canary}\n    users:\n")
        }
        return lab
    }

    private func canaryIsOpen(_ lab: CommandLab) throws -> Bool {
        try lab.server.values("pwdAccountLockedTime", of: Self.canary) == []
            && lab.server.values("pwdEndTime", of: Self.canary) == []
            && lab.server.binds(as: Self.canary, password: "canary-secret")
    }

    /// Without pwdLockout it is pwdEndTime that stops a bind, and pwdAccountLockedTime does not.
    @Test func `a proof is not carried to an account that has less than the canary had`() throws {
        let lab = try lab { $0.policy = .inEffect(lockout: false) }
        try lab.run("sync").succeeded(at: "sync")
        #expect(try lab.check()["canary"].first?.state == "ok")
        let ada = SampleOrganisation.person("ada")
        try lab.server.modify(
            "dn: \(ada)\nchangetype: modify\nreplace: pwdAccountLockedTime\n"
                + "pwdAccountLockedTime: 000001010000Z\n")
        #expect(lab.server.binds(as: ada, password: SampleOrganisation.password(of: "ada")))
        #expect(try lab.json("test", "ada")["signIn"] == "unproven")
        try lab.run("lock", "ada", "--reason", "misuse", "--yes").succeeded(at: "lock")
        #expect(!lab.server.binds(as: ada, password: SampleOrganisation.password(of: "ada")))
        let locked = try lab.json("test", "ada")
        #expect(locked["signIn"] == "no", "\(locked.text)")
        #expect(locked["policy"]?["refuses"] == "proven")
    }

    @Test func `enforcement is proven, and later locks say so`() throws {
        let lab = try lab()
        try lab.run("sync").succeeded(at: "sync")
        #expect(
            try lab.json("lock", "ben", "--reason", "misuse", "--yes")["enforced"] == "written")
        let check = try lab.check()
        #expect(check.exitCode == 0)
        #expect(
            check["canary"] == [
                .init(
                    state: "ok",
                    message:
                        "proven: \(Self.canary) binds, is refused while it is locked, and binds "
                        + "again")
            ])
        #expect(try canaryIsOpen(lab))
        let lock = try lab.run("lock", "ada", "--reason", "misuse", "--yes").stdout
        #expect(lock.hasPrefix("Locked, and seen disabled  ada"))
        #expect(!lock.contains("Not proven"))
        #expect(try lab.json("report", "2")["enforced"] == "proven")
        let unproven = try lab.run("report", "1").stdout
        let sentence = "\n  enforced         not proven; the lock value was read back\n"
        #expect(unproven.contains(sentence), "\(unproven)")
    }

    @Test func `records that can't be read stop nothing, and a check begins them anew`() throws {
        let lab = try lab()
        try lab.run("sync").succeeded(at: "sync")
        _ = try lab.check()
        let file = lab.store + ".canary"
        // As a check leaves the canary that is cut short, and then a disk its records.
        try lab.server.modify(
            "dn: \(Self.canary)\nchangetype: modify\n"
                + "replace: pwdAccountLockedTime\npwdAccountLockedTime: 000001010000Z\n")
        try Data("words\n".utf8).write(to: URL(filePath: file))
        let run = try lab.run("sync")
        #expect(run.exitCode == 0)
        let why = "\(file): it can't be read: is a canary still locked?"
        #expect(run.stderr.contains(why), "\(run.stderr)")
        let attention = try lab.json("status")["attention"]?.array ?? []
        #expect(attention.contains { $0["message"]?.string == why })
        #expect(
            try lab.json("lock", "ada", "--reason", "misuse", "--yes")["enforced"] == "written")
        #expect(try lab.check()["canary"].first?.state == "ok")
        #expect(try canaryIsOpen(lab))
        #expect(try !lab.run("sync").stderr.contains(why))
    }

    @Test func `a lock of the records that is no file of ours stops no sync, and is said`() throws {
        let lab = try lab()
        try lab.run("sync").succeeded(at: "sync")
        _ = try lab.check()
        let file = lab.store + ".canary.lock"
        try FileManager.default.removeItem(atPath: file)
        #expect(unsafe mkfifo(file, 0o600) == 0)
        let run = try lab.run("sync")
        #expect(run.exitCode == 0)
        #expect(run.stderr.contains(file), "\(run.stderr)")
        let check = try lab.check()["canary"]
        #expect(check.map(\.state) == ["notProven"])
        try FileManager.default.removeItem(atPath: file)
        #expect(try !lab.run("sync").stderr.contains(file))
    }

    @Test func `a proof does not hold under another policy`() throws {
        let lab = try lab()
        try lab.run("sync").succeeded(at: "sync")
        try lab.server.modify(
            """
            dn: \(SampleOrganisation.person("ada"))
            changetype: modify
            add: pwdPolicySubentry
            pwdPolicySubentry: cn=nolock,ou=policies,\(SampleOrganisation.suffix)

            """)
        #expect(try lab.check()["canary"].map(\.state) == ["ok"])
        #expect(try lab.json("lock", "ada", "--reason", "misuse", "--yes")["enforced"] == "written")
    }

    @Test func `a proof is carried to nobody whose own policy may be hidden`() throws {
        let ada = SampleOrganisation.person("ada")
        let lab = try lab {
            $0.access = [
                "to dn.base=\"\(ada)\" attrs=pwdPolicySubentry by dn.exact=\"\(Slapd.serviceDN)\" "
                    + "none by * read"
            ]
        }
        try lab.run("sync").succeeded(at: "sync")
        #expect(try lab.check()["canary"].map(\.state) == ["ok"])
        try lab.server.modify(
            """
            dn: \(ada)
            changetype: modify
            add: pwdPolicySubentry
            pwdPolicySubentry: cn=nolock,ou=policies,\(SampleOrganisation.suffix)

            """)
        #expect(try lab.json("lock", "ben", "--reason", "misuse", "--yes")["enforced"] == "proven")
        #expect(try lab.json("lock", "ada", "--reason", "misuse", "--yes")["enforced"] == "written")
        try lab.server.modify("dn: \(ada)\nchangetype: modify\ndelete: pwdEndTime\n")
        #expect(lab.server.binds(as: ada, password: SampleOrganisation.password(of: "ada")))
        let found = try lab.json("test", "ada")
        #expect(found["signIn"] == "unproven", "\(found.text)")
    }

    @Test func `a canary whose own policy may be hidden proves nothing of others`() throws {
        let lab = try lab {
            $0.access = [
                "to dn.base=\"\(Self.canary)\" attrs=pwdPolicySubentry by "
                    + "dn.exact=\"\(Slapd.serviceDN)\" none by * read"
            ]
        }
        try lab.run("sync").succeeded(at: "sync")
        let check = try lab.check()
        #expect(
            check["canary"] == [
                .init(
                    state: "notProven",
                    message:
                        "\(Self.canary) binds, is refused while it is locked, and binds again. That "
                        + "shows nothing of others: which policy it is held to is hidden from the "
                        + "bind DN. Let it search by pwdPolicySubentry and read it.")
            ])
        #expect(check["policy"].map(\.state) == ["notProven"])
        #expect(try canaryIsOpen(lab))
        #expect(try lab.json("lock", "ada", "--reason", "misuse", "--yes")["enforced"] == "written")
    }

    @Test func `a lock that nothing enforces`() throws {
        let lab = try lab { $0.policy = .noOverlay }
        let check = try lab.check()
        #expect(check.exitCode == 69)
        #expect(
            check["canary"] == [
                .init(
                    state: "failed",
                    message: "\(Self.canary) binds while it is locked: a lock is written and not "
                        + "enforced. Put a password policy with pwdLockout TRUE in effect.")
            ])
        #expect(try canaryIsOpen(lab))
    }

    @Test func `a wrong password proves nothing`() throws {
        let lab = try lab()
        try lab.folder.write("wrong", to: "canary")
        let check = try lab.check()
        #expect(check.exitCode == 69)
        #expect(
            check["canary"].first?.message
                == "\(Self.canary) can't bind though it is open. Check canary.passwordFile.")
    }

    @Test(arguments: ["check", "sync"])
    func `a canary that a check left locked is given back`(command: String) throws {
        let lab = try lab()
        try lab.run("sync").succeeded(at: "sync")
        // What a check has written when it is killed between locking and giving back.
        let id = try #require(lab.server.values("entryUUID", of: Self.canary).first)
        try lab.folder.write(
            """
            {"hq":{"lock":{"at":1795000000,"dn":"\(Self.canary)","entryID":"\(id)","prior":\
            [{"attribute":"pwdAccountLockedTime","values":[]},{"attribute":"pwdEndTime","values":[]}]},\
            "policy":"","provenAt":null}}

            """, to: "store.db.canary")
        try lab.server.modify(
            """
            dn: \(Self.canary)
            changetype: modify
            replace: pwdAccountLockedTime
            pwdAccountLockedTime: 000001010000Z

            """)
        #expect(!lab.server.binds(as: Self.canary, password: "canary-secret"))
        try lab.run(command).succeeded(at: command)
        #expect(try canaryIsOpen(lab))
    }

    /// A check whose canary is locked, and which hears no more from the server.
    private func halted(_ lab: CommandLab) throws -> (check: ChildProcess, proxy: TCPProxy) {
        let proxy = try TCPProxy(to: lab.server.port)
        try lab.configure {
            $0.replacing(lab.server.url, with: proxy.url).replacing(
                "    users:\n",
                with: "    canary: {dn: \"\(Self.canary)\", passwordFile: canary}\n    users:\n")
        }
        _ = try lab.check()
        // The canary comes last: most of what a whole check is told may pass at once.
        let all = proxy.bytesFromServer
        proxy.set(.stall, afterBytes: all - 1_500)
        let check = try ChildProcess(
            Products.lockstep(), ["--config", lab.configuration, "check"],
            environment: ["TZ": "UTC"], folder: lab.folder.path)
        while try lab.server.values("pwdAccountLockedTime", of: Self.canary).isEmpty {
            try #require(check.isRunning, "\(check.outputSoFar)")
            guard proxy.bytesFromServer >= 2 * all - 1_500 else { continue }
            proxy.set(.none)
            // Less than the answer to one search.
            proxy.set(.stall, afterBytes: 50)
        }
        return (check, proxy)
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func `a signal is obeyed when the canary is open again`(_ signal: Int32) throws {
        let lab = try lab()
        let (check, proxy) = try halted(lab)
        #expect(try !canaryIsOpen(lab))
        check.signal(signal)
        proxy.set(.none)
        #expect(try check.wait().exitCode == 128 + signal)
        #expect(try canaryIsOpen(lab))
    }

    @Test(arguments: ["check", "sync"])
    func `what is killed amid a proof is made good`(command: String) throws {
        let lab = try lab()
        try lab.run("sync").succeeded(at: "sync")
        let (check, proxy) = try halted(lab)
        check.end()
        proxy.set(.none)
        #expect(try !canaryIsOpen(lab))
        try lab.run(command).succeeded(at: command)
        #expect(try canaryIsOpen(lab))
    }

    @Test func `a record of which only a part was written takes nothing away`() throws {
        let lab = try lab()
        #expect(try lab.check()["canary"].map(\.state) == ["ok"])
        let whole = try String(contentsOfFile: lab.store + ".canary", encoding: .utf8)
        try lab.folder.write(String(whole.prefix(20)), to: "store.db.canary.part")
        #expect(try lab.check()["canary"].map(\.state) == ["ok"])
        let folder = try FileManager.default.contentsOfDirectory(atPath: lab.folder.path)
        #expect(!folder.contains("store.db.canary.part"))
    }

    @Test func `a locked canary that is gone is told of by its name`() throws {
        let lab = try lab()
        let (check, proxy) = try halted(lab)
        check.end()
        proxy.set(.none)
        try lab.server.delete(Self.canary)
        let next = try lab.check()
        #expect(next.exitCode == 69)
        #expect(
            next["canary"].map(\.message) == [
                """
                \(Self.canary) was locked by a check and could not be given back: the next check or \
                sync tries again. Let the bind DN write what a lock writes; if the entry is gone, \
                remove \(lab.store).canary.
                """
            ])
    }
}
