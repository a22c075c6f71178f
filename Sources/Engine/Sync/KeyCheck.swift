internal import Configuration
internal import Ground
internal import Identity
internal import LDAP
internal import LDAPClient
internal import Store

/// Looks whether the entries of a directory that is new here are known under another key.
///
/// That is an error of the configuration, found before anything of any directory is stored: under a
/// new key everybody would be born again, unlocked. Each id is compared once, at the first sync.
struct KeyCheck {
    /// How many ids of each new directory are kept, to hold those of later directories against them.
    private static let samples = 50

    let context: EngineContext
    let now: Timestamp

    private var store: Store { context.store }

    /// Throws a `Refusal`; what keeps a directory from being read is for the sync to tell.
    func carryOut(among directories: [DirectorySettings]) throws {
        let new = try directories.filter { try isNew($0) }
        guard !new.isEmpty, try new.count > 1 || !DirectoryTable(store).isAlone(nil) else {
            return
        }
        var seen: [EntryID: DirectoryName] = [:]
        for directory in new {
            do {
                let found = try ids(of: directory, besides: seen)
                for id in found { seen[id] = directory.name }
            } catch is DirectoryFailure {
                continue
            }
        }
    }

    private func isNew(_ directory: DirectorySettings) throws -> Bool {
        for name in [directory.name, directory.renamedFrom].compactMap(\.self) {
            guard let number = try DirectoryTable(store).lookUp(name) else { continue }
            if try DirectoryTable(store).hasUsers(number) { return false }
        }
        return true
    }

    /// Keeps some of the directory's ids, after all of them were compared.
    private func ids(
        of directory: DirectorySettings, besides seen: [EntryID: DirectoryName]
    ) throws -> [EntryID] {
        let session = try context.sessions.open(
            directory, now: now, within: Double(directory.sync.deadline))
        session.connection.stopSearches(when: context.isInterrupted)
        // A number that no directory has.
        let users = try UserTable(store, directory: .nowhere)
        let isAlone = try DirectoryTable(store).isAlone(nil)
        var samples: [EntryID] = []
        for base in directory.users.bases {
            try session.enumerate(
                .users, base: base, scope: directory.users.scope, filter: directory.users.filter,
                attributes: [session.dialect.idAttribute], pageSize: directory.sync.pageSize
            ) { page, _ in
                for entry in page {
                    guard let id = session.id(of: entry) else { continue }
                    if let other = seen[id] { throw refusal(directory, entry, other) }
                    if !isAlone, let known = try users.foreign(id) {
                        throw refusal(directory, entry, known.directory)
                    }
                    if samples.count < Self.samples { samples.append(id) }
                }
            }
        }
        return samples
    }

    private func refusal(
        _ directory: DirectorySettings, _ entry: Entry, _ other: DirectoryName
    ) -> Refusal {
        let isConfigured = context.settings.directories.contains { $0.name == other }
        return Refusal(
            .configuration,
            "directories.\(directory.name): \(entry.dn) is known as an entry of \(other)",
            hint: isConfigured
                ? "Two directories may not show the same entries: narrow users.base or "
                    + "users.filter of one of them."
                : "Was \(other) the key of \(directory.name) before? Then say "
                    + "`renamedFrom: \(other)` there.")
    }
}
