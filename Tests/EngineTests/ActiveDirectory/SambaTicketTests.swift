import Fixtures
import Ground
import Identity
import Testing

/// Binds by a Kerberos ticket of Samba's own KDC.
@Suite struct SambaTicketTests {
    @Test func `a ticket is enough to sync and to lock`() throws {
        let change = try Samba.localhostChange()
        let lab = try SambaLab {
            $0.kerberos = true
            $0.changes = change
        }
        lab.bind = "{sasl: GSSAPI}"
        // The name in the ticket is that of the URL.
        lab.url = lab.server.url.replacing("127.0.0.1", with: "localhost")
        try lab.configure()

        let without = try lab.run("sync")
        #expect(without.exitCode == 69)
        #expect(without.stderr.contains("Check the Kerberos ticket."), "\(without.stderr)")

        lab.environment = try lab.server.ticket(of: "lockstep", password: Samba.servicePassword)
        #expect(try lab.directory()["created"] == 12)
        #expect(try lab.lock("ada").outcome == "completed")
        #expect(!lab.binds("ada"))
    }
}
