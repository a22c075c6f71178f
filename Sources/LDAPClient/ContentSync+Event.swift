package import LDAP

extension ContentSync {
    /// What the server says of an entry (RFC 4533, 2.3).
    package enum State: UInt8, Sendable {
        /// It is there and has not changed; only its name comes.
        case present = 0
        /// New to the content, or changed: OpenLDAP never says `modify`.
        case add = 1
        case modify = 2
        /// No longer in the content; only its name comes.
        case delete = 3
    }

    /// One thing that a server tells in a refresh.
    ///
    /// A `uuid` is 16 octets, the operational `entryUUID` on OpenLDAP. A cookie that is nil leaves the
    /// one before it in force.
    package enum Event: Hashable, Sendable {
        case entry(Entry, state: State, uuid: [UInt8], cookie: [UInt8]?)
        /// An entry that is none by the rules of LDAP: it is there all the same.
        case unreadable(UnreadableEntry, state: State, uuid: [UInt8], cookie: [UInt8]?)
        /// The ids of entries that are gone, with `refreshDeletes`, and else of those that are still there.
        ///
        /// A set of all comes in parts. Those that are gone may never have been ours.
        case idSet([[UInt8]], refreshDeletes: Bool, cookie: [UInt8]?)
        case newCookie([UInt8])
        /// The end of the delete phase; the present phase, if any, came before it.
        case refreshDelete(cookie: [UInt8]?, done: Bool)
        /// The end of the present phase: what was neither listed nor added up to here is gone.
        case refreshPresent(cookie: [UInt8]?, done: Bool)
        /// The server said that this was all; comes last, once, and never after an error.
        ///
        /// Without `refreshDeletes` OpenLDAP has named all that stays; 389 never sets it and names what
        /// is gone. Empty, the cookie is worthless: OpenLDAP answers so to one that it can't read.
        case done(refreshDeletes: Bool, cookie: [UInt8]?)
    }
}
