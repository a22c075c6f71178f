import Fixtures
import Ground
import Identity
import Testing

/// What a preview prints is what a lock does, on each server.
@Suite struct PreviewTests {
    @Test(arguments: [DirectoryKind.directoryServer389, .samba])
    func `a group that may be empty gets no placeholder, and ldapmodify takes the LDIF`(
        kind: DirectoryKind
    ) throws {
        let lab = try ConformanceLab(kind)
        try lab.sync()
        let ldif = try lab.start([
            "lock", "ada", "--reason", "left-organization", "--dry-run", "--ldif",
        ]).wait().stdout
        #expect(!ldif.contains("nobody"), "\(ldif)")
        let shown = try lab.start(["reasons", "show", "left-organization", "--user", "ada"]).wait()
        #expect(!shown.stdout.contains("nobody"), "\(shown.stdout)")
        try lab.server.modify(ldif)
        try lab.expectLocked("ada")
    }

    /// The plan is made without the server: who is primary group's member is told by the retry.
    @Test func `the primary group is told by the retry of a lock that the server did not see`()
        throws
    {
        let lab = try ConformanceLab(.samba)
        try lab.sync()
        lab.proxy.set(.cut)
        try lab.lock("ada", exit: 75)
        lab.proxy.set(.none)
        let retried = try lab.json("retry")[0]
        let remaining = (retried?["remaining"]?.array ?? []).compactMap { $0["because"]?.string }
        #expect(
            remaining.contains("the primary group of the account: no lock strips it"),
            "\(retried?.text ?? "")")
    }
}
