import Foundation
import Testing

/// What a disk holds while a recorded program writes to it: what was made durable, and what a power
/// cut may or may not leave.
struct RecordedDisk {
    /// One record of the recording VFS.
    struct Event {
        enum Kind: UInt8 {
            case create = 0x63
            case write = 0x77
            case truncate = 0x74
            case sync = 0x73
            case delete = 0x78
            case mark = 0x6D
        }

        let kind: Kind
        let file: UInt8
        let offset: Int
        let octets: [UInt8]
    }

    private var durable: [UInt8: [UInt8]] = [:]
    private var pending: [UInt8: [Event]] = [:]
    /// Logs and journals that were made and not synced: the first sync of one syncs their folder, too.
    private var created: Set<UInt8> = []

    static func events(inFile path: String) throws -> [Event] {
        let log = [UInt8](try Data(contentsOf: URL(filePath: path)))
        var events: [Event] = []
        var place = 0
        func number(_ size: Int) -> Int {
            defer { place += size }
            return log[place..<place + size].reversed().reduce(0) { $0 << 8 | Int($1) }
        }
        while place < log.count {
            let kind = try #require(Event.Kind(rawValue: log[place]))
            let file = log[place + 1]
            place += 2
            let (offset, count) = (number(8), number(4))
            events.append(
                Event(
                    kind: kind, file: file, offset: offset,
                    octets: Array(log[place..<place + count])))
            place += count
        }
        return events
    }

    mutating func apply(_ event: Event) {
        switch event.kind {
        case .create: created.insert(event.file)
        case .write, .truncate, .delete: pending[event.file, default: []].append(event)
        case .sync:
            // "The directory file descriptor is only fsync()ed when the file was created": os_unix.c.
            if created.remove(event.file) != nil { makeDeletionsDurable() }
            durable[event.file] = Self.carryOut(
                pending[event.file] ?? [], on: durable[event.file] ?? [])
            pending[event.file] = []
        case .mark: break
        }
    }

    private mutating func makeDeletionsDurable() {
        for (file, events) in pending {
            guard let last = events.lastIndex(where: { $0.kind == .delete }) else { continue }
            durable[file] = []
            pending[file] = Array(events[(last + 1)...])
        }
    }

    /// The files after a power cut; `keeps` says which of the writes that no sync followed the disk
    /// has kept.
    func cut(keeping keeps: (Event) -> Bool) -> [UInt8: [UInt8]] {
        var files = durable
        for (file, events) in pending {
            files[file] = Self.carryOut(events.filter(keeps), on: files[file] ?? [])
        }
        return files
    }

    private static func carryOut(_ events: [Event], on octets: [UInt8]) -> [UInt8] {
        var octets = octets
        for event in events {
            switch event.kind {
            case .write:
                let end = event.offset + event.octets.count
                if octets.count < end {
                    octets += [UInt8](repeating: 0, count: end - octets.count)
                }
                octets.replaceSubrange(event.offset..<end, with: event.octets)
            case .truncate: octets = Array(octets.prefix(event.offset))
            case .delete: octets = []
            case .create, .sync, .mark: break
            }
        }
        return octets
    }
}
