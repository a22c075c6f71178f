import Fixtures
import Foundation
import Testing

/// `config/prometheus/lockstep.rules.yml`, read and tried by Prometheus' own promtool.
struct AlertRuleTests {
    private static let rules = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "config/prometheus/lockstep.rules.yml").path

    private func promtool(_ arguments: String...) throws {
        try ChildProcess.run("/usr/bin/promtool", arguments)
            .succeeded(at: "promtool (Debian package prometheus) \(arguments)")
    }

    @Test func `promtool takes them`() throws {
        try promtool("check", "rules", Self.rules)
    }

    /// Figures of every minute, when an alert is looked at, and whether it fires then.
    private struct Example {
        let alert: String
        let series: [(name: String, values: String)]
        let at: String
        let fires: Bool
    }

    private static let bucket = "lockstep_time_to_disabled_seconds_bucket{le=\"300\"}"
    private static let count = "lockstep_time_to_disabled_seconds_count"
    private static let last = "lockstep_last_sync_timestamp_seconds"

    private static let examples = [
        Example(
            alert: "LockstepMetricsMissing", series: [("other", "1x90")], at: "61m", fires: true),
        Example(alert: "LockstepMetricsMissing", series: [(last, "1x90")], at: "61m", fires: false),
        Example(alert: "LockstepSyncSilent", series: [(last, "0x90")], at: "29m", fires: false),
        Example(alert: "LockstepSyncSilent", series: [(last, "0x90")], at: "31m", fires: true),
        Example(
            alert: "LockstepLockLate", series: [(bucket, "5+1x90"), (count, "5+1x90")],
            at: "60m", fires: false),
        Example(
            alert: "LockstepLockLate", series: [(bucket, "5x90"), (count, "5x50 6x39")],
            at: "60m", fires: true),
        Example(
            alert: "LockstepStepsPending",
            series: [("lockstep_queue_steps{state=\"pending\"}", "1x90")], at: "29m", fires: false),
        Example(
            alert: "LockstepStepsPending",
            series: [("lockstep_queue_steps{state=\"pending\"}", "1x90")], at: "31m", fires: true),
        Example(
            alert: "LockstepNeedsPerson",
            series: [("lockstep_attention{kind=\"plan\"}", "0x20 1x90")], at: "30m", fires: false),
        Example(
            alert: "LockstepNeedsPerson",
            series: [("lockstep_attention{kind=\"plan\"}", "0x20 1x90")], at: "40m", fires: true),
        Example(
            alert: "LockstepManyLocks",
            series: [("lockstep_locks_begun_total{trigger=\"sync\"}", "0x30 60x60")],
            at: "40m", fires: true),
    ]

    @Test func `each fires when it should, and not before`() throws {
        let folder = try TemporaryFolder("rules")
        let tests = Self.examples.map { example in
            """
              - interval: 1m
                input_series:
            \(example.series.map {
                "      - {series: '\($0.name)', values: '\($0.values)'}"
            }.joined(separator: "\n"))
                promql_expr_test:
                  - expr: 'count(ALERTS{alertname="\(example.alert)", alertstate="firing"}) or vector(0)'
                    eval_time: \(example.at)
                    exp_samples: [{value: \(example.fires ? 1 : 0)}]

            """
        }
        let file = try folder.write(
            "rule_files: [\(Self.rules)]\nevaluation_interval: 1m\ntests:\n" + tests.joined(),
            to: "tests.yml")
        try promtool("test", "rules", file)
    }
}
