internal import LDAP
internal import Store

/// Where the entry that a process is about stands now, found by its immutable id.
enum EntryPresence {
    case present(Entry)
    /// A search by id found nothing, and the same connection finds another entry that way.
    case absent
    /// Nothing was found, and nothing proves that it would have been: deleted or hidden.
    case unseen
}

/// Whether what a search by id does not find is gone: the same connection must find a witness that way.
///
/// The witness of a person is a person, and of a group a group: an access rule may hide all of a kind.
/// One of the other kind serves where the store knows no other of the same.
struct AbsenceProof {
    let shared: SharedSession
    let store: Store
    let user: User

    func presence(attributes: [AttributeName]) throws -> EntryPresence {
        let id = user.record.entryID
        let entry = try shared.session.find(id, near: user.record.dn, attributes: attributes)
        if let entry { return .present(entry) }
        return try holds(of: .users, besides: id) ? .absent : .unseen
    }

    func holds(ofGroup group: EntryID) throws -> Bool {
        try holds(of: .roles, besides: group)
    }

    private func holds(of kind: DirectorySession.Stream, besides id: EntryID) throws -> Bool {
        if let witness = try shared.session.witness(of: kind) {
            return try shared.session.canFind(witness)
        }
        let (knowsOthers, other) =
            switch kind {
            case .users:
                (
                    try store.knowsUser(besides: id, in: user.directory),
                    DirectorySession.Stream.roles
                )
            case .roles: (try store.knowsGroup(besides: id, in: user.directory), .users)
            }
        guard !knowsOthers, let witness = try shared.session.witness(of: other) else {
            return false
        }
        return try shared.session.canFind(witness)
    }
}
