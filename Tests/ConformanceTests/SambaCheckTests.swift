import Fixtures
import Ground
import Identity
import Testing

/// What `check` finds out of Active Directory, as Samba serves it, and that it leaves nothing there.
@Suite struct SambaCheckTests {
    private static let suffix = SambaOrganisation.suffix
    /// The schemaIDGUID of each ([MS-ADA1], [MS-ADA2], [MS-ADA3]).
    private static let userAccountControl = "bf967a68-0de6-11d0-a285-00aa003049e2"
    private static let employeeType = "a8df73f0-c5ea-11d1-bbcb-0080c76670c0"
    private static let member = "bf9679c0-0de6-11d0-a285-00aa003049e2"

    /// Bound as an account that has no rights but those that it is given.
    private func makeLab(_ server: SambaDirectory) throws -> ConformanceLab {
        let lab = try ConformanceLab(server)
        try lab.folder.write(Samba.readerPassword, to: "hq.password")
        try lab.configure(uri: lab.proxy.url) {
            $0.replacing(Samba.serviceDN, with: Samba.readerDN)
        }
        return lab
    }

    private static func everything(_ lab: ConformanceLab) throws -> [String] {
        try ["people", "groups"].map {
            try lab.server.tool("ldapsearch", ["-LLL", "-b", "OU=\($0),\(suffix)", "*"]).stdout
        }
    }

    @Test func `the server is told by what it says of itself`() throws {
        let lab = try ConformanceLab(.samba)
        try lab.configure(uri: lab.proxy.url) {
            $0.replacing("    dialect: activeDirectory\n", with: "")
        }
        let dialect = try #require(try lab.check("dialect").first)
        #expect(
            dialect.hasPrefix(
                "ok: activeDirectory, found by what the server says: Samba Team "
                    + "(https://www.samba.org) "))
        #expect(
            dialect.hasSuffix("; paged results, DirSync, deleted objects, Active Directory"),
            "\(dialect)")
    }

    @Test func `what may be written is told by the server, and nothing is left behind`() throws {
        let lab = try ConformanceLab(.samba)
        let before = try Self.everything(lab)
        #expect(
            try lab.check("rights") == [
                "ok: the bind DN may write employeeType, userAccountControl of people (1 looked "
                    + "at, by allowedAttributesEffective)",
                "ok: the bind DN may write member of groups (4 looked at, by "
                    + "allowedAttributesEffective)",
            ])
        #expect(
            try lab.check("policy") == [
                "ok: the server refuses a disabled account under every policy"
            ])
        #expect(
            try lab.check("lockAttribute") == [
                "ok: userAccountControl is read where an entry has it"
            ])
        #expect(
            try lab.check("canary") == [
                "notProven: whether a locked account is refused was not tried. Configure a "
                    + "canary, an account of no person."
            ])
        #expect(try Self.everything(lab) == before)
    }

    @Test func `an account with the rights that the sample names is enough`() throws {
        let server = try SambaDirectory(ConformanceOptions())
        let lab = try makeLab(server)
        let denied = try lab.check("rights", exit: 69)
        #expect(denied.count == 3)
        #expect(denied.allSatisfy { $0.hasPrefix("failed: the bind DN may not write ") })
        #expect(
            denied.last?.hasSuffix(
                ": allowedAttributesEffective does not name it. Delegate Write member to the "
                    + "account.") == true, "\(denied)")

        try server.delegate(
            [Self.userAccountControl, Self.employeeType], below: "OU=people,\(Self.suffix)")
        try server.delegate([Self.member], below: "OU=groups,\(Self.suffix)")
        #expect(try lab.check("rights").allSatisfy { $0.hasPrefix("ok: the bind DN may write ") })
        try lab.sync()
        #expect(try lab.lock("ada")["outcome"] == "completed")
        try lab.expectLocked("ada")
        let unlock = try lab.json(
            "unlock", "ada", "--reason", "returned", "--restore-roles", "--yes")
        #expect(unlock["outcome"] == "completed", "\(unlock.text)")
        #expect(lab.binds("ada"))
    }

    @Test func `a canary proves that a lock is enforced, and is as it was afterwards`() throws {
        let lab = try ConformanceLab(.samba)
        let canary = "CN=Canary Sample,OU=people,\(Self.suffix)"
        try lab.server.add(SambaOrganisation.ldif(person: "canary"))
        try lab.server.rename(canary, to: "CN=canary", below: "OU=services,\(Self.suffix)")
        let moved = "CN=canary,OU=services,\(Self.suffix)"
        let password = SambaOrganisation.password(of: "canary")
        try lab.folder.write(password, to: "canary.password")
        try lab.configure(uri: lab.proxy.url) {
            $0.replacing(
                "    users:\n",
                with: "    canary: {dn: \"\(moved)\", passwordFile: canary.password}\n    users:\n")
        }
        #expect(
            try lab.check("canary") == [
                "ok: proven: \(moved) binds, is refused while it is locked, and binds again"
            ])
        #expect(try lab.server.values("userAccountControl", of: moved) == ["512"])
        #expect(lab.server.binds(as: moved, password: password))
        try lab.sync()
        #expect(try lab.lock("ada")["enforced"] == "proven")
    }

    @Test func `with the server down a plan is still made for its kind`() throws {
        let lab = try ConformanceLab(.samba)
        try lab.configure(uri: lab.proxy.url) {
            $0.replacing("    dialect: activeDirectory\n", with: "")
        }
        try lab.sync()
        lab.proxy.set(.cut)
        let lock = try lab.lock("ada", exit: 75)
        #expect(!lock.text.contains("pwd"), "\(lock.text)")
        #expect(!lock.text.contains("password policy"), "\(lock.text)")
        lab.proxy.set(.none)
        #expect(try lab.json("retry")[0]?["outcome"] == "completed")
        try lab.expectLocked("ada")
    }
}
