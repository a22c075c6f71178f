import Identity
import LDAP
import LDAPClient
import Store
import Testing

@testable import Engine

extension StreamChanges.Row: ExpressibleByIntegerLiteral {
    init(integerLiteral: Int64) { self.init(rawValue: integerLiteral) }
}

/// What is to be looked at after what a server told: nothing is believed by its word alone.
@Suite struct StreamChangesTests {
    /// Rows 1 and 2 are present, `gone` was seen before and is missing.
    private func known(_ id: EntryID) -> StreamChanges.Known {
        switch id {
        case Self.id(1): .present(1, dn: StoredDN(Self.dn(1)))
        case Self.id(2): .present(2, dn: StoredDN(Self.dn(2)))
        case Self.id(3): .missing
        default: .unknown
        }
    }

    private static func uuid(_ number: UInt8) -> [UInt8] { [UInt8](repeating: number, count: 16) }

    private static func id(_ number: UInt8) -> EntryID {
        EntryID(syncUUID: uuid(number), dialect: .openldap) ?? EntryID("none")
    }

    private static func dn(_ number: UInt8) -> DN {
        DN("uid=u\(number),dc=example,dc=com") ?? .root
    }

    private static func entry(_ number: UInt8, _ state: ContentSync.State) -> ContentSync.Event {
        .entry(
            Entry(dn: dn(number), attributes: []), state: state, uuid: uuid(number), cookie: nil)
    }

    private func changes(_ events: [ContentSync.Event]) throws -> StreamChanges {
        var changes = StreamChanges()
        for event in events { try changes.note(event, dialect: .openldap, known: known) }
        return changes
    }

    // MARK: What a server tells of one entry

    struct Told: Sendable, CustomTestStringConvertible {
        let number: UInt8
        let state: ContentSync.State
        var changed = false
        var arrives = false
        var gone = false
        var present = false

        var testDescription: String {
            let who =
                switch number {
                case 1: "somebody present"
                case 3: "somebody missing"
                default: "somebody unknown"
                }
            return "\(who), \(state)"
        }
    }

    @Test(arguments: [
        Told(number: 1, state: .add, changed: true),
        Told(number: 1, state: .modify, changed: true),
        Told(number: 1, state: .present, present: true),
        Told(number: 1, state: .delete, gone: true),
        Told(number: 3, state: .add, changed: true, arrives: true),
        Told(number: 3, state: .modify, changed: true, arrives: true),
        Told(number: 3, state: .present, changed: true, arrives: true),
        Told(number: 3, state: .delete),
        Told(number: 9, state: .add, changed: true, arrives: true),
        Told(number: 9, state: .modify, changed: true, arrives: true),
        Told(number: 9, state: .present, changed: true, arrives: true),
        Told(number: 9, state: .delete),
    ])
    func `an entry that was told of`(told: Told) throws {
        let changes = try changes([Self.entry(told.number, told.state)])
        #expect(changes.changed == (told.changed ? [Self.id(told.number)] : []))
        #expect(changes.arrivals == (told.arrives ? [Self.id(told.number)] : []))
        #expect(changes.gone == (told.gone ? [1] : []))
        #expect(changes.present.contains(1) == told.present)
        #expect(changes.changedRows == (told.changed && told.number == 1 ? [1] : []))
        #expect(changes.isEmpty == !(told.changed || told.gone))
        #expect(!changes.namesPresent)
        #expect(changes.isDoubted(1) == (told.gone || told.changed && told.number == 1))
        #expect(!changes.isDoubted(2))
    }

    @Test func `an entry that is none by LDAP's rules is looked at like any other`() throws {
        let event = ContentSync.Event.unreadable(
            UnreadableEntry(dn: "???", why: "the name is no DN"), state: .modify,
            uuid: Self.uuid(1),
            cookie: nil)
        #expect(try changes([event]).changed == [Self.id(1)])
    }

    // MARK: What it tells of many

    @Test func `ids that are said to be gone are asked for, those that were never ours are not`()
        throws
    {
        let set = [1, 3, 9].map { Self.uuid($0) }
        let gone = try changes([.idSet(set, refreshDeletes: true, cookie: nil)])
        #expect(gone.gone == [1])
        #expect(gone.changed == [])
        let there = try changes([.idSet(set, refreshDeletes: false, cookie: nil)])
        #expect(there.present.contains(1) && there.gone == [])
        #expect(there.arrivals == [Self.id(3), Self.id(9)])
    }

    @Test(
        arguments: [
            ([.refreshPresent(cookie: nil, done: true)], true),
            ([.refreshPresent(cookie: nil, done: false)], true),
            ([.done(refreshDeletes: false, cookie: nil)], true),
            ([.done(refreshDeletes: true, cookie: nil)], false),
            ([.refreshDelete(cookie: nil, done: true)], false), ([.newCookie([1])], false),
            ([], false),
        ] as [([ContentSync.Event], Bool)])
    func `only the end of a phase that names all who stay casts doubt on whom it did not name`(
        ends: [ContentSync.Event], isDoubted: Bool
    ) throws {
        let changes = try changes([Self.entry(1, .present)] + ends)
        #expect(changes.namesPresent == isDoubted)
        #expect(!changes.isDoubted(1))
        #expect(changes.isDoubted(2) == isDoubted)
        #expect(changes.isEmpty == !isDoubted)
    }

    @Test(
        arguments: [
            (1, false), (2, true), (3, true), (9, true),
        ] as [(UInt8, Bool)])
    func `whom the store has not, or the server did not name, is told to be absent`(
        number: UInt8, isAbsent: Bool
    ) throws {
        let changes = try changes([
            Self.entry(1, .present), .refreshPresent(cookie: nil, done: true),
        ])
        #expect(changes.tellsOfAbsence(of: known(Self.id(number))) == isAbsent)
    }

    @Test func `an id that is none is passed over`() throws {
        let short = ContentSync.Event.idSet([[1, 2, 3]], refreshDeletes: true, cookie: nil)
        #expect(try changes([short]).isEmpty)
    }

    // MARK: A sweep

    @Test(
        arguments: [
            (1, 1, false, false, false), (1, 1, true, true, false), (1, 2, false, true, false),
            (3, 3, false, true, true), (9, 9, false, true, true),
        ] as [(UInt8, UInt8, Bool, Bool, Bool)])
    func `a sweep notes who was changed, who moved and who is new`(
        number: UInt8, place: UInt8, isChanged: Bool, isNoted: Bool, arrives: Bool
    ) throws {
        var changes = StreamChanges()
        try changes.note(Self.id(number), at: Self.dn(place), isChanged: isChanged, known)
        #expect(changes.changed == (isNoted ? [Self.id(number)] : []))
        #expect(changes.arrivals == (arrives ? [Self.id(number)] : []))
        #expect(changes.present.contains(1) == (number == 1))
        changes.nameAllPresent()
        #expect(changes.isDoubted(2))
        #expect(changes.isDoubted(1) == (number != 1 || isNoted))
    }

    // MARK: Too much

    @Test func `more changes than fit are read with all the rest`() throws {
        var changes = StreamChanges()
        func add(_ numbers: Range<Int>) throws {
            for number in numbers {
                try changes.note(EntryID("\(number)"), .add) { _ in .unknown }
            }
        }
        try add(0..<StreamChanges.bound)
        #expect(!changes.isTooMuch)
        try add(0..<StreamChanges.bound)
        #expect(!changes.isTooMuch)
        try changes.note(EntryID("gone"), .delete) { _ in .present(7, dn: "") }
        #expect(changes.isTooMuch)
    }
}
