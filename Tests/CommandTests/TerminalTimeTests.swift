import Foundation
import Ground
import Testing

@testable import lockstep

struct TerminalTimeTests {
    @Test(arguments: [0, 1_795_442_700, 1_782_000_000] as [Int64])
    func `people see the time of their zone, as date(1) has it`(seconds: Int64) throws {
        let date = try CommandLineChild(
            CommandLineChild.program("date", package: "coreutils"),
            ["-d", "@\(seconds)", "+%Y-%m-%d %H:%M %Z"],
            environment: ProcessInfo.processInfo.environment)
        #expect(LocalTime.text(Timestamp(seconds: seconds)) + "\n" == date.output)
    }

    @Test func `a sentence has its times in their zone, and nothing else changes`() {
        let time = Timestamp(seconds: 1_795_442_700)
        #expect(
            LocalTime.localized("locked at \(time.rfc3339) by ada, for 2026-11-23")
                == "locked at \(LocalTime.exact(time)) by ada, for 2026-11-23")
        #expect(LocalTime.localized("2026-99-23T14:05:00Z") == "2026-99-23T14:05:00Z")
    }
}
