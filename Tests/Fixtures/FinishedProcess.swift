/// What a program left behind.
package struct FinishedProcess: Sendable {
    /// 128 and the signal's number for one that was killed.
    package let exitCode: Int32
    package let output: [UInt8]
    package let errors: [UInt8]

    package var stdout: String { String(decoding: output, as: UTF8.self) }
    package var stderr: String { String(decoding: errors, as: UTF8.self) }

    /// Itself when the program ended with 0; else an error with all that it said.
    @discardableResult
    package func succeeded(at what: String) throws -> FinishedProcess {
        guard exitCode == 0 else {
            throw FixtureError("\(what): exit \(exitCode)\n\(stdout)\(stderr)")
        }
        return self
    }
}
