import Identity
import Testing

@testable import Configuration

/// The key decides a scalar's type, not its look.
@Suite struct ScalarTests {
    @Test(arguments: [
        "no", "TRUE", "007", "2024-01-01", "1e3", "\"null\"", "'~'", "0x1F", "=", "yes",
    ])
    func `where text is due any scalar is text`(written: String) throws {
        let settings = try Example.load(
            Example.minimal(reason: "revocation: superseded, text: \(written)"))
        #expect(settings.reasons[0].text == written.trimmingQuotes)
    }

    @Test(arguments: ["null", "~", ""])
    func `plain null, a tilde and nothing are null`(written: String) throws {
        let settings = try Example.load(Example.minimal(top: "metrics: \(written)"))
        #expect(settings.metrics == nil)
    }

    @Test(arguments: ["Null", "NULL", "nil"])
    func `what only looks like null is text`(written: String) throws {
        let settings = try Example.load(Example.minimal(top: "metrics: \(written)"))
        #expect(settings.metrics == "/etc/lockstep/\(written)")
    }

    @Test(arguments: ["yes", "True", "\"true\"", "1", "on", "[true]", "{}"])
    func `booleans are true and false alone`(written: String) {
        #expect(
            Example.complaints(Example.minimal(top: "approval: {lock: \(written)}")) == [
                "lockstep.yaml:11:18: approval.lock: neither true nor false; "
                    + "write one of them, in lower case and without quotes"
            ])
    }

    @Test(arguments: [
        ("0s", 0), ("90s", 90), ("15m", 900), ("24h", 86_400), ("\"7d\"", 604_800), ("007s", 7),
    ])
    func `durations are digits and a unit`(written: String, seconds: Int64) throws {
        let settings = try Example.load(
            Example.minimal(directory: "missing: {after: \(written)}"))
        #expect(settings.directories[0].missing.after == seconds)
    }

    @Test(arguments: ["5", "1h30m", "-5s", "5 s", "5w", "1.5h", "s", "٣s", "5S", "9999999999s"])
    func `what is no duration is refused`(written: String) {
        #expect(
            Example.complaints(Example.minimal(directory: "missing: {after: \(written)}")) == [
                "lockstep.yaml:7:22: directories.hq.missing.after: \"\(written)\" is no duration; "
                    + "write digits and s, m, h or d, such as 30s or 24h"
            ])
    }

    @Test func `a timeout of no time and a century are refused`() {
        let text = Example.minimal(directory: "timeout: {connect: 0s, operation: 36500d}")
        #expect(
            Example.complaints(text) == [
                "lockstep.yaml:7:24: directories.hq.timeout.connect: "
                    + "\"0s\" is no time at all; write at least 1s",
                "lockstep.yaml:7:39: directories.hq.timeout.operation: "
                    + "\"36500d\" is longer than ten years; write a shorter time",
            ])
    }

    @Test(arguments: [
        ("0", LimitSettings.Limit.count(0)), ("50", .count(50)), ("\"50\"", .count(50)),
        ("0%", .percent(0)), ("5%", .percent(5)), ("100%", .percent(100)),
    ])
    func `limits are numbers or percentages`(written: String, limit: LimitSettings.Limit) throws {
        let settings = try Example.load(Example.minimal(directory: "limits: {locks: \(written)}"))
        #expect(settings.directories[0].limits.locks == limit)
    }

    @Test(arguments: ["101%", "-1", "5.5%", "all", "%", "5 %"])
    func `what is no limit is refused`(written: String) {
        #expect(
            Example.complaints(Example.minimal(directory: "limits: {locks: \"\(written)\"}")) == [
                "lockstep.yaml:7:21: directories.hq.limits.locks: \"\(written)\" is no limit; "
                    + "write a number such as 50, or 0% to 100%"
            ])
    }

    @Test func `paths are relative to the folder of the file`() throws {
        let settings = try Example.load(
            Example.minimal(top: "metrics: ./out/metrics.prom").replacing(
                "store: lockstep.db", with: "store: {path: /srv/l.db, create: false}"))
        #expect(settings.metrics == "/etc/lockstep/out/metrics.prom")
        #expect(settings.store.path == "/srv/l.db")
        #expect(!settings.store.create)
    }
}

extension String {
    fileprivate var trimmingQuotes: String { filter { $0 != "\"" && $0 != "'" } }
}
