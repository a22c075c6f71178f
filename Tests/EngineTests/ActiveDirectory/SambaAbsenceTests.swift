import Fixtures
import Ground
import Testing

/// Who is gone from Active Directory, as Samba serves it, whatever the bind DN may see.
@Suite struct SambaAbsenceTests {
    private static let ben = SambaOrganisation.person("ben")
    private static let deleted = "CN=Deleted Objects,\(SambaOrganisation.suffix)"

    @Test func `where deletions are not told all ids are compared, and check says so`() throws {
        let lab = try SambaChangeTests.lab(.following)
        try lab.sync()
        try lab.server.delete(Self.ben)
        let report = try lab.directory()
        #expect((report["strategy"], report["full"], report["missing"]) == ("dirsync", false, 1))
        #expect(try lab.directory()["read"] == 0)
        let unseen = try Self.strategy(lab)
        #expect(
            unseen == "dirsync: the server offers DirSync; the bind DN was not seen to see deleted "
                + "objects (\(Self.deleted)), so who is gone is found by comparing all ids")

        try lab.server.showDeletions(to: "reader")
        #expect(
            try Self.strategy(lab)
                == "dirsync: the server offers DirSync; deletions are told")
        for username in ["cleo", "dora"] {
            try lab.server.delete(SambaOrganisation.person(username))
            let told = try lab.directory()
            #expect((told["full"], told["missing"]) == (false, 1), "\(told.text)")
        }
        try SambaChangeTests.requireInStep(lab)
    }

    private static func strategy(_ lab: SambaLab) throws -> String? {
        let end = try lab.run("--json", "check")
        return JSONValue(parsing: end.stdout)?.array?
            .first { $0["check"] == "strategy" }?["message"]?.string
    }

    @Test(arguments: SambaChangeTests.Account.allCases)
    func `who is deleted and restored between two syncs has lost the roles`(
        account: SambaChangeTests.Account
    ) throws {
        let lab = try SambaChangeTests.lab(account)
        try lab.sync()
        let before = try lab.show("ben")
        #expect(before["roles"]?.array?.isEmpty == false)
        let id = try #require(before["entryID"]?.string)
        try lab.server.delete(Self.ben)
        let tombstone = "CN=Ben Sample\\0ADEL:\(id),\(Self.deleted)"
        try lab.server.tool(
            "ldapmodify", ["-e", "!1.2.840.113556.1.4.417"],
            input: "dn: \(tombstone)\nchangetype: modify\ndelete: isDeleted\n-\n"
                + "replace: distinguishedName\ndistinguishedName: \(Self.ben)\n"
        ).succeeded(at: "ldapmodify")
        let report = try lab.directory()
        #expect((report["full"], report["missing"]) == (false, 0), "\(report.text)")
        let after = try lab.show("ben")
        #expect((after["roles"], after["id"]) == ([], before["id"]))
        try SambaChangeTests.requireInStep(lab)
    }

    @Test(arguments: SambaChangeTests.Account.allCases, [0, 60])
    func `a controller that was put back to an older state is read whole`(
        account: SambaChangeTests.Account, writes: Int
    ) throws {
        let lab = try SambaChangeTests.lab(account)
        try lab.sync()
        let folder = lab.server.folder
        try lab.server.stop()
        try ChildProcess.run("cp", ["-a", folder.file("private"), folder.file("before")])
            .succeeded(at: "cp")
        try lab.server.start()
        try lab.server.modify(SambaChangeTests.replace("title", "Boss", of: "ben"))
        try lab.server.add(SambaOrganisation.ldif(person: "zoe"))
        #expect(try lab.directory()["updated"] == 1)
        #expect(try lab.show("ben")["attributes"]?["title"] == ["Boss"])
        try lab.server.stop()
        try ChildProcess.run("rm", ["-rf", folder.file("private")]).succeeded(at: "rm")
        try ChildProcess.run("mv", [folder.file("before"), folder.file("private")])
            .succeeded(at: "mv")
        try lab.server.start()
        for number in 0..<writes {
            try lab.server.modify(SambaChangeTests.replace("title", "\(number)", of: "cleo"))
        }
        let report = try lab.directory()
        #expect((report["full"], report["missing"]) == (true, 1), "\(report.text)")
        #expect(try lab.show("ben")["attributes"]?["title"] == ["Tester"])
        #expect(try lab.show("zoe")["missingSince"]?.isNull == false)
        try SambaChangeTests.requireInStep(lab)
    }
}
