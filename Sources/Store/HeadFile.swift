internal import Crypto
internal import Glibc

/// `STORE.head`: how far the audit chain has come, as seen from outside the database.
///
/// Two records of 128 octets, written in turn and in place, each with a check of itself: what a power
/// cut tears is the newer one, and the older one stands. So the head is never ahead of what was
/// committed, and one `fdatasync` makes it durable.
struct HeadFile: ~Copyable {
    private static let recordSize = 128
    private let file: SideFile

    /// Opens the file for one reader or writer at a time, waiting for the others' short work.
    init(store: String) throws(StoreError) {
        let file = try SideFile(store: store, suffix: ".head")
        while flock(file.descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw .system(errno, "cannot lock it", path: file.path) }
        }
        self.file = file
    }

    /// The head; nil where none was written yet.
    func read() throws(StoreError) -> AuditHead? {
        try HeadFile.head(of: file.read(2 * HeadFile.recordSize), path: file.path)
    }

    /// The head without a lock, for who may not write; nil where there is no file.
    static func read(store: String) throws(StoreError) -> AuditHead? {
        let path = store + ".head"
        let descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        if descriptor < 0 && errno == ENOENT { return nil }
        guard descriptor >= 0 else { throw .system(errno, "cannot open it", path: path) }
        defer { close(descriptor) }
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 2 * recordSize) { buffer, filled in
            filled = max(0, unsafe pread(descriptor, buffer.baseAddress, 2 * recordSize, 0))
        }
        return try head(of: bytes, path: path)
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

    /// Forgets what was seen: from here on `head` is the end of the chain.
    func replace(with head: AuditHead?) throws(StoreError) {
        let blank = [UInt8](repeating: 0, count: HeadFile.recordSize)
        let record = head.map(HeadFile.record) ?? blank
        try file.write(record + blank, at: 0)
        try file.sync()
    }

    private static func head(of bytes: [UInt8], path: String) throws(StoreError) -> AuditHead? {
        if bytes.allSatisfy({ $0 == 0 }) { return nil }
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
            guard let head = AuditHead(text), HeadFile.record(head) == record else { return nil }
            return head
        }
    }

    /// `SEQUENCE:HASH CHECK`, filled up with spaces, and a line feed.
    private static func record(_ head: AuditHead) -> [UInt8] {
        let check = AuditHead.hexadecimal(Array(SHA256.hash(head.description).prefix(8)))
        let text = Array("\(head.description) \(check)".utf8)
        let space = repeatElement(UInt8(ascii: " "), count: recordSize - 1 - text.count)
        return text + space + [UInt8(ascii: "\n")]
    }
}
