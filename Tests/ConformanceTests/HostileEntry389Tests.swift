import Fixtures
import Ground
import Identity
import Testing

/// What people may write into their own entry on 389.
@Suite struct HostileEntry389Tests {
    /// 389 takes any option of an attribute, and this one looks like a range of Active Directory's.
    @Test func `an attribute that looks like a range keeps nobody from being read or locked`()
        throws
    {
        let lab = try ConformanceLab(.directoryServer389)
        try lab.sync()
        for name in ["ada", "ben"] {
            try lab.change(
                lab.directory.person(name),
                "add: title;range=5-6\ntitle;range=5-6: x\n-\nadd: uid;range=5-6\nuid;range=5-6: \(name)\n"
            )
        }
        for report in [try lab.json("sync"), try lab.json("sync", "--full")] {
            #expect(report["outcome"] == "completed", "\(report.text)")
        }
        let lock = try lab.lock("ada")
        #expect(lock["outcome"] == "completed", "\(lock.text)")
        try lab.expectLocked("ada")
        #expect(lab.binds("ben"))
    }
}
