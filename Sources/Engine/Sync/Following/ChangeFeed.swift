internal import Configuration
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

    /// Just before everything is read. A sentence where the server does not offer it after all.
    func begin(on session: borrowing DirectorySession, contextCSN: ContextCSN?) throws -> String?
    /// After it: how who is gone will be found, where that is not the same everywhere. A part of a sentence.
    var remark: String? { get }
    /// A read of everything came upon these.
    func note(_ page: [Entry], of stream: StreamState.Stream)
    /// Where the changes since that beginning can be followed from; a sentence where from nowhere.
    func cookie(
        of stream: StreamState.Stream, after seconds: Double
    ) -> Result<[UInt8], ChangeObstacle>

    /// Why a stored cookie can't be gone on from; nil: it can be tried.
    func obstacle(_ cookie: [UInt8]) -> ChangeObstacle?
    /// How far a server had come that gave this cookie; nil: it does not say.
    func contextCSN(of cookie: [UInt8]) -> ContextCSN?
    /// What has changed since.
    ///
    /// Throws the directory's failures, and what `check` throws, which is called now and then.
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

/// What a feed tells.
enum Told {
    /// `cookie` nil: the one before stays in force, and the server has written nothing since.
    case changes(StreamChanges, cookie: [UInt8]?)
    case everything(ChangeObstacle)
}
