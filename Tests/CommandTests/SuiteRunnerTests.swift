import Fixtures
import Foundation
import Testing

/// What `Tests/suites` makes of suites that failed at first, with programs in the place of the build's.
@Suite struct SuiteRunnerTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder("suites")
        try folder.makeFolder("logs")
        try TemporaryFolder.install(
            """
            #!/bin/sh
            case $* in
              *--show-bin-path*) echo '\(folder.path)' ;;
              *) printf 'M.First/`one`()\\nM.Second/`two`()\\n' ;;
            esac
            """, at: folder.file("swift"))
    }

    /// `first`, `again`: what the process of the suite `First` does at first, and alone.
    private func run(first: String, again: String) throws -> FinishedProcess {
        try TemporaryFolder.install(
            """
            #!/bin/sh
            closing() { echo "✔ Test run with $1 test in 1 suite passed after 0.1 seconds."; }
            passed() { echo '✔ Test "one" passed after 0.1 seconds.'; closing 1; }
            failed() {
              echo '✘ Test "one" failed after 0.1 seconds with 1 issue.'
              echo '✘ Suite First failed after 0.1 seconds with 1 issue.'
              echo '✘ Test run with 1 test in 1 suite failed after 0.1 seconds with 1 issue.'
              exit 1
            }
            case $* in
              *--no-parallel*) \(again) ;;
              *First*) \(first) ;;
              *) echo '✔ Test "two" passed after 0.1 seconds.'; closing 1 ;;
            esac
            """, at: folder.file("lockstepPackageTests.xctest"))
        return try call("run_suites build .")
    }

    private func call(_ command: String) throws -> FinishedProcess {
        let suites = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../suites").standardized.path
        return try ChildProcess.run(
            "/bin/bash", ["-c", "set -euo pipefail; . '\(suites)'; \(command)"],
            environment: [
                "PATH": "\(folder.path):/usr/bin:/bin", "folder": folder.file("logs"),
            ])
    }

    @Test(arguments: [
        "failed",
        "echo '◇ Test case passing 1 argument words → \"Fatal error: no\" started.'; failed",
    ])
    func `what passes alone is forgiven, and named`(first: String) throws {
        let end = try run(first: first, again: "passed")
        #expect(end.exitCode == 0, "\(end.stdout)\(end.stderr)")
        #expect(end.stdout.contains("again: failed at first, run once more: First\n"))
        #expect(end.stdout.contains("at first: ✘ Test \"one\" failed"))
    }

    @Test func `what a test is given is not counted as a test that failed`() throws {
        let log = folder.file("log")
        let lines = [
            "◇ Test case passing 1 argument words → \"✘ Test four failed after 1 seconds.\" started.",
            "✔ Test case passing 1 argument words → \"✘ Test four failed after 1 seconds.\" passed after 0.1 seconds.",
            "at first: ✘ Test \"one\" failed after 0.1 seconds with 1 issue.",
            "✘ Test \"two\" failed after 0.1 seconds with 1 issue.",
            "✘ Test run with 2 tests in 1 suite failed after 0.1 seconds with 1 issue.",
        ]
        try (lines.joined(separator: "\n") + "\n").write(
            toFile: log, atomically: true, encoding: .utf8)
        let failed = try call("tests_that ✘ failed '\(log)'")
        #expect(failed.stdout == "\"two\"\n", "\(failed.stderr)")
    }

    /// A crash and a leak say nothing of which test it was; who did not run has not passed.
    @Test(arguments: [
        ("failed", "failed"), ("failed", "closing 0"), ("failed", "closing 1"),
        ("failed", "exit 1"),
        ("(failed); kill -TRAP $$", "passed"),
        ("(failed); kill -KILL $$", "passed"), ("(failed); exit 23", "passed"),
        ("(failed); exit 124", "passed"), ("echo 'x.swift:1: Fatal error: no'; failed", "passed"),
        ("echo 'SUMMARY: AddressSanitizer: 8 byte(s) leaked'; failed", "passed"),
        ("exit 1", "passed"), ("closing 0", "passed"), ("kill -TRAP $$", "passed"),
        ("echo '✘ Test \"three\" failed after 0.1 seconds with 1 issue.'; failed", "passed"),
    ])
    func `what crashed, leaked or did not run is a failure`(first: String, again: String) throws {
        let end = try run(first: first, again: again)
        #expect(end.exitCode != 0, "\(end.stdout)\(end.stderr)")
    }
}
