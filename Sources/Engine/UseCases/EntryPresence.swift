internal import LDAP

/// Where the entry that a process is about stands now, found by its immutable id.
enum EntryPresence {
    case present(Entry)
    /// A search by id found nothing, and the same connection finds another entry that way.
    case absent
    /// Nothing was found, and nothing proves that it would have been: deleted or hidden.
    case unseen
}
