internal import Configuration
internal import LDAP
internal import LDAPClient

/// Which strategies may be used with a server, and why no other: a pure function of what it says.
struct StrategyChoice {
    /// The best first; the last is `full`.
    private(set) var candidates: [SyncStrategy]
    /// Why each of the others can't be used.
    private(set) var obstacles: [SyncStrategy: String] = [:]
    private let wanted: SyncStrategy?
    /// The one of those that can be followed cheaply which a server of this kind may offer.
    private let best: SyncStrategy

    /// What the choice depends on.
    struct Server {
        let changes: Dialect.ChangeSource
        let offersContentSync: Bool
        let offersDirSync: Bool
        /// One naming context holds all of the bases.
        let holdsBases: Bool

        var tellsOfMemberOf: Bool { changes == .changelog }
    }

    init(_ settings: DirectorySettings, requested: [AttributeName], of server: Server) {
        wanted = settings.sync.strategy
        best = server.changes == .updateNumbers ? .dirsync : .syncrepl
        candidates = []
        let order: [SyncStrategy] = [.syncrepl, .dirsync, .modifyTimestamp]
        if wanted != .full {
            for strategy in [wanted].compactMap(\.self) + order where !candidates.contains(strategy)
            {
                let why = Self.obstacle(strategy, settings, requested, server)
                obstacles[strategy] = why
                if why == nil { candidates.append(strategy) }
            }
        }
        candidates.append(.full)
    }

    /// The server turned out not to offer it.
    mutating func exclude(_ strategy: SyncStrategy, because why: String) {
        guard strategy != .full else { return }
        candidates.removeAll { $0 == strategy }
        obstacles[strategy] = why
    }

    /// Only where somebody wanted another one: a sentence.
    func remark(using strategy: SyncStrategy) -> String? {
        guard let wanted, wanted != strategy else { return nil }
        return "sync.strategy \(wanted.rawValue) can't be used: \(obstacles[wanted] ?? ""); "
            + "\(strategy.rawValue) is in use"
    }

    /// Why it is this one.
    func reason(for strategy: SyncStrategy) -> String {
        if wanted == strategy { return "sync.strategy wants it" }
        switch strategy {
        case .syncrepl: return "the server offers content sync"
        case .dirsync: return "the server offers DirSync"
        case .modifyTimestamp, .full:
            let missing: SyncStrategy? =
                obstacles[.modifyTimestamp] != nil
                ? .modifyTimestamp : obstacles[best] != nil ? best : nil
            return missing.flatMap { obstacles[$0] } ?? ""
        }
    }

    private static func obstacle(
        _ strategy: SyncStrategy, _ settings: DirectorySettings, _ requested: [AttributeName],
        _ server: Server
    ) -> String? {
        if strategy != .full, !(strategy == .syncrepl && server.tellsOfMemberOf),
            settings.readsMemberOf(among: requested)
        {
            // Seen on slapd 2.5.13: the overlay writes it without touching entryCSN.
            return "memberOf changes without any change of the entry being told"
        }
        switch strategy {
        case .full: return nil
        case .syncrepl:
            guard [.contextCSN, .changelog].contains(server.changes), server.offersContentSync
            else {
                return "the server offers no content sync"
            }
            return server.holdsBases ? nil : "the bases are not all of one database"
        case .dirsync:
            guard server.changes == .updateNumbers, server.offersDirSync else {
                return "the server offers no DirSync"
            }
            return server.holdsBases ? nil : "the bases are not all of one naming context"
        case .modifyTimestamp: return nil
        }
    }
}

extension StrategyChoice.Server {
    init(_ session: borrowing DirectorySession) {
        self.init(
            changes: session.dialect.changes,
            offersContentSync: session.rootDSE.supports(control: ContentSyncFeed.control),
            offersDirSync: session.rootDSE.supports(control: DirSync.control),
            holdsBases: session.namingContext != nil)
    }
}

extension DirectorySession {
    /// The naming context that holds all of the bases.
    var namingContext: DN? {
        ChangeTracking.suffix(
            of: settings.users.bases + (settings.roles?.bases ?? []), rootDSE.namingContexts)
    }

    /// The one whose entry carries contextCSN; nil where there is none for all of the bases.
    var contextSuffix: DN? { dialect.changes == .contextCSN ? namingContext : nil }
}

extension DirectorySettings {
    fileprivate func readsMemberOf(among requested: [AttributeName]) -> Bool {
        requested.contains(.memberOf) || users.filter.names(.memberOf)
            || roles?.filter.names(.memberOf) == true || roles?.name == .memberOf
    }
}

extension Filter {
    /// Whether the attribute decides what matches.
    fileprivate func names(_ name: AttributeName) -> Bool {
        switch self {
        case .and(let filters), .or(let filters): filters.contains { $0.names(name) }
        case .not(let filter): filter.names(name)
        case .present(let own), .equal(let own, _), .greaterOrEqual(let own, _),
            .lessOrEqual(let own, _), .approximate(let own, _), .substrings(let own, _, _, _):
            own.base == name
        case .extensible(let own, _, _, _): own?.base == name
        }
    }
}
