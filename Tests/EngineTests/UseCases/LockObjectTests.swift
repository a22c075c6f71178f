import Fixtures
import Ground
import Identity
import Testing

/// Credentials and certificates: every row of the table.
@Suite struct LockObjectTests {
    @Test func `every kind and state of a credential follows the table`() throws {
        let lab = try LockLab()
        try lab.sync()
        var wanted: [String: String] = [:]
        for kind in CredentialKind.allCases {
            for state in CredentialState.allCases {
                let serial = "\(kind.rawValue)-\(state.rawValue)"
                try lab.succeed(
                    "credential", "add", "ada", "--kind", kind.rawValue, "--serial", serial,
                    "--state", state.rawValue)
                wanted[serial] = Self.locked[state.rawValue] ?? state.rawValue
            }
        }
        let lock = try lab.lock("ada")
        var found: [String: String] = [:]
        for credential in try lab.show("ada")["credentials"]?.array ?? [] {
            found[credential["serial"]?.string ?? ""] = credential["state"]?.string
        }
        #expect(found == wanted)
        #expect(lock.states(.lockCredential).count == 2 * CredentialKind.allCases.count)
        #expect(lock.states(.abortCredential).count == CredentialKind.allCases.count)
        #expect(
            (lock.json["unchanged"]?.array ?? []).count { $0["kind"] == "credential" }
                == 4 * CredentialKind.allCases.count)
    }

    private static let locked = [
        "active": "locked", "inactive": "locked", "requested": "aborted",
    ]

    @Test func `every live certificate is revoked with the reason, and the first revocation wins`()
        throws
    {
        let lab = try LockLab()
        try lab.sync()
        try lab.succeed("credential", "add", "ada", "--kind", "card", "--serial", "C1")
        let files = try Certificates.shared.get()
        try lab.succeed(
            "certificate", "import", files.certificate("good"), "--credential", "C1")
        try lab.succeed(
            "certificate", "import", files.certificate("client"), "--credential", "C1", "--state",
            "onHold", "--at", "2026-01-02T03:04:05Z")
        try lab.succeed(
            "certificate", "import", files.certificate("otherCA"), "--credential", "C1", "--state",
            "revoked", "--reason", "superseded", "--at", "2026-02-03T04:05:06Z")
        try lab.succeed(
            "certificate", "import", files.certificate("expired"), "--credential", "C1")
        let lock = try lab.lock("ada")
        #expect(
            try certificates(lab) == [
                "client: revoked affiliationChanged \(lock.at ?? "") held 2026-01-02T03:04:05Z",
                "expired: expired - - held -",
                "good: revoked affiliationChanged \(lock.at ?? "") held -",
                "otherCA: revoked superseded 2026-02-03T04:05:06Z held -",
            ])
        #expect(
            lock.findings("remaining").filter { $0.hasPrefix("certificate") }.sorted()
                == lock.states(.revokeCertificate).keys.sorted().map {
                    "certificate | \($0) | revoked in Lockstep's records: others accept it until "
                        + "the CA has been told"
                })
        #expect(lock.states(.revokeCertificate).count == 2)
    }

    private func certificates(_ lab: LockLab) throws -> [String] {
        (try lab.show("ada")["certificates"]?.array ?? []).map { certificate in
            func text(_ key: String) -> String { certificate[key]?.string ?? "-" }
            let subject = text("subject")
            let names = [
                "client": "lockstep", "expired": "expired", "good": "good", "otherCA": "otherCA",
            ]
            let name = names.first { subject.contains("CN=\($0.value)") }?.key ?? subject
            return "\(name): \(text("state")) \(text("revocationReason")) \(text("revokedAt")) "
                + "held \(text("heldAt"))"
        }.sorted()
    }
}
