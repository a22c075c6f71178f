import Glibc

/// A pipe; its ends are closed with it.
final class TerminalPipe {
    struct Failed: Error {}

    let reading: Int32
    private(set) var writing: Int32

    init() throws {
        var ends: [Int32] = [0, 0]
        guard unsafe pipe(&ends) == 0 else { throw Failed() }
        (reading, writing) = (ends[0], ends[1])
    }

    deinit {
        close(reading)
        closeWriting()
    }

    func closeWriting() {
        if writing >= 0 { close(writing) }
        writing = -1
    }

    func send(_ text: String) {
        let octets = Array(text.utf8)
        _ = unsafe write(writing, octets, octets.count)
    }

    /// All that was written; the writing end is closed.
    func contents() -> String {
        closeWriting()
        var all: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = unsafe read(reading, &room, room.count)
            if count <= 0 { break }
            all += room.prefix(count)
        }
        return String(decoding: all, as: UTF8.self)
    }
}
