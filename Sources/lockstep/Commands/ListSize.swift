internal import Configuration
internal import Engine
internal import Identity
internal import Store

/// How many people a list would change, in all and of each directory.
///
/// A person counts once, however often and by whatever name, and not at all where nothing is left to
/// change: a list may be given again. Whom the store does not know may be of any directory, and counts
/// for each.
struct ListSize {
    private var known: [DirectoryName: Set<UserID>] = [:]
    private var unknown: Set<String> = []

    init(
        _ names: [String], of useCase: UseCase, in store: Store, _ settings: Settings
    ) throws {
        for name in names {
            let found = try store.find(name)
            // Several are an ambiguous name: nobody will be locked by it.
            if found.users.isEmpty, found.candidates.count < 2 { unknown.insert(name) }
            guard let user = found.only, useCase.changes(user.state) else { continue }
            let directory = (try? settings.directory(of: user))?.name ?? user.directory
            known[directory, default: []].insert(user.id)
        }
    }

    var people: Int { known.values.reduce(0) { $0 + $1.count } + unknown.count }

    func people(of directory: DirectorySettings) -> Int {
        (known[directory.name]?.count ?? 0) + unknown.count
    }
}

extension UseCase {
    /// Whether somebody in this state would be in another one afterwards, or be given roles back.
    fileprivate func changes(_ state: UserState) -> Bool {
        switch self {
        case .lock: state != .locked
        case .deactivate, .restoreRoles: state == .active
        case .reactivate: state == .inactive
        case .unlock: state == .locked
        }
    }
}
