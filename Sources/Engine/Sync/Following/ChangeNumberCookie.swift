internal import LDAP
internal import LDAPClient

/// How far the changes of one domain controller were followed.
struct ChangeNumberCookie: Equatable {
    /// An entry, and the number of its last write: where the entry shows an older one, or is not there,
    /// the controller was put back to an older state, however far it has come since.
    struct Witness: Equatable {
        let id: EntryID
        let number: Int64
    }

    /// How the controller has gone on since.
    struct Progress {
        /// How far it has come by now.
        let now: ChangeNumberCookie
        /// The witness where it is not to be found: deleted, or never written in the state that the
        /// controller was put back to.
        let unseen: EntryID?
    }

    /// Entries among which the witness is looked for.
    private static let looks = 100

    /// The database that the number counts the writes of: another one after a restore.
    let invocation: String
    /// Everything that was written with it or before it is stored.
    let number: Int64
    var witness: Witness?

    /// How far the server had come when the session was opened; nil: it does not say.
    init?(_ session: borrowing DirectorySession) throws(DirectoryFailure) {
        let rootDSE = session.rootDSE
        guard let number = rootDSE.first("highestCommittedUSN").flatMap({ Int64($0) }),
            let service = rootDSE.first("dsServiceName").flatMap({ DN($0) }),
            let value = try session.entry(at: service, attributes: [.invocationId])?[
                .invocationId
            ].first, let id = EntryID(value, dialect: session.dialect)
        else { return nil }
        invocation = id.text
        self.number = number
    }

    init?(_ octets: [UInt8]) {
        let parts = String(decoding: octets, as: UTF8.self).split(separator: ";")
        guard parts.count == 2 || parts.count == 4, let number = Int64(parts[1]) else { return nil }
        invocation = String(parts[0])
        self.number = number
        guard parts.count == 4 else { return }
        guard let own = Int64(parts[3]) else { return nil }
        witness = Witness(id: EntryID(String(parts[2])), number: own)
    }

    var octets: [UInt8] {
        let end = witness.map { ";\($0.id.text);\($0.number)" } ?? ""
        return Array("\(invocation);\(number)\(end)".utf8)
    }

    /// Why the changes since this can't be told from `now` on.
    func obstacle(_ now: ChangeNumberCookie) -> ChangeObstacle? {
        guard now.invocation == invocation else {
            return ChangeObstacle("it is another domain controller, or a restored one")
        }
        return now.number >= number
            ? nil : ChangeObstacle("the server is behind what it told before")
    }

    /// How the controller has gone on since; nil where it has written nothing.
    ///
    /// Nothing but the root DSE is read in that case. Throws a `ChangeObstacle` where it is not the
    /// controller that it was.
    func progress(on session: borrowing DirectorySession) throws -> Progress? {
        guard let now = try ChangeNumberCookie(session) else {
            throw ChangeObstacle("the server no longer shows its numbers")
        }
        if let obstacle = obstacle(now) { throw obstacle }
        guard now.number > number else { return nil }
        guard let witness else { return Progress(now: now, unseen: nil) }
        let entry = try session.read(entryID: witness.id, bases: [], attributes: [.uSNChanged])
        guard let entry else { return Progress(now: now, unseen: witness.id) }
        if let own = entry.changeNumber, own < witness.number {
            throw ChangeObstacle("the server was put back to an older state")
        }
        return Progress(now: now, unseen: nil)
    }

    /// `now` with a witness: the newest of what was written below `base` since, else the one before.
    func followed(
        to now: ChangeNumberCookie, below base: DN?, on session: borrowing DirectorySession
    ) throws(DirectoryFailure) -> ChangeNumberCookie {
        var next = now
        next.witness = witness
        if let base, let newer = try Self.witness(below: base, since: number, on: session) {
            next.witness = newer
        }
        return next
    }

    /// The entry below `base` that was written last, among those that were written after `number`.
    static func witness(
        below base: DN, since number: Int64, on session: borrowing DirectorySession
    ) throws(DirectoryFailure) -> Witness? {
        var search = try session.connection.pages(
            base: base, scope: .subtree,
            filter: .greaterOrEqual(.uSNChanged, AttributeValue(String(max(1, number + 1)))),
            attributes: [session.dialect.idAttribute, .uSNChanged], pageSize: looks)
        var newest: Witness?
        let page: [Entry]
        do throws(DirectoryFailure) {
            page = try search.next() ?? []
        } catch  where error.code == .referral {
            // Nothing but what other servers hold.
            return nil
        }
        for entry in page {
            guard let id = session.id(of: entry), let own = entry.changeNumber,
                newest.map({ $0.number < own }) ?? true
            else { continue }
            newest = Witness(id: id, number: own)
        }
        return newest
    }
}

extension Entry {
    var changeNumber: Int64? { self[.uSNChanged].first?.text.flatMap { Int64($0) } }
}

extension AttributeName {
    /// [MS-ADA1]: names the database that the numbers are of.
    fileprivate static let invocationId = AttributeName(trusted: "invocationId")
    /// [MS-ADA3]: counts the writes of one domain controller.
    static let uSNChanged = AttributeName(trusted: "uSNChanged")
}
