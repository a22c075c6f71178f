internal import Configuration
internal import Ground
internal import Identity
internal import LDAP
internal import LDAPClient
internal import Store

/// Proves that a lock is enforced: the canary binds, is locked, fails, is given back, binds.
struct CanaryProof {
    /// Does all of it before a signal is obeyed.
    typealias Uninterrupted = (() throws -> CheckVerdict) throws -> CheckVerdict

    /// Seconds for giving the canary back.
    private static let patience = 30.0

    let shared: SharedSession
    let canary: CanarySettings
    let password: [UInt8]
    /// The store's path; what is needed to give the canary back is kept beside it.
    let store: String
    let now: Timestamp
    let uninterrupted: Uninterrupted

    func verdict() throws -> CheckVerdict {
        guard let file = try CanaryFile(store: store) else {
            return .notProven("another check is using the canary now; try again when it has ended")
        }
        let directory = shared.session.settings.name
        let restoration = CanaryRestoration(shared: shared, now: now)
        if CanaryFile.problem(beside: store) != nil {
            guard (try? restoration.open(canary.dn)) == true else {
                return .failed(
                    "\(file.path) can't be read, and \(canary.dn) could not be opened: it may be "
                        + "locked still. Let the bind DN write what a lock writes.")
            }
            try file.renew()
        }
        var record = try file.record(of: directory)
        guard try restoration.restore(record, in: file) else {
            return .failed(stillLocked(record, file))
        }
        record.lock = nil
        record.provenAt = nil
        do {
            let names = shared.session.accountAttributes
            guard
                let entry = try shared.session.read(
                    canary.dn,
                    attributes: names + RefusingPolicy.attributes(shared.session.dialect)
                        + [shared.session.dialect.idAttribute]),
                let id = shared.session.id(of: entry)
            else {
                return .failed(
                    "\(canary.dn) can't be seen, or its id can't. Correct canary.dn, or let the bind "
                        + "DN read that entry and \(shared.session.dialect.idAttribute).")
            }
            if case .disabled(let because) = state(entry) {
                return .failed(
                    "\(canary.dn) is disabled already (\(because)): it proves nothing. Enable it.")
            }
            guard
                let lock = shared.session.dialect.disable(
                    entry, at: now, hasEndTime: shared.session.hasPwdEndTime), !lock.isEmpty
            else { return .notProven("a lock of this dialect can't be tried on a canary") }
            guard try shared.session.lets(canary.dn, in: password) else {
                return .failed(
                    "\(canary.dn) can't bind though it is open. Check canary.passwordFile.")
            }
            record.lock = CanaryRecord.Lock(
                entryID: id, dn: StoredDN(entry.dn),
                prior: PriorValues(
                    attributes: names.map { AttributeWrite(attribute: $0, values: entry[$0]) }),
                at: now)
            let policy = try shared.session.policy(of: entry)
            record.policy = policy ?? ""
            return try uninterrupted {
                try tryLock(lock, entry.dn, id, record, file, restoration, carries: policy != nil)
            }
        } catch let error as DirectoryFailure {
            return .notProven("the canary could not be tried: \(error.answer)")
        }
    }

    /// Everything from here on is undone, whatever comes of it.
    ///
    /// `carries`: it is known which policy is proven by it.
    private func tryLock(
        _ lock: [Modification], _ dn: DN, _ id: EntryID, _ record: CanaryRecord,
        _ file: borrowing CanaryFile, _ restoration: CanaryRestoration, carries: Bool
    ) throws -> CheckVerdict {
        let directory = shared.session.settings.name
        try file.set(record, of: directory)
        var isLockedIn: Bool?
        var trouble: String?
        do throws(DirectoryFailure) {
            try shared.session.modify(dn, lock, id: id)
            let after = try shared.session.read(dn, attributes: shared.session.accountAttributes)
            if let after, case .disabled = state(after) {
                isLockedIn = try shared.session.lets(canary.dn, in: password)
            } else {
                trouble = "read back, \(dn) is not disabled"
            }
        } catch {
            trouble = error.answer
        }
        // What was locked is given back, though the time for the check may be over.
        shared.session.connection.obey(TimeLimit(seconds: Self.patience))
        guard try restoration.restore(record, in: file) else {
            return .failed(stillLocked(record, file))
        }
        guard let isLockedIn else {
            return .failed(
                "\(dn) could not be locked: \(trouble ?? ""). Let the bind DN write and read "
                    + "what a lock writes.")
        }
        if isLockedIn {
            return .failed(
                "\(dn) binds while it is locked: a lock is written and not enforced. Put a password "
                    + "policy with pwdLockout TRUE in effect."
            ).showing(.refuted)
        }
        guard (try? shared.session.lets(canary.dn, in: password)) == true else {
            return .failed("\(dn) was locked and given back, and can't bind. Look at its entry.")
        }
        var proven = record
        proven.lock = nil
        proven.provenAt = carries ? now : nil
        try file.set(proven, of: directory)
        guard carries else {
            return .notProven(
                "\(dn) binds, is refused while it is locked, and binds again. That shows nothing of "
                    + "others: which policy it is held to is hidden from the bind DN. Let it search "
                    + "by \(PolicySurvey.subentry) and read it."
            ).showing(.unseen)
        }
        return .ok("proven: \(dn) binds, is refused while it is locked, and binds again")
            .showing(.proven)
    }

    private func stillLocked(_ record: CanaryRecord, _ file: borrowing CanaryFile) -> String {
        "\(record.lock?.dn.text ?? canary.dn.text) was locked by a check and could not be given back: the "
            + "next check or sync tries again. Let the bind DN write what a lock writes; if the entry "
            + "is gone, remove \(file.path)."
    }

    private func state(_ entry: Entry) -> AccountState? {
        shared.session.dialect.accountState(of: entry, at: now)
    }
}

extension DirectorySession {
    /// The policy that an entry is held to by name, normalised; empty: the one by default, or this
    /// kind of server refuses a locked account whatever its policy.
    ///
    /// `entry`: as it was read with `RefusingPolicy.attributes`. nil where it may have one that is hidden.
    func policy(of entry: Entry) throws(DirectoryFailure) -> String? {
        guard case .byPolicy = dialect.refusal else { return "" }
        return switch try ownPolicy(of: entry) {
        case .named(let name): name.normalized
        case .none: ""
        case .hidden: nil
        }
    }
}

extension SharedSession {
    /// Whether the canary was refused under the very policy that the entry is held to.
    ///
    /// `entry`: as it was read with `RefusingPolicy.attributes`.
    func isUnderPolicy(
        of record: CanaryRecord, _ entry: Entry, at now: Timestamp
    ) throws(DirectoryFailure) -> Bool {
        guard record.provenAt != nil, let policy = try session.policy(of: entry) else {
            return false
        }
        return record.proves(policy, at: now)
    }

    /// Whether the canary's proof carries to the entry: it has all that a lock writes, as the canary had.
    ///
    /// Seen on slapd 2.5.13: without pwdLockout a canary is refused for its pwdEndTime, and who has
    /// pwdAccountLockedTime alone is not.
    func isProven(
        by record: CanaryRecord, _ entry: Entry, at now: Timestamp
    ) throws(DirectoryFailure) -> Bool {
        let missing = session.dialect.disable(entry, at: now, hasEndTime: session.hasPwdEndTime)
        guard missing?.isEmpty == true else { return false }
        return try isUnderPolicy(of: record, entry, at: now)
    }
}
