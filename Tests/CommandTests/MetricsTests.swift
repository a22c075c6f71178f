import Fixtures
import Foundation
import Ground
import Identity
import Testing

/// The file of `metrics:`, read by Prometheus' own Python library.
struct MetricsTests {
    private let lab: CommandLab

    init() throws {
        lab = try CommandLab()
        try lab.configure {
            $0.replacing("store: store.db", with: "store: store.db\nmetrics: m.prom")
        }
    }

    /// `name{label="value"}` of every sample, and its value; the parser refuses what is malformed.
    private func samples() throws -> [String: Double] {
        let script = """
            import sys
            from prometheus_client.parser import text_string_to_metric_families
            kinds = ("gauge", "counter", "histogram")
            for family in text_string_to_metric_families(sys.stdin.read()):
                assert family.documentation and family.type in kinds, family
                assert (family.type == "counter") == all(
                    s.name.endswith("_total") for s in family.samples), family
                for s in family.samples:
                    labels = ",".join(f'{k}="{v}"' for k, v in sorted(s.labels.items()))
                    print(s.name + (f"{{{labels}}}" if labels else ""), s.value, sep="\\t")
            """
        let text = try String(contentsOfFile: lab.folder.file("m.prom"), encoding: .utf8)
        // Debian's own, which has the package python3-prometheus-client.
        let parsed = try ChildProcess.run(
            "/usr/bin/python3", ["-c", script], input: Array(text.utf8)
        ).succeeded(at: "prometheus_client.parser").stdout
        var samples: [String: Double] = [:]
        for line in parsed.split(separator: "\n") {
            let parts = line.split(separator: "\t")
            samples[String(parts[0])] = Double(parts[1])
        }
        return samples
    }

    @Test func `every kind of what needs a person has a figure`() throws {
        try lab.run("sync").succeeded(at: "sync")
        let samples = try samples()
        for kind in [
            "store", "sync", "plan", "directory", "step", "drift", "protected", "request",
            "rejected",
        ] {
            #expect(samples["lockstep_attention{kind=\"\(kind)\"}"] == 0, "\(kind)")
        }
    }

    @Test func `a sync writes its figures`() throws {
        try lab.run("sync").succeeded(at: "sync")
        try lab.run("lock", "ada", "--reason", "misuse", "--yes").succeeded(at: "lock")
        try lab.run("sync").succeeded(at: "sync")
        let status = try lab.json("status")
        let samples = try samples()
        let users = try #require(status["directories"]?[0]?["users"])
        for state in ["active", "inactive", "locked"] {
            #expect(
                samples["lockstep_users{directory=\"hq\",state=\"\(state)\"}"]
                    == users[state]?.int.map { Double($0) })
        }
        #expect(samples["lockstep_users{directory=\"hq\",state=\"locked\"}"] == 1)
        #expect(samples["lockstep_sync_runs_total"] == 2)
        #expect(samples["lockstep_last_sync_outcome{outcome=\"completed\"}"] == 1)
        #expect(samples["lockstep_last_sync_outcome{outcome=\"failed\"}"] == 0)
        #expect(samples["lockstep_queue_steps{state=\"pending\"}"] == 0)
        #expect(samples["lockstep_rejected_entries{directory=\"hq\"}"] == 0)
        #expect(samples["lockstep_drifted_users{directory=\"hq\"}"] == 0)
        #expect(samples["lockstep_last_sync_duration_seconds"] != nil)
        let age = try #require(
            samples["lockstep_last_good_sync_timestamp_seconds{directory=\"hq\"}"])
        #expect(abs(Date().timeIntervalSince1970 - age) < 600)
    }

    @Test func `the last good sync stays where it was while the directory can't be read`() throws {
        try lab.run("sync").succeeded(at: "sync")
        let good = try samples()["lockstep_last_good_sync_timestamp_seconds{directory=\"hq\"}"]
        lab.server.kill()
        #expect(try lab.run("--quiet", "sync").exitCode == 69)
        let samples = try samples()
        #expect(samples["lockstep_last_good_sync_timestamp_seconds{directory=\"hq\"}"] == good)
        #expect(samples["lockstep_last_sync_outcome{outcome=\"failed\"}"] == 1)
        #expect(samples["lockstep_attention{kind=\"directory\"}"] == 1)
    }

    @Test func `what only grows is counted, and the time to disabled is a histogram`() throws {
        try lab.run("sync").succeeded(at: "sync")
        try lab.run("lock", "ada", "--reason", "misuse", "--yes").succeeded(at: "lock")
        try lab.server.modify(
            "dn: \(SampleOrganisation.person("ben"))\nreplace: employeeType\nemployeeType: left\n")
        try lab.run("sync").succeeded(at: "sync")
        let samples = try samples()
        for trigger in ["operator", "sync"] {
            #expect(samples["lockstep_locks_begun_total{trigger=\"\(trigger)\"}"] == 1)
            let ended = "lockstep_locks_total{outcome=\"completed\",trigger=\"\(trigger)\"}"
            #expect(samples[ended] == 1)
        }
        let histogram = "lockstep_time_to_disabled_seconds"
        #expect(samples["\(histogram)_count"] == 2)
        #expect(samples["\(histogram)_bucket{le=\"300\"}"] == 2)
        #expect(samples["\(histogram)_bucket{le=\"+Inf\"}"] == 2)
        #expect(samples["\(histogram)_sum"] != nil)
        // A lock that mends what somebody did to a locked user's entry locks nobody.
        try lab.server.modify(
            "dn: \(SampleOrganisation.person("ada"))\ndelete: pwdAccountLockedTime\n"
                + "-\ndelete: pwdEndTime\n")
        try lab.run("sync").succeeded(at: "sync")
        #expect(try self.samples()["\(histogram)_count"] == 2)
    }

    @Test func `it is replaced whole, and monitoring may read it`() throws {
        try lab.run("sync").succeeded(at: "sync")
        let file = lab.folder.file("m.prom")
        let number = { (key: FileAttributeKey) in
            try FileManager.default.attributesOfItem(atPath: file)[key] as? Int
        }
        #expect(try number(.posixPermissions) == 0o644)
        let before = try number(.systemFileNumber)
        try lab.run("sync").succeeded(at: "sync")
        #expect(try number(.systemFileNumber) != before)
        let names = try FileManager.default.contentsOfDirectory(atPath: lab.folder.path)
        #expect(!names.contains { $0.hasSuffix(".part") })
    }

    @Test func `a dry run writes none, and a file that can't be written is a warning`() throws {
        try lab.run("sync", "--dry-run").succeeded(at: "sync")
        #expect(!FileManager.default.fileExists(atPath: lab.folder.file("m.prom")))
        try lab.configure {
            $0.replacing("store: store.db", with: "store: store.db\nmetrics: none/m.prom")
        }
        let finished = try lab.run("sync")
        #expect(finished.exitCode == 0)
        #expect(
            finished.stderr.contains(
                "lockstep: warning: metrics: cannot write \(lab.folder.file("none/m.prom")): "
                    + "No such file or directory\n"))
        #expect(try lab.run("--quiet", "sync").stderr.contains("metrics: cannot write"))
        #expect(try lab.run("--quiet", "sync").stderr == "")
    }
}
