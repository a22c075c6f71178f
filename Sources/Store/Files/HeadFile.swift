internal import Crypto
internal import Glibc
internal import Ground

/// `STORE.head`: how far the audit chain has come, as seen from outside the database.
///
/// Two records of 128 octets, written in turn and in place, each with a check of itself: what a power
/// cut tears is the newer one, and the older one stands. So the head is never ahead of what was
/// committed, and one `fdatasync` makes it durable.
///
/// It is made with the store, before the first event: a store that has events and no head was put there
/// by somebody, or has lost it.
struct HeadFile: ~Copyable {
    /// Of a store in which nothing has happened yet.
    static let birth = AuditHead(sequence: 0, hash: [UInt8](repeating: 0, count: 32))
    private static let suffix = ".head"
    private static let recordSize = 128
    private let file: SideFile

    /// Opens the file for one reader or writer at a time, waiting for the others' short work.
    init(store: String) throws(StoreError) {
        let file = try SideFile(store: store, suffix: HeadFile.suffix, creating: false)
        while flock(file.descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw .system(errno, "cannot lock it", path: file.path) }
        }
        self.file = file
    }

    /// The head without a lock, for who may not write; nil where there is no file.
    static func read(store: String) throws(StoreError) -> AuditHead? {
        let path = store + suffix
        let file = FileDescriptor(
            unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY))
        if !file.isOpen && errno == ENOENT { return nil }
        guard file.isOpen else { throw .system(errno, "cannot open it", path: path) }
        try FileTrust.require(file.number, store: store, path: path)
        return try head(of: file.read(2 * recordSize, at: 0) ?? [], path: path)
    }

    /// Moves on to `head`; never back, because another program may have come further meanwhile.
    func advance(to head: AuditHead) throws(StoreError) {
        let records = HeadFile.records(of: try file.read(2 * HeadFile.recordSize))
        let newest = max(records[0]?.sequence ?? 0, records[1]?.sequence ?? 0)
        guard head.sequence > newest else { return }
        let older = (records[0]?.sequence ?? 0) <= (records[1]?.sequence ?? 0) ? 0 : 1
        try file.write(HeadFile.record(head), at: older * HeadFile.recordSize)
        try file.sync()
    }

    /// Makes the file of a new store, unless somebody else has.
    static func make(store: String) throws(StoreError) {
        try put(birth, store: store, replacing: false)
    }

    /// Forgets what was seen: from here on `head` is the end of the chain.
    static func replace(with head: AuditHead, store: String) throws(StoreError) {
        try put(head, store: store, replacing: true)
    }

    /// The file comes into being whole: a crash leaves the one before, or none.
    private static func put(
        _ head: AuditHead, store: String, replacing: Bool
    ) throws(StoreError) {
        let part = try SideFile(store: store, suffix: suffix + ".part")
        try part.truncate()
        try part.write(record(head) + [UInt8](repeating: 0, count: recordSize), at: 0)
        try part.sync()
        let path = store + suffix
        // link(2) takes no name that is taken already, unlike rename(2).
        let code = unsafe replacing ? rename(part.path, path) : link(part.path, path)
        guard code == 0 || !replacing && errno == EEXIST else {
            throw .system(errno, "cannot give it this name", path: path)
        }
        if !replacing { unsafe unlink(part.path) }
        Database.syncFolder(of: path)
    }

    private static func head(of bytes: [UInt8], path: String) throws(StoreError) -> AuditHead {
        let records = records(of: bytes).compactMap { $0 }
        guard let newest = records.max(by: { $0.sequence < $1.sequence }) else {
            throw StoreError(
                .corrupt, message: "it holds no audit head that can be read", path: path)
        }
        return newest
    }

    /// Both records, nil where one is blank or torn.
    private static func records(of bytes: [UInt8]) -> [AuditHead?] {
        [0, recordSize].map { start in
            guard bytes.count >= start + recordSize else { return nil }
            let record = Array(bytes[start..<start + recordSize])
            let text = String(decoding: record.prefix { $0 != UInt8(ascii: " ") }, as: UTF8.self)
            let start = text.hasPrefix("0:") ? birth : AuditHead(text)
            guard let head = start, HeadFile.record(head) == record else { return nil }
            return head
        }
    }

    /// `SEQUENCE:HASH CHECK`, filled up with spaces, and a line feed.
    private static func record(_ head: AuditHead) -> [UInt8] {
        let check = String(hexadecimal: SHA256.hash(head.description).prefix(8))
        let text = Array("\(head.description) \(check)".utf8)
        let space = repeatElement(UInt8(ascii: " "), count: recordSize - 1 - text.count)
        return text + space + [UInt8(ascii: "\n")]
    }
}
