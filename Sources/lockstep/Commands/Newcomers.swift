internal import Engine
internal import Identity
internal import LDAP
internal import Store

/// Whom only the directory knows: taken into the store, or for a dry run into a copy of it.
///
/// The copy is made for the first of them. What is planned there is what the real lock would plan.
final class Newcomers {
    private let entries: EntryIntake
    private let world: World
    private let store: Store
    private let holder: RunLock.Holder
    private let isRehearsal: Bool
    private var copy: RehearsalHolder?
    private var rehearsed: Set<EntryID> = []

    init(
        _ entries: EntryIntake, world: World, store: Store, holder: RunLock.Holder,
        isRehearsal: Bool
    ) {
        self.entries = entries
        self.world = world
        self.store = store
        self.holder = holder
        self.isRehearsal = isRehearsal
    }

    /// nil: no directory knows anybody of that name.
    func takeIn(_ text: String) throws -> User? {
        guard isRehearsal else {
            let user = try entries.takeIn(text)
            if let user {
                world.log.notice(
                    "“\(text)” was found in the directory: \(user.id.word), \(user.record.dn)"
                )
            }
            return user
        }
        let copy = try copy ?? RehearsalHolder(store, world, holder)
        self.copy = copy
        guard let user = try entries.into(copy.store).takeIn(text) else { return nil }
        rehearsed.insert(user.record.entryID)
        world.log.notice(
            "“\(text)” is in the directory and not yet in the store: \(user.record.dn)")
        return user
    }

    /// Those whose name it is by now, where it is not the user's any more.
    func successors(of user: User, called text: String) throws -> [Candidate] {
        try entries.successors(of: user, called: text)
    }

    /// The copy of the store that knows the user; nil: the store itself does.
    func rehearsalStore(of user: User) -> Store? {
        rehearsed.contains(user.record.entryID) ? copy?.store : nil
    }
}

/// The copy lives as long as its holder.
private final class RehearsalHolder {
    private let rehearsal: RehearsalStore

    init(_ store: Store, _ world: World, _ holder: RunLock.Holder) throws {
        rehearsal = try RehearsalStore(
            copying: store, in: world.temporaryFolder, by: holder)
    }

    var store: Store { rehearsal.store }
}
