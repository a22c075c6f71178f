/// An instant in whole seconds since 1970-01-01T00:00:00Z.
///
/// The clock is read once, in `lockstep`, and comes in by parameter everywhere else.
package struct Timestamp: Hashable, Comparable, Sendable {
    package let seconds: Int64

    package init(seconds: Int64) {
        self.seconds = seconds
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.seconds < right.seconds
    }

    /// The instant `duration` seconds later; the last or first there is where that overflows.
    package func advanced(by duration: Int64) -> Timestamp {
        let (sum, overflows) = seconds.addingReportingOverflow(duration)
        return Timestamp(seconds: overflows ? (duration > 0 ? .max : .min) : sum)
    }
}
