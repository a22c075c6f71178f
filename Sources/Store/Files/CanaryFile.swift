internal import Glibc
internal import Ground
package import Identity

/// `STORE.canary`: the canaries' records, beside the store and not in it.
///
/// A store that is restored from a backup must not forget that a canary is locked. The file is replaced
/// as a whole: a crash leaves the records from before or those from after. Whoever may write it holds the
/// lock of `STORE.canary.lock`, a file that stays the same.
package struct CanaryFile: ~Copyable {
    private static let suffix = ".canary"
    private static let lockSuffix = ".canary.lock"
    private static let most = 1 << 16
    private let store: String
    private let lock: SideFile

    /// For one program at a time; nil while another one has it.
    package init?(store: String) throws(StoreError) {
        let lock = try SideFile(store: store, suffix: Self.lockSuffix)
        guard flock(lock.descriptor, LOCK_EX | LOCK_NB) == 0 else {
            guard errno == EWOULDBLOCK else {
                throw .system(errno, "cannot lock it", path: lock.path)
            }
            return nil
        }
        self.store = store
        self.lock = lock
    }

    /// Where the records are.
    package var path: String { store + Self.suffix }

    /// Whether there ever was a canary.
    package static func isThere(beside store: String) -> Bool { isThere(store + suffix) }

    /// A link that leads nowhere is there, too.
    private static func isThere(_ path: String) -> Bool {
        var status = stat()
        return unsafe lstat(path, &status) == 0
    }

    /// What is known of a directory's canary, without waiting for anybody.
    package static func record(
        of directory: DirectoryName, beside store: String
    ) throws(StoreError) -> CanaryRecord? {
        try records(beside: store)[directory]
    }

    /// Why the records can't be read, or no lock of theirs can be had; nil where they can, or there are
    /// none.
    ///
    /// Without them a canary may stay locked, and nobody else is concerned: it stops nothing.
    package static func problem(beside store: String) -> StoreError? {
        do throws(StoreError) {
            _ = try records(beside: store)
            if isThere(store + lockSuffix) {
                _ = try SideFile(store: store, suffix: lockSuffix, creating: false)
            }
            return nil
        } catch {
            return error
        }
    }

    /// Begins anew, without any record.
    package func renew() throws(StoreError) { try write([:]) }

    package func record(of directory: DirectoryName) throws(StoreError) -> CanaryRecord {
        try Self.records(beside: store)[directory] ?? CanaryRecord()
    }

    /// Durable on return.
    package func set(_ record: CanaryRecord, of directory: DirectoryName) throws(StoreError) {
        var records = try Self.records(beside: store)
        records[directory] = record
        try write(records)
    }

    private func write(_ records: [DirectoryName: CanaryRecord]) throws(StoreError) {
        let object = Dictionary(
            uniqueKeysWithValues: records.map { ($0.key.rawValue, $0.value.json) })
        let text = JSONValue.object(object).text + "\n"
        let part = try SideFile(store: store, suffix: Self.suffix + ".part")
        try part.truncate()
        try part.write(Array(text.utf8), at: 0)
        try part.sync()
        guard unsafe rename(part.path, path) == 0 else {
            throw .system(errno, "cannot give a new version this name", path: path)
        }
        Database.syncFolder(of: path)
    }

    private static func records(
        beside store: String
    ) throws(StoreError) -> [DirectoryName: CanaryRecord] {
        guard isThere(beside: store) else { return [:] }
        let file = try SideFile(store: store, suffix: suffix)
        let line = try file.read(most).prefix { $0 != UInt8(ascii: "\n") }
        if line.isEmpty { return [:] }
        guard let json = JSONValue(parsing: Array(line)), case .object(let object) = json else {
            throw unreadable(file.path)
        }
        var records: [DirectoryName: CanaryRecord] = [:]
        for (name, value) in object {
            do throws(Unreadable) {
                records[DirectoryName(rawValue: name)] = try CanaryRecord(json: value)
            } catch {
                throw unreadable(file.path)
            }
        }
        return records
    }

    private static func unreadable(_ path: String) -> StoreError {
        StoreError(
            .corrupt, message: "it can't be read: is a canary still locked?", path: path)
    }
}
