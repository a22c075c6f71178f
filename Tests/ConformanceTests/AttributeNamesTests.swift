import Fixtures
import Ground
import Identity
import Testing

/// Attributes that the configuration names otherwise than the server's answers do.
@Suite struct AttributeNamesTests {
    /// `title` by its OID, which is the same on all three.
    private static let title = "2.5.4.12"

    private func makeLab(_ kind: DirectoryKind) throws -> ConformanceLab {
        let lab = try ConformanceLab(kind)
        try lab.configure(uri: lab.proxy.url) {
            $0.replacing("familyName: sn", with: "familyName: 2.5.4.4")
                .replacing("name: cn", with: "name: 2.5.4.3")
                .replacing("employeeType: left", with: "\(Self.title): gone")
        }
        try lab.change(lab.directory.person("ada"), "replace: title\ntitle: Harbour Master\n")
        return lab
    }

    @Test(arguments: DirectoryKind.allCases)
    func `an OID is read, recognised, written, seen and given back`(kind: DirectoryKind) throws {
        let lab = try makeLab(kind)
        let ada = lab.directory.person("ada")
        try lab.sync()
        let shown = try lab.json("show", "ada")
        #expect(shown["familyName"]?.string?.isEmpty == false, "\(shown.text)")
        #expect(
            Set((shown["roles"]?.array ?? []).compactMap { $0["name"]?.string })
                == ["staff", "vpn-users", "project-2"])
        let lock = try lab.lock("ada")
        #expect(lock["outcome"] == "completed", "\(lock.text)")
        #expect(try lab.server.values("title", of: ada) == ["gone"])
        #expect(try lab.sync()["drift"] == 0)
        let unlock = try lab.json("unlock", "ada", "--reason", "returned", "--yes")
        #expect(unlock["outcome"] == "completed", "\(unlock.text)")
        #expect(try lab.server.values("title", of: ada) == ["Harbour Master"])
        #expect(try lab.sync()["locked"] == 0)
        try lab.change(lab.directory.person("ben"), "replace: title\ntitle: Gone\n")
        #expect(try lab.sync()["locked"] == 1)
        #expect(try lab.json("show", "ben")["state"] == "locked")
        let map = try lab.check("map")
        #expect(map.count == 1 && map[0].hasPrefix("ok: the schema has all "), "\(map)")
    }
}
