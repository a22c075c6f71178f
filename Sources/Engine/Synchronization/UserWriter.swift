internal import Configuration
internal import Identity
internal import Store

/// Carries out what was decided about user entries, within the caller's transaction, and counts.
final class UserWriter {
    var report: DirectoryReport
    private let run: DirectoryRun
    private let users: UserTable
    private let memberships: MembershipTable
    private let certificates: EntryCertificates
    private let rejected: RejectedTable
    private let hasMemberships: Bool
    private let roles: RoleReader

    init(_ run: DirectoryRun, users: UserTable) throws {
        self.run = run
        self.users = users
        report = DirectoryReport(name: run.settings.name)
        memberships = try MembershipTable(run.database)
        certificates = try EntryCertificates(run.database)
        rejected = try RejectedTable(run.database, directory: run.directory)
        hasMemberships = try !memberships.isEmpty()
        roles = try RoleReader(run.database)
    }

    /// The user whose entry is stored now; nil where there is none.
    func write(_ decision: UserDecision) throws -> Int64? {
        switch decision {
        case .create(let mapped):
            return try create(mapped)
        case .update(let user, let mapped):
            try update(user, mapped)
            return user.id
        case .same(let user, let digest):
            try users.update(user, digest: digest)
            report.unchanged += 1
            return user
        case .reject(let rejection, let known, let record):
            try reject(rejection)
            guard let known, let record else { return nil }
            if record != known.record {
                try store(record, of: known)
                countFacts(known, record)
            }
            return known.missingSince == nil ? known.id : nil
        case .note(let rejection):
            try reject(rejection)
            report.unchanged += 1
            return nil
        }
    }

    /// Whether every certificate is in the store, and none of a CA's is thought to be somebody's.
    func knowsAll(_ mapped: MappedUser, of user: Int64) throws -> Bool {
        try mapped.certificates.allSatisfy {
            try certificates.isKnown($0.content.fingerprint, user: user)
        } && mapped.authorities.allSatisfy { try !certificates.isOwned($0) }
    }

    private func create(_ mapped: MappedUser) throws -> Int64 {
        if let note = mapped.note { try reject(note) }
        let state = run.settings.birth(of: mapped.record, at: run.now)
        let user = try users.insert(mapped.record, state: state, run: run.run)
        try storeCertificates(mapped, of: user)
        report.created += 1
        // Groups may have had the DN as a member before there was an entry.
        if hasMemberships { report.roles.granted += Int64(try roles.roles(of: user).count) }
        run.tell(.created, mapped.record, from: nil)
        return user
    }

    private func update(_ user: User, _ mapped: MappedUser) throws {
        if let note = mapped.note { try reject(note) }
        try store(mapped.record, of: user)
        try storeCertificates(mapped, of: user.id)
        count(user, mapped.record)
    }

    private func store(_ record: UserRecord, of user: User) throws {
        if record.dnKey != user.record.dnKey {
            try memberships.rename(user.record.dnKey, to: record.dnKey)
        }
        if let old = user.record.uidKey, let new = record.uidKey, old != new {
            try memberships.rename(old, to: new)
        }
        try users.update(user.id, from: user.record, to: record)
    }

    private func count(_ user: User, _ record: UserRecord) {
        if user.missingSince != nil {
            report.updated += 1
            run.tell(.returned, record, from: user.record)
        } else if user.record.dnKey != record.dnKey {
            report.renamed += 1
            run.tell(.renamed, record, from: user.record)
        } else {
            report.updated += 1
            run.tell(.updated, record, from: user.record)
        }
        countFacts(user, record)
    }

    private func countFacts(_ user: User, _ record: UserRecord) {
        for change in FactChange.between(user.record, record) {
            switch change {
            case .disabled: report.disabled += 1
            case .reenabled: report.reenabled += 1
            case .recognised: break
            }
        }
    }

    func reject(_ rejection: RejectedTable.Rejection) throws {
        if try rejected.insert(rejection, at: run.now, run: run.run) {
            report.rejectionsChanged = true
        }
        run.tell(rejection)
    }

    private func storeCertificates(_ mapped: MappedUser, of user: Int64) throws {
        for authority in mapped.authorities { try certificates.disown(authority) }
        for certificate in mapped.certificates
        where try !certificates.isKnown(certificate.content.fingerprint, user: user) {
            try certificates.insert(certificate, user: user, at: run.now)
        }
    }
}
