import Fixtures
import Ground
import Identity
import Store
import Testing

@testable import Engine

/// How a run is settled, and what it exits with.
@Suite struct SyncOutcomeTests {
    /// One directory's part.
    enum Part: Sendable {
        case read
        case down
        case cutOff
        case stopped
        case stoppedUnread
        case stoppedAndCutOff
        case unfinished
        case rejecting

        fileprivate var report: DirectoryReport {
            var report = DirectoryReport(name: "hq")
            var counts = DirectoryCounts()
            counts.read = 5
            switch self {
            case .read, .cutOff: break
            case .down: counts.read = 0
            case .stopped, .stoppedAndCutOff: counts.limits = ["too many"]
            case .stoppedUnread:
                counts.read = 0
                counts.limits = ["nobody was found"]
            case .unfinished: counts.isUnfinished = true
            case .rejecting: counts.hasTooManyRejected = true
            }
            report.add(counts)
            switch self {
            case .down: report.fail(81, "can't connect")
            case .cutOff, .stoppedAndCutOff: report.fail(51, "busy")
            case .read, .stopped, .stoppedUnread, .unfinished, .rejecting: break
            }
            return report
        }
    }

    private let folder: TemporaryFolder
    private let context: EngineContext

    init() throws {
        folder = try TemporaryFolder("outcome")
        context = EngineContext(
            settings: try RuleExamples.settings(),
            store: try Store.open(
                folder.file("store.db"), for: .write(create: true),
                by: RunLock.Holder(pid: 1, login: "test", since: Timestamp(seconds: 0))),
            sessions: DirectorySessions(clock: { Timestamp(seconds: 0) }, secret: { _ in [] }),
            by: Operator(login: "sync", host: "test", terminal: nil),
            clock: { Timestamp(seconds: 0) }, isInterrupted: { false })
    }

    private func report(
        _ parts: [Part], pending: Int = 0, failed: Int = 0, isDryRun: Bool = false,
        isClockEarly: Bool = false
    ) -> SyncReport {
        SyncReport(
            run: SyncRun(
                context: context, stopwatch: { 0 }, observer: SyncObserver(), isDryRun: isDryRun,
                number: RunID(rawValue: 1), now: Timestamp(seconds: 0), started: 0,
                isClockEarly: isClockEarly),
            directories: parts.map(\.report),
            queue: SyncReport.Queue(done: 3, pending: pending, failed: failed), plan: nil)
    }

    @Test(
        arguments: [
            ([.read], .completed, 0, 0), ([.read, .read], .completed, 0, 0),
            ([.down], .failed, 69, 69), ([.down, .down], .failed, 69, 69),
            ([.read, .down], .partial, 75, 0), ([.cutOff], .partial, 75, 0),
            ([.cutOff, .down], .partial, 75, 0), ([.unfinished], .partial, 75, 0),
            ([.rejecting], .partial, 75, 0), ([.stopped], .stopped, 11, 11),
            // A limit wants a person, and goes before what the next run may mend by itself.
            ([.stopped, .down], .stopped, 11, 11), ([.stoppedUnread], .stopped, 11, 11),
            ([.stoppedUnread, .down], .stopped, 11, 11),
            ([.stoppedAndCutOff], .stopped, 11, 11),
            ([.stopped, .unfinished], .stopped, 11, 11), ([], .completed, 0, 0),
        ] as [([Part], SyncReport.Outcome, Int32, Int32)])
    func `a run ends as the worst of what its directories came to`(
        parts: [Part], outcome: SyncReport.Outcome, exit: Int32, dryExit: Int32
    ) {
        let run = report(parts)
        #expect(run.outcome == outcome)
        #expect(run.exitCode == exit)
        let dry = report(parts, isDryRun: true)
        #expect(dry.outcome == (outcome == .failed ? .failed : .planned))
        #expect(dry.exitCode == dryExit)
    }

    @Test(arguments: [(1, 0), (0, 1), (2, 3)])
    func `steps that are left make a run partial, and a dry run says nothing of them`(
        pending: Int, failed: Int
    ) {
        #expect(report([.read], pending: pending, failed: failed).outcome == .partial)
        let dry = report([.read], pending: pending, failed: failed, isDryRun: true)
        #expect(dry.outcome == .planned)
    }

    @Test func `a clock that is early makes a run partial, dry or not`() {
        for isDryRun in [false, true] {
            let report = report([.read], isDryRun: isDryRun, isClockEarly: true)
            #expect(report.outcome == (isDryRun ? .planned : .partial))
            #expect(report.exitCode == 75)
        }
    }

    @Test(
        arguments: [
            (.created, true), (.updated, true), (.renamed, true), (.missing, true),
            (.changedGroups, true), (.changes, true), (.unchanged, false), (.read, false),
            (.groups, false), (.disabled, false), (.drift, false),
        ] as [(Figure, Bool)])
    func `only what is stored makes a run one that changed something`(
        figure: Figure, isChange: Bool
    ) {
        var counts = DirectoryCounts()
        counts[keyPath: figure.path] += 1
        var report = DirectoryReport(name: "hq")
        report.add(counts)
        #expect(report.changedAnything == isChange)
    }

    enum Figure: Sendable {
        case created, updated, renamed, missing, changedGroups, changes
        case unchanged, read, groups, disabled, drift

        fileprivate var path: WritableKeyPath<DirectoryCounts, Int> {
            switch self {
            case .created: \.created
            case .updated: \.updated
            case .renamed: \.renamed
            case .missing: \.missing
            case .changedGroups: \.changedGroups
            case .changes: \.changes
            case .unchanged: \.unchanged
            case .read: \.read
            case .groups: \.groups
            case .disabled: \.disabled
            case .drift: \.drift
            }
        }
    }
}
