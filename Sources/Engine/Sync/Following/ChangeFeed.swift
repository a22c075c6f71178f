internal import Configuration
internal import Ground
internal import LDAP
internal import LDAPClient
internal import Store

/// One way to learn from a server what has changed since a cookie: a conformer for each.
///
/// What it tells is only where to look: every entry that it names is read again, and whoever may be
/// gone is asked for by id before that is believed.
protocol ChangeFeed: AnyObject {
    var strategy: SyncStrategy { get }
    /// What a read of everything asks for besides, so that `note` may see it.
    var attributes: [AttributeName] { get }
    /// Entries below one that is renamed are not told of: the names above them are to be compared.
    var missesRenamedParents: Bool { get }

    /// Called just before everything is read.
    ///
    /// Returns a sentence where the server does not offer it after all.
    func begin(on session: borrowing DirectorySession, contextCSN: ContextCSN?) throws -> String?
    /// Part of a sentence that says how users who are gone will be found, where that is not the same
    /// everywhere.
    var remark: String? { get }
    /// Called with the entries that a read of everything comes upon.
    func note(_ page: [Entry], of stream: StreamState.Stream)
    /// Where the changes since that beginning can be followed from; a sentence where they can't be
    /// followed.
    func cookie(
        of stream: StreamState.Stream, after seconds: Double
    ) -> Result<[UInt8], ChangeObstacle>

    /// Why the changes can't be followed from a stored cookie; nil: it can be tried.
    func obstacle(_ cookie: [UInt8]) -> ChangeObstacle?
    /// How far the server that gave this cookie had come; nil: it does not say.
    func contextCSN(of cookie: [UInt8]) -> ContextCSN?
    /// What has changed since.
    ///
    /// Throws a `ChangeObstacle` where everything is to be read instead, the directory's failures, and what
    /// `check` throws, which is called now and then.
    func changes(
        of stream: ChangeStream, since cookie: [UInt8],
        known: (EntryID) throws -> StreamChanges.Known,
        on session: borrowing DirectorySession, _ check: () throws -> Void
    ) throws -> Told
}

extension ChangeFeed {
    var remark: String? { nil }
}

/// Why changes can't be followed: a sentence without a full stop, empty where there is none to say.
struct ChangeObstacle: Error, Equatable {
    let why: String

    init(_ why: String) { self.why = why }
}

extension ChangeObstacle {
    static let tooMuch = ChangeObstacle("very much has changed")
    static let unreadableCookie = ChangeObstacle("the stored cookie can't be read")

    /// What changes without being told of is found so late at most.
    private static let longest: Int64 = 24 * 60 * 60

    /// Where changes are not told of that a read of everything finds; nil: one was made lately.
    init?(fullAt: Timestamp, now: Timestamp) {
        guard now < fullAt || fullAt.advanced(by: Self.longest) <= now else { return nil }
        self.init("everything was last read a day ago")
    }
}

/// What a feed tells.
struct Told {
    /// Nothing has changed: the cookie stays in force.
    static let nothing = Told(changes: StreamChanges(), cookie: nil)

    let changes: StreamChanges
    /// nil: the one before stays in force, and the server has written nothing since.
    let cookie: [UInt8]?
}
