package import Ground

/// The lock that holds a locked user.
package struct RecordedLock: Hashable, Sendable {
    package let process: Int64
    package let reason: String
    package let text: String
    package let at: Timestamp
    package let by: String

    package init(process: Int64, reason: String, text: String, at: Timestamp, by: String) {
        self.process = process
        self.reason = reason
        self.text = text
        self.at = at
        self.by = by
    }
}
