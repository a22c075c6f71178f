import Configuration
import Engine
import Fixtures
import Glibc
import Identity
import LDAP
import Store
import Testing

/// One reading of the clock decides about every certificate of a process.
@Suite struct LockClockTests {
    private func lab() throws -> LockLab {
        let lab = try LockLab()
        try lab.sync()
        try lab.succeed("credential", "add", "ada", "--kind", "card", "--serial", "C1")
        try lab.succeed(
            "certificate", "import", try Certificates.shared.get().certificate("good"),
            "--credential", "C1")
        return lab
    }

    private func proc(_ lab: LockLab, at clock: Timestamp) throws -> UsersProc {
        let settings = try Settings.load(
            path: lab.folder.file("lockstep.yaml"), callerUID: geteuid())
        let store = try Store.open(
            settings.store.path, for: .write(create: false),
            by: RunLock.Holder(pid: getpid(), login: "root", since: clock))
        return UsersProc(
            .lock,
            EngineContext(
                settings: settings, store: store,
                sessions: DirectorySessions(clock: { clock }) { _ in
                    Array(Slapd.servicePassword.utf8)
                },
                by: Operator(login: "root", host: "admin.example", terminal: nil),
                clock: { clock }, isInterrupted: { false }))
    }

    private func wish(_ proc: UsersProc) throws -> UsersProc.Wish {
        let user = try #require(try proc.store.find("ada").users.first)
        return UsersProc.Wish(
            user: user.id, reason: "left-organization", note: nil, forced: false)
    }

    private func certificate(_ proc: UsersProc) throws -> Certificate {
        let user = try #require(try proc.store.find("ada").users.first)
        return try #require(
            try CertificateTable(proc.store.database).certificates(of: user.id).first)
    }

    @Test func `what expires between the preview and the end is treated as it was previewed`()
        throws
    {
        let lab = try lab()
        let end = try certificate(try proc(lab, at: Timestamp(seconds: 0))).content.notAfter
        let proc = try proc(lab, at: end.advanced(by: 60))
        let preview = try proc.preview(try wish(proc), at: end)
        let process = try #require(try proc.begin(preview))
        #expect(try proc.carryOut(process).state == .completed)
        let revocation = try certificate(proc).revocation
        #expect(revocation?.at == end)
        #expect(revocation?.reason == .affiliationChanged)
    }

    @Test func `what a wrong clock has skipped is revoked by the same lock again`() throws {
        let lab = try lab()
        let end = try certificate(try proc(lab, at: Timestamp(seconds: 0))).content.notAfter
        let wrong = try proc(lab, at: end.advanced(by: 60))
        let skipping = try wrong.preview(try wish(wrong), at: end.advanced(by: 60))
        #expect(
            skipping.plan.unchanged.contains {
                $0.kind == "certificate" && $0.because == "expired at \(end.rfc3339): skipped"
            })
        _ = try wrong.carryOut(try #require(try wrong.begin(skipping)))
        #expect(try certificate(wrong).revocation == nil)

        let again = try lab.lock("ada")
        #expect(again.outcome == "alreadyLocked")
        #expect(again.states(.revokeCertificate).values.sorted() == ["done"])
        #expect(try certificate(wrong).revocation?.reason == .affiliationChanged)
        #expect(try lab.show("ada")["lock"]?["at"]?.string == end.advanced(by: 60).rfc3339)
    }
}
