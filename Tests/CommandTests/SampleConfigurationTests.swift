import Fixtures
import Foundation
import Ground
import Identity
import Testing

/// `config/openldap.yaml` works as it stands, with a server's address and its files in their places.
struct SampleConfigurationTests {
    @Test func `the sample for OpenLDAP takes users in and locks one of them`() throws {
        let lab = try CommandLab {
            $0.tls = SlapdOptions.TLS()
            $0.syncProvider = .sessionLog(100)
        }
        let sample = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../config/openldap.yaml")
        let text = try String(contentsOf: sample, encoding: .utf8)
        let ca = try Certificates.shared.get().ca
        try lab.configure { _ in
            text.replacing("/var/lib/lockstep/lockstep.db", with: "store.db")
                .replacing(
                    "[ldaps://ldap1.example.com, ldaps://ldap2.example.com]",
                    with: lab.server.tlsURL
                )
                .replacing("/etc/ssl/certs/ca-certificates.crt", with: ca)
                .replacing("/etc/lockstep/hq.password", with: "password")
        }
        let sync = try lab.json("sync")
        #expect(sync["outcome"] == "completed")
        #expect(sync["directories"]?[0]?["created"] == 12)
        let lock = try lab.json("lock", "ada", "--reason", "left-organization", "--yes")
        #expect(lock["outcome"] == "completed")
        #expect(
            !lab.server.binds(
                as: SampleOrganisation.person("ada"),
                password: SampleOrganisation.password(of: "ada")))
        let unlock = try lab.json("unlock", "ada", "--reason", "back", "--yes")
        #expect(unlock["outcome"] == "completed")
        #expect(
            lab.server.binds(
                as: SampleOrganisation.person("ada"),
                password: SampleOrganisation.password(of: "ada")))
    }
}
