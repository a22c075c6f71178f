import Foundation
import LDAP
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
}
