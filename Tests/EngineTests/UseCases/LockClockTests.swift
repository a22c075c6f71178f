import Configuration
import Engine
import Fixtures
import Glibc
import Ground
import Identity
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

    /// `later`: what the clock says from its second reading on.
    private func context(
        _ lab: LockLab, at clock: Timestamp, then later: Timestamp? = nil
    ) throws -> EngineContext {
        var isFirst = true
        let settings = try Settings.load(
            path: lab.folder.file("lockstep.yaml"), callerUID: geteuid())
        let store = try Store.open(
            settings.store.path, for: .write(create: false),
            by: RunLock.Holder(pid: getpid(), login: "root", since: clock))
        return EngineContext(
            settings: settings, store: store,
            sessions: DirectorySessions(clock: { clock }) { _ in
                Array(Slapd.servicePassword.utf8)
            },
            by: Operator(login: "root", host: "admin.example", terminal: nil),
            clock: {
                defer { isFirst = false }
                return isFirst ? clock : later ?? clock
            }, isInterrupted: { false })
    }

    private func wish(_ context: EngineContext) throws -> UsersProc.Wish {
        let user = try #require(try context.store.find("ada").users.first)
        return UsersProc.Wish(
            user: user.id, reason: "left-organization", note: nil, forced: false)
    }

    private func certificate(_ context: EngineContext) throws -> Certificate {
        let user = try #require(try context.store.find("ada").users.first)
        return try #require(
            try CertificateTable(context.store).certificates(of: user.id).first)
    }

    private func lock(_ context: EngineContext) throws -> IdentityProcess {
        let order = Order(.lock, context)
        let started = try order.start(try wish(context), .agreed) { _, _ in .given }
        guard case .carriedOut(let process, _) = try order.finish(started) else {
            throw FixtureError("the lock was not carried out")
        }
        return process
    }

    @Test func `what expires between the preview and the end is treated as it was previewed`()
        throws
    {
        let lab = try lab()
        let end = try certificate(try context(lab, at: Timestamp(seconds: 0))).content.notAfter
        let passing = try context(lab, at: end, then: end.advanced(by: 60))
        #expect(try lock(passing).state == .completed)
        let revocation = try certificate(passing).revocation
        #expect(revocation?.at == end)
        #expect(revocation?.reason == .affiliationChanged)
    }

    @Test func `what a wrong clock has skipped is revoked by the same lock again`() throws {
        let lab = try lab()
        let end = try certificate(try context(lab, at: Timestamp(seconds: 0))).content.notAfter
        let wrong = try context(lab, at: end.advanced(by: 60))
        let skipping = try UsersProc(.lock, wrong)
            .preview(try wish(wrong), at: end.advanced(by: 60))
        #expect(
            skipping.plan.unchanged.contains {
                $0.kind == .certificate && $0.because == "expired at \(end.rfc3339): skipped"
            })
        _ = try lock(wrong)
        #expect(try certificate(wrong).revocation == nil)

        let again = try lab.lock("ada")
        #expect(again.outcome == "alreadyLocked")
        #expect(again.states(.revokeCertificate).values.sorted() == ["done"])
        #expect(try certificate(wrong).revocation?.reason == .affiliationChanged)
        #expect(try lab.show("ada")["lock"]?["at"]?.string == end.advanced(by: 60).rfc3339)
    }
}
