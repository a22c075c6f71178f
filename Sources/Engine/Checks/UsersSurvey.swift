internal import Configuration
internal import LDAP
internal import LDAPClient

/// What a whole read of the users' bases shows, kept small however many there are.
struct UsersSurvey {
    /// Entries of one set of classes: what they may carry is the same.
    struct Kind {
        let classes: [String]
        let example: DN
        var count = 1
    }

    private static let mostKinds = 64
    private static let mostExamples = 16

    private(set) var count = 0
    /// Entries without an id that can be read.
    private(set) var nameless = 0
    private(set) var firstNameless: DN?
    /// Entries of which no user can be made.
    private(set) var rejected = 0
    private(set) var firstRejected: (dn: DN, why: String)?
    /// Our own accounts, among the people.
    private(set) var accounts: [DN] = []
    /// Accounts of the server's own and of computers, as many as are worth a look; not those that are protected.
    private(set) var strangers: [DN] = []
    private static let mostStrangers = 100
    /// By their classes; the first few that were met.
    private(set) var kinds: [[String]: Kind] = [:]
    /// The first user below each container: access rules differ from one to the next.
    private(set) var examples: [DN: DN] = [:]
    /// Why the read is not whole.
    private(set) var failures: [DirectoryFailure] = []

    /// Their number, as far as they were counted.
    var countedStrangers: String {
        strangers.count < Self.mostStrangers
            ? "\(strangers.count)" : "at least \(strangers.count)"
    }

    /// Reads the ids, classes and usernames of everybody.
    init(_ session: borrowing DirectorySession) throws {
        let settings = session.settings
        let mapper = EntryMapper(settings, dialect: session.dialect, account: [])
        let username = settings.users.map.username
        let wanted =
            username.attributes + username.templateNames.compactMap(AttributeName.init)
            + [session.dialect.idAttribute, .objectClass]
        for base in settings.users.outermostBases {
            do {
                try session.enumerate(
                    .users, base: base, scope: settings.users.scope, filter: settings.users.filter,
                    attributes: wanted, pageSize: settings.sync.pageSize
                ) { page, unreadable in
                    for entry in page { note(entry, session.id(of: entry), mapper, settings) }
                    count += unreadable.count
                    rejected += unreadable.count
                }
                try noteStrangers(session, below: base)
            } catch let failure as DirectoryFailure {
                failures.append(failure)
            }
        }
    }

    private mutating func noteStrangers(
        _ session: borrowing DirectorySession, below base: DN
    ) throws {
        guard let filter = session.dialect.impersonalAccounts else { return }
        let settings = session.settings
        let found = try session.connection.search(
            base: base, scope: settings.users.scope,
            filter: .and([settings.users.filter, filter]),
            attributes: [session.dialect.idAttribute], sizeLimit: Self.mostStrangers)
        strangers += found.map(\.dn).filter { dn in
            !settings.protects(dn)
        }
    }

    private mutating func note(
        _ entry: Entry, _ id: EntryID?, _ mapper: EntryMapper, _ settings: DirectorySettings
    ) {
        count += 1
        guard let id else {
            nameless += 1
            firstNameless = firstNameless ?? entry.dn
            return
        }
        if settings.accounts.contains(entry.dn) { accounts.append(entry.dn) }
        do throws(MappingRejection) {
            _ = try mapper.map(entry, id: id, disabled: nil, digest: [])
        } catch {
            rejected += 1
            if firstRejected == nil { firstRejected = (entry.dn, error.why) }
            return
        }
        let classes = entry.texts(.objectClass).map { $0.lowercased() }.sorted()
        if kinds[classes] != nil {
            kinds[classes]?.count += 1
        } else if kinds.count < Self.mostKinds {
            kinds[classes] = Kind(classes: classes, example: entry.dn)
        }
        guard examples.count < Self.mostExamples, let parent = entry.dn.parent else { return }
        if examples[parent] == nil { examples[parent] = entry.dn }
    }
}

extension UsersSettings {
    /// The bases that stand in no other: nobody is counted twice.
    var outermostBases: [DN] {
        guard scope == .subtree else { return bases }
        return bases.enumerated().filter { index, base in
            !bases.enumerated().contains { other, wider in
                base == wider ? other < index : base.isWithin(wider)
            }
        }.map(\.element)
    }
}

extension DirectorySettings {
    /// The accounts that belong to Lockstep and to no person.
    fileprivate var accounts: [DN] {
        var accounts = [canary?.dn].compactMap(\.self)
        if case .simple(let dn, _, _) = bind { accounts.append(dn) }
        return accounts
    }
}
