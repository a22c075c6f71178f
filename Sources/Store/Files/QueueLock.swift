internal import Glibc
internal import Ground
package import Identity

/// The right to call whoever hears of one thing at a time: the kernel's lock on a file beside the store
/// that is named after them.
///
/// The kernel frees it when its owner is gone.
package struct QueueLock: ~Copyable {
    private let file: SideFile

    /// nil where somebody else still has it after `seconds`, or when whoever waits is asked to stop.
    package init?(
        store: String, kind: StepKind, target: String, waiting seconds: Int64 = 0,
        unless isStopped: () -> Bool = { false }
    ) throws(StoreError) {
        let file = try SideFile(store: store, suffix: try QueueLock.suffix(store, kind, target))
        let isOurs = try retrying(forSeconds: seconds, unless: isStopped) {
            () throws(StoreError) in
            var byte = ByteLock.request(at: 0)
            if unsafe fcntl(file.descriptor, ByteLock.set, &byte) == 0 { return true }
            guard errno == EAGAIN || errno == EACCES || errno == EINTR else {
                throw .system(errno, "cannot lock it", path: file.path)
            }
            return false
        }
        guard isOurs else { return nil }
        self.file = file
    }

    /// A target is a name of the configuration; a journal that somebody has written into names no path.
    fileprivate static func suffix(
        _ store: String, _ kind: StepKind, _ target: String
    ) throws(StoreError) -> String {
        let name = "\(kind.rawValue).\(target)"
        guard !name.utf8.contains(UInt8(ascii: "/")), !name.utf8.contains(0) else {
            throw StoreError(.corrupt, message: "no queue is named \(name)", path: store)
        }
        return ".\(name).lock"
    }
}

/// Which program was started by whoever has a ``QueueLock``, in the lock's own file: one that outlived a
/// killed Lockstep is found by it.
package struct CallNote: ~Copyable {
    /// The longest that is read back.
    private static let mostOctets = 256

    /// Whose turn the lock is about.
    package struct Queue: Hashable, Sendable {
        let store: String
        let kind: StepKind
        let target: String

        package init(store: String, kind: StepKind, target: String) {
            self.store = store
            self.kind = kind
            self.target = target
        }
    }

    private let file: SideFile

    package init(_ queue: Queue) throws(StoreError) {
        file = try SideFile(
            store: queue.store,
            suffix: try QueueLock.suffix(queue.store, queue.kind, queue.target))
    }

    /// What the one before noted, and did not live to take back; empty: nothing.
    package func text() throws(StoreError) -> String {
        String(decoding: try file.read(Self.mostOctets), as: UTF8.self)
    }

    /// It need not survive a power cut, as no program does.
    package func set(_ text: String) throws(StoreError) {
        try file.truncate()
        guard !text.isEmpty else { return }
        try file.write(Array(text.utf8), at: 0)
    }
}
