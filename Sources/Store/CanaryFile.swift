internal import Glibc
internal import Identity

/// `STORE.canary`: the canaries' records, beside the store and not in it.
///
/// A store that is restored from a backup must not forget that a canary is locked. The file is small
/// enough for one write, which a system call never splits on a local disk.
package struct CanaryFile: ~Copyable {
    private static let suffix = ".canary"
    private static let most = 1 << 16
    private let file: SideFile

    /// For one program at a time; nil while another one has it.
    package init?(store: String) throws(StoreError) {
        let file = try SideFile(store: store, suffix: Self.suffix)
        guard flock(file.descriptor, LOCK_EX | LOCK_NB) == 0 else {
            guard errno == EWOULDBLOCK else {
                throw .system(errno, "cannot lock it", path: file.path)
            }
            return nil
        }
        self.file = file
    }

    /// Whether there ever was a canary.
    package static func isThere(beside store: String) -> Bool {
        unsafe access(store + suffix, F_OK) == 0
    }

    /// What is known of a directory's canary, without waiting for anybody.
    package static func record(
        of directory: String, beside store: String
    ) throws(StoreError) -> CanaryRecord? {
        guard isThere(beside: store) else { return nil }
        return try read(SideFile(store: store, suffix: suffix))[directory]
    }

    package func record(of directory: String) throws(StoreError) -> CanaryRecord {
        try Self.read(file)[directory] ?? CanaryRecord()
    }

    /// Durable on return.
    package func set(_ record: CanaryRecord, of directory: String) throws(StoreError) {
        var records = try Self.read(file)
        records[directory] = record
        let text = JSONValue.object(records.mapValues(\.json)).text + "\n"
        try file.write(Array(text.utf8), at: 0)
        try file.sync()
    }

    /// A line; what a longer one before it has left behind its end does not count.
    private static func read(_ file: borrowing SideFile) throws(StoreError) -> [String:
        CanaryRecord]
    {
        let line = try file.read(most).prefix { $0 != UInt8(ascii: "\n") }
        if line.isEmpty { return [:] }
        guard let json = JSONValue(parsing: Array(line)), case .object(let object) = json else {
            throw StoreError(
                .corrupt, message: "it can't be read: is a canary still locked?", path: file.path)
        }
        var records: [String: CanaryRecord] = [:]
        for (name, value) in object {
            guard let record = CanaryRecord(json: value) else {
                throw StoreError(
                    .corrupt, message: "it can't be read: is a canary still locked?",
                    path: file.path)
            }
            records[name] = record
        }
        return records
    }
}
