package import Configuration
package import Ground
internal import Identity
internal import LDAP
internal import Store

/// Gives canaries back that a check which was cut short has left locked.
package struct CanaryRestoration {
    let shared: SharedSession
    let now: Timestamp

    /// Those of all directories, as far as they can be reached; what could not be done is tried next time.
    ///
    /// Records that can't be read keep nothing from being done: the next check gives the canaries back.
    package static func all(
        _ directories: [DirectorySettings], store: String, sessions: DirectorySessions,
        now: Timestamp
    ) throws {
        guard CanaryFile.isThere(beside: store), CanaryFile.problem(beside: store) == nil,
            let file = try CanaryFile(store: store)
        else { return }
        for directory in directories {
            let record = try file.record(of: directory.name)
            guard record.lock != nil, let shared = try? sessions.session(directory) else {
                continue
            }
            _ = try Self(shared: shared, now: now).restore(record, in: file)
        }
    }

    /// Whether the canary is open again; nothing to do is yes.
    func restore(_ record: CanaryRecord, in file: borrowing CanaryFile) throws -> Bool {
        guard let lock = record.lock else { return true }
        let session = shared.settings
        do throws(DirectoryFailure) {
            guard let entry = try find(lock) else { return false }
            if let open = enabling(entry, lock), !open.isEmpty {
                try shared.session.modify(entry.dn, open, id: lock.entryID)
            }
            guard let after = try find(lock), enabling(after, lock)?.isEmpty == true else {
                return false
            }
        } catch {
            return false
        }
        var rest = record
        rest.lock = nil
        try file.set(rest, of: session.name)
        return true
    }

    /// Opens a canary of which no record tells what stood there before; whether it is open.
    ///
    /// Whatever disables it is taken away: it is an account of no person, and is to be open.
    func open(_ dn: DN) throws(DirectoryFailure) -> Bool {
        let names = shared.session.accountAttributes + [shared.session.dialect.idAttribute]
        guard let entry = try shared.session.read(dn, attributes: names),
            let id = shared.session.id(of: entry),
            let open = shared.session.dialect.enable(
                entry, prior: Entry(dn: entry.dn, attributes: []),
                written: shared.session.accountAttributes.map {
                    Modification(.replace, $0, entry[$0])
                })?.modifications
        else { return false }
        if !open.isEmpty { try shared.session.modify(dn, open, id: id) }
        return true
    }

    private func find(_ lock: CanaryRecord.Lock) throws(DirectoryFailure) -> Entry? {
        try shared.session.find(
            lock.entryID, near: lock.dn, attributes: shared.session.accountAttributes)
    }

    private func enabling(_ entry: Entry, _ lock: CanaryRecord.Lock) -> [Modification]? {
        AccountOutlook(
            Account(entry), prior: lock.prior, disabledAt: lock.at,
            dialect: shared.session.dialect, at: now)?.enabling.modifications
    }
}

extension SharedSession {
    fileprivate var settings: DirectorySettings { session.settings }
}
