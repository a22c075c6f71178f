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

    /// What a check did to the canary before stands in its file: that is undone first.
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
        let record = try file.record(of: directory)
        guard try restoration.restore(record, in: file) else {
            return .failed(stillLocked(record, file))
        }
        do {
            switch try trial(after: record) {
            case .unfit(let verdict): return verdict
            case .fit(let trial):
                return try uninterrupted { try carryOut(trial, file, restoration) }
            }
        } catch let error as DirectoryFailure {
            return .notProven("the canary could not be tried: \(error.answer)")
        }
    }

    /// A lock of the canary that can be tried and undone.
    private struct Trial {
        let dn: DN
        let id: EntryID
        let lock: [Modification]
        /// What stands in the file while it is locked.
        let record: CanaryRecord
        /// It is known which policy is proven by it.
        let carries: Bool
    }

    private enum Fitness {
        case fit(Trial)
        /// Why nothing can be tried on it.
        case unfit(CheckVerdict)
    }

    /// Looks whether the canary is as it must be: open, and let in.
    private func trial(after last: CanaryRecord) throws -> Fitness {
        let names = shared.session.accountAttributes
        guard
            let entry = try shared.session.read(
                canary.dn,
                attributes: names + RefusingPolicy.attributes(shared.session.dialect)
                    + [shared.session.dialect.idAttribute]),
            let id = shared.session.id(of: entry)
        else {
            return .unfit(
                .failed(
                    "\(canary.dn) can't be seen, or its id can't. Correct canary.dn, or let the bind "
                        + "DN read that entry and \(shared.session.dialect.idAttribute)."))
        }
        if case .disabled(let because) = state(entry) {
            return .unfit(
                .failed(
                    "\(canary.dn) is disabled already (\(because)): it proves nothing. Enable it."))
        }
        guard
            let lock = shared.session.dialect.disable(
                entry, at: now, hasEndTime: shared.session.hasPwdEndTime), !lock.isEmpty
        else { return .unfit(.notProven("a lock of this dialect can't be tried on a canary")) }
        guard try shared.session.lets(canary.dn, in: password) else {
            return .unfit(
                .failed("\(canary.dn) can't bind though it is open. Check canary.passwordFile."))
        }
        let policy = try shared.session.policy(of: entry)
        var record = last
        record.provenAt = nil
        record.policy = policy ?? ""
        record.lock = CanaryRecord.Lock(
            entryID: id, dn: StoredDN(entry.dn),
            prior: PriorValues(
                attributes: names.map { AttributeWrite(attribute: $0, values: entry[$0]) }),
            at: now)
        return .fit(
            Trial(dn: entry.dn, id: id, lock: lock, record: record, carries: policy != nil))
    }

    /// Everything from here on is undone, whatever comes of it.
    private func carryOut(
        _ trial: Trial, _ file: borrowing CanaryFile, _ restoration: CanaryRestoration
    ) throws -> CheckVerdict {
        try file.set(trial.record, of: shared.session.settings.name)
        let answer = bindWhileLocked(trial)
        // What was locked is given back, though the time for the check may be over.
        shared.session.connection.obey(TimeLimit(seconds: Self.patience))
        guard try restoration.restore(trial.record, in: file) else {
            return .failed(stillLocked(trial.record, file))
        }
        switch answer {
        case .refused: return try provenVerdict(of: trial, file)
        case .letIn:
            return .failed(
                "\(trial.dn) binds while it is locked: a lock is written and not enforced. Put a "
                    + "password policy with pwdLockout TRUE in effect."
            ).showing(.refuted)
        case .untried(let trouble):
            return .failed(
                "\(trial.dn) could not be locked: \(trouble). Let the bind DN write and read "
                    + "what a lock writes.")
        }
    }

    /// What the server says to a bind of the locked canary.
    private enum LockedBind {
        case refused
        case letIn
        /// It could not be locked, or not be asked.
        case untried(because: String)
    }

    private func bindWhileLocked(_ trial: Trial) -> LockedBind {
        do throws(DirectoryFailure) {
            try shared.session.modify(trial.dn, trial.lock, id: trial.id)
            let after = try shared.session.read(
                trial.dn, attributes: shared.session.accountAttributes)
            guard let after, case .disabled = state(after) else {
                return .untried(because: "read back, \(trial.dn) is not disabled")
            }
            return try shared.session.lets(canary.dn, in: password) ? .letIn : .refused
        } catch {
            return .untried(because: error.answer)
        }
    }

    /// It was refused and is given back: it must be let in again, and what that proves is kept.
    private func provenVerdict(
        of trial: Trial, _ file: borrowing CanaryFile
    ) throws -> CheckVerdict {
        let dn = trial.dn
        guard (try? shared.session.lets(canary.dn, in: password)) == true else {
            return .failed("\(dn) was locked and given back, and can't bind. Look at its entry.")
        }
        var proven = trial.record
        proven.lock = nil
        proven.provenAt = trial.carries ? now : nil
        try file.set(proven, of: shared.session.settings.name)
        guard trial.carries else {
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
