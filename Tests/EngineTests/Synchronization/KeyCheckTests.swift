import Fixtures
import Foundation
import Ground
import Identity
import Testing

/// Directories whose entries are known under another key.
@Suite struct KeyCheckTests {
    private static let key = "\n  hq:\n"

    private func rename(_ lab: LockLab, to name: String, _ more: String = "") throws {
        let text = lab.configuration.text(url: lab.proxy.url)
            .replacing(Self.key, with: "\n  \(name):\n    \(more)\n")
        try lab.folder.write(text, to: "lockstep.yaml")
    }

    private static func branch(_ lab: LockLab, base: String = "ou=people,dc=example,dc=com")
        -> String
    {
        """
          branch:
            uri: "\(lab.proxy.url)"
            bind: {dn: "\(Slapd.serviceDN)", passwordFile: hq.password}
            users: {base: "\(base)", filter: (objectClass=inetOrgPerson), map: {username: uid}}
        """
    }

    @Test func `a key that changed is an error of the configuration until it says from what`()
        throws
    {
        let lab = try LockLab()
        try lab.sync()
        try lab.lock("ada")
        try rename(lab, to: "main")
        try lab.succeed("sync", "--dry-run", exit: 78)
        try lab.succeed("lock", "ben", "--reason", "misuse", "--yes", exit: 65)
        try lab.succeed("sync", exit: 78)
        let end = try lab.run("sync")
        #expect(
            end.stderr.contains("directories.main: ")
                && end.stderr.contains("is known as an entry of hq")
                && end.stderr.contains("`renamedFrom: hq`"), "\(end.stderr)")
        try rename(lab, to: "main", "renamedFrom: hq")
        let run = try lab.json("sync")
        #expect(run["directories"]?[0]?["created"] == 0)
        #expect(run["directories"]?[0]?["name"] == "main")
        #expect(try lab.show("main:ada")["state"] == "locked")
        try rename(lab, to: "main")
        try lab.sync()
    }

    @Test func `a run that could not read it does not make a changed key a known one`() throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.lock("ada")
        try rename(lab, to: "main")
        lab.proxy.set(.cut)
        try lab.succeed("sync", exit: 69)
        lab.proxy.set(.none)
        try lab.succeed("sync", exit: 78)
        try rename(lab, to: "main", "renamedFrom: hq")
        #expect(try lab.json("sync")["directories"]?[0]?["created"] == 0)
        #expect(try lab.show("main:ada")["state"] == "locked")
    }

    @Test func `a lock before the first sync under the new key finds its user`() throws {
        let lab = try LockLab()
        try lab.sync()
        let id = try lab.show("ada")["id"]
        try rename(lab, to: "main", "renamedFrom: hq")
        try lab.lock("ada")
        try lab.sync()
        #expect(try lab.show("main:ada")["id"] == id)
    }

    @Test func `two directories with the same entries are refused before anything is stored`()
        throws
    {
        let lab = try LockLab()
        lab.configuration.directories = Self.branch(lab)
        try lab.configure()
        let end = try lab.run("--json", "sync")
        #expect((end.exitCode, end.stdout) == (78, ""), "\(end.stderr)")
        #expect(end.stderr.contains("Two directories may not show the same entries"))
        #expect(try lab.json("find", "ada") == [])
        lab.configuration.directories = ""
        try lab.configure()
        try lab.sync()
        lab.configuration.directories = Self.branch(lab)
        try lab.configure()
        try lab.succeed("sync", exit: 78)
    }

    @Test func `a base that comes to hold another directory's entries rejects those`() throws {
        let lab = try LockLab()
        let unit = "ou=contractors,dc=example,dc=com"
        try lab.server.add(
            "dn: \(unit)\nobjectClass: organizationalUnit\nou: contractors\n\n"
                + "dn: uid=zoe,\(unit)\nobjectClass: inetOrgPerson\nuid: zoe\ncn: Zoe\nsn: Own\n")
        lab.configuration.directories = Self.branch(lab, base: unit)
        try lab.configure()
        try lab.sync()
        lab.configuration.directories = Self.branch(lab, base: "dc=example,dc=com")
        try lab.configure()
        // So many that can't be users are no quiet success.
        let run = try lab.json("sync", exit: 75)
        let branch = run["directories"]?[1]
        #expect(branch?["created"] == 0)
        #expect(branch?["rejected"]?.array?.count == 12)
        #expect(branch?["rejected"]?[0]?["why"] == "the entry is known as hq:ada already")
    }
}
