internal import Glibc

/// A place at which a debug build can be made to die, to show what a crash there leaves behind.
///
/// A release build has the names alone: nothing there is passed, armed or counted.
package enum FailPoint: String, Sendable, CaseIterable {
    /// Before each statement of a writing transaction that writes, and before its `COMMIT`.
    case statement
    /// The transaction is durable; `STORE.head` has not followed.
    case committed
    /// `STORE.head` has followed.
    case head
    /// Before each step in the directory.
    case step
    /// The directory has answered a step; nothing of it is written down.
    case answered
    /// All was read back; nothing of it is written down.
    case readBack
}

#if DEBUG
/// The place at which this program dies by SIGKILL, and how often it is passed before.
package final class ArmedFailPoint {
    private let point: FailPoint
    private var left: Int

    /// `step:3`: the third time that `step` is passed; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let point = FailPoint(rawValue: String(parts[0])),
            let count = Int(parts[1]), count > 0
        else { return nil }
        self.point = point
        left = count
    }

    func pass(_ passed: FailPoint) {
        guard passed == point else { return }
        left -= 1
        if left == 0 { kill(getpid(), SIGKILL) }
    }
}

/// What is armed, shared by a database and its statements.
final class FailPoints {
    var armed: ArmedFailPoint?
}
#endif

extension Store {
    #if DEBUG
    package func arm(_ point: ArmedFailPoint?) { database.failPoints.armed = point }
    #endif

    /// Dies here where a debug build was told to.
    package func pass(_ point: FailPoint) {
        #if DEBUG
        database.failPoints.armed?.pass(point)
        #endif
    }
}
