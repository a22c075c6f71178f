internal import CLDAP

/// A point of the clock that nobody sets: by it waits end.
struct Instant: Comparable {
    private static let perSecond = 1_000_000_000.0
    /// What is too far away to be waited for.
    static let never = Instant(nanoseconds: .max)

    /// Of CLOCK_MONOTONIC.
    let nanoseconds: Int64

    static var now: Instant { Instant(nanoseconds: lockstep_now()) }

    /// A day is more than anybody waits.
    static func after(seconds: Double) -> Instant {
        let ahead = min(max(seconds, 0), 86_400) * perSecond
        return Instant(nanoseconds: now.nanoseconds + Int64(ahead))
    }

    static func < (left: Instant, right: Instant) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    func seconds(since earlier: Instant) -> Double {
        Double(nanoseconds - earlier.nanoseconds) / Self.perSecond
    }
}

/// How long all of something may take together.
package struct TimeLimit: Sendable {
    let end: Instant

    init(end: Instant) {
        self.end = end
    }

    /// From now on.
    package init(seconds: Double) {
        end = .after(seconds: seconds)
    }

    /// Seconds that are left; 0 when it is over.
    package var left: Double { max(0, end.seconds(since: .now)) }
    package var isOver: Bool { Instant.now >= end }
}

/// What a handle's socket obeys: until when it is waited for, and how much it gave.
///
/// Its memory is lent to the layer that the handle has below TLS, so it must outlive the handle's own.
@safe final class SocketLimit {
    private let memory: UnsafeMutablePointer<lockstep_limit>

    init() {
        unsafe memory = UnsafeMutablePointer<lockstep_limit>.allocate(capacity: 1)
        unsafe memory.initialize(to: lockstep_limit(end: Instant.never.nanoseconds, octets: 0))
    }

    deinit {
        unsafe memory.deallocate()
    }

    /// Every read and write fails from then on.
    var end: Instant {
        get { unsafe Instant(nanoseconds: memory.pointee.end) }
        set { unsafe memory.pointee.end = newValue.nanoseconds }
    }

    /// What was read from the socket so far.
    var octets: UInt64 { unsafe memory.pointee.octets }

    /// False where libldap has no memory for the layer.
    func install(on pointer: OpaquePointer) -> Bool {
        unsafe lockstep_limit_install(pointer, memory) == 0
    }
}
