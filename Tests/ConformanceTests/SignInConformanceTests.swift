import Fixtures
import Ground
import Testing

/// What `test` answers is what the server does, on each server.
@Suite struct SignInConformanceTests {
    @Test(arguments: DirectoryKind.allCases)
    func `the answer is that of the server, before a lock, after it, and after the unlock`(
        kind: DirectoryKind
    ) throws {
        let lab = try ConformanceLab(kind)
        try lab.sync()
        let open = try lab.json("test", "ada")
        #expect(open["signIn"] == "yes", "\(open.text)")
        #expect(lab.binds("ada"))
        let groups = (open["groups"]?.array ?? []).filter { $0["role"]?.string != nil }
        #expect(groups.count == 3, "\(open.text)")
        try lab.lock("ada")
        let closed = try lab.json("test", "ada")
        #expect(closed["account"]?["state"] == "disabled")
        // The sample's service account of OpenLDAP may not see which policy is in effect.
        #expect(closed["signIn"] == (kind == .openldap ? "unproven" : "no"), "\(closed.text)")
        #expect(!lab.binds("ada"))
        #expect((closed["groups"]?.array ?? []).allSatisfy { $0["role"]?.isNull == true })
        try lab.json("unlock", "ada", "--reason", "returned", "--restore-roles", "--yes")
        #expect(try lab.json("test", "ada")["signIn"] == "yes")
        #expect(lab.binds("ada"))
    }
}
