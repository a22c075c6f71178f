internal import Identity
internal import Store

/// Which other sides keep us waiting.
///
/// One that has done so several times in a row, or for long, is left alone for the rest of the pass, so
/// that the others get its time.
struct PutOffs {
    /// In a row.
    private static let most = 3
    private static let long = Duration.seconds(15)

    private var counts: [String: Int] = [:]

    func leavesAlone(_ side: String) -> Bool { counts[side, default: 0] >= Self.most }

    /// Somebody else is at it.
    mutating func leaveAlone(_ side: String) { counts[side] = Self.most }

    /// One attempt has ended; nil: there was nothing to do any more.
    mutating func note(_ side: String, _ result: StepResult?, since began: ContinuousClock.Instant)
    {
        if result?.state != .pending {
            counts[side] = 0
        } else if ContinuousClock.now - began >= Self.long {
            leaveAlone(side)
        } else {
            counts[side, default: 0] += 1
        }
    }
}
