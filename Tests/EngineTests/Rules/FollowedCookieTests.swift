import Ground
import LDAP
import Store
import Testing

@testable import Engine

/// What a stream's state is stored as: it comes back as it was, and what is none is none.
@Suite struct FollowedCookieTests {
    private static func octets(_ text: String) -> [UInt8] { Array(text.utf8) }

    // MARK: OpenLDAP

    @Test(arguments: ["rid=000,csn=20261128064330.803491Z#000000#000#000000", "x", ""])
    func `a cookie of OpenLDAP comes back, with its witness or without`(text: String) throws {
        let cookie = Self.octets(text)
        let csn = try #require(CSN("20261128064330.803491Z#000000#000#000000"))
        let witness = WitnessedCookie.Witness(id: EntryID("e-1"), csn: csn)
        for cookie in [
            WitnessedCookie(cookie, witness: nil), WitnessedCookie(cookie, witness: witness),
        ] {
            #expect(WitnessedCookie(stored: cookie.stored) == cookie)
        }
        // Without a witness it is the server's own, octet for octet.
        #expect(WitnessedCookie(cookie, witness: nil).stored == cookie)
    }

    @Test(arguments: ["c\ne-1", "c\ne-1\nno csn"])
    func `a witness that can't be read is none`(stored: String) {
        let cookie = WitnessedCookie(stored: Self.octets(stored))
        #expect(cookie == WitnessedCookie(Self.octets("c"), witness: nil))
    }

    // MARK: Active Directory

    private static let numbers = "0a1b;4711"

    @Test(arguments: [numbers, "0a1b;4711;e-1;4700"])
    func `a change number comes back, with its witness or without`(text: String) throws {
        let cookie = try #require(ChangeNumberCookie(Self.octets(text)))
        #expect((cookie.invocation, cookie.number) == ("0a1b", 4711))
        #expect(cookie.octets == Self.octets(text))
        #expect((cookie.witness?.number == 4700) == text.contains("e-1"))
    }

    @Test(arguments: ["", ";", "0a1b", "0a1b;x", "0a1b;1;2", "0a1b;1;e-1;x", "0a1b;1;e-1;2;3"])
    func `what is no change number is none`(text: String) {
        #expect(ChangeNumberCookie(Self.octets(text)) == nil)
    }

    @Test(
        arguments: [
            ("0a1b;4711", nil), ("0a1b;4712", nil),
            ("0a1b;4710", "the server is behind what it told before"),
            ("ffff;9999", "it is another domain controller, or a restored one"),
        ] as [(String, String?)])
    func `changes are followed on the same controller, and never backwards`(
        now: String, obstacle: String?
    ) throws {
        let then = try #require(ChangeNumberCookie(Self.octets(Self.numbers)))
        let found = then.obstacle(try #require(ChangeNumberCookie(Self.octets(now))))
        #expect(found?.why == obstacle)
    }

    @Test(arguments: [true, false], ["", "\u{0}\u{1}\n\n", "MSDS"])
    func `a cookie of DirSync comes back, whatever octets it has`(
        seesDeletions: Bool, round: String
    ) throws {
        let cookie = DirSyncCookie(
            numbers: try #require(ChangeNumberCookie(Self.octets(Self.numbers))),
            seesDeletions: seesDeletions, round: Self.octets(round))
        #expect(DirSyncCookie(cookie.octets) == cookie)
    }

    @Test(arguments: ["", "0a1b;4711", "0a1b;4711\ntold", "no number\ntold\nx"])
    func `what is no cookie of DirSync is none`(text: String) {
        #expect(DirSyncCookie(Self.octets(text)) == nil)
    }

    // MARK: 389

    private static let server = "ldap.example:389#cn=dm:dc=example,dc=com:(objectClass=*)#77"

    @Test func `cookies of 389 come back, one for each base, with their numbers`() throws {
        let at = Timestamp(seconds: 1_800_000_000)
        let cookie = try #require(
            ChangelogCookie(fullAt: at, cookies: [Self.octets(Self.server), Self.octets("x#5")]))
        let again = try #require(ChangelogCookie(cookie.octets))
        #expect((again.fullAt, again.numbers) == (at, [77, 5]))
        #expect(again.cookies == [Self.server, "x#5"])
    }

    @Test(arguments: [[], ["x#"], ["x"], ["x#5", "y#z"], ["x\ny#5"]])
    func `what has another form than 389's is none`(cookies: [String]) {
        let at = Timestamp(seconds: 0)
        #expect(ChangelogCookie(fullAt: at, cookies: cookies.map(Self.octets)) == nil)
    }

    @Test(arguments: ["", "x", "12", "12\nx", "x\nx#5"])
    func `a stored text that is no state of 389's is none`(text: String) {
        #expect(ChangelogCookie(Self.octets(text)) == nil)
    }

    // MARK: modifyTimestamp

    @Test(arguments: [nil, Timestamp(seconds: 1_700_000_000)])
    func `times come back`(changedBefore: Timestamp?) {
        let cookie = TimestampCookie(
            changedBefore: changedBefore, fullAt: Timestamp(seconds: 1_800_000_000))
        #expect(TimestampCookie(cookie.octets) == cookie)
    }

    @Test(
        arguments: [
            "", ";", "x;20261128000000Z", "20261128000000Z;", "20261128000000Z",
            "20261128000000Z;20261128000000Z;x",
        ])
    func `what is no time is none`(text: String) {
        #expect(TimestampCookie(Self.octets(text)) == nil)
    }

    /// Where a sweep would find too much, it is not made first.
    @Test(
        arguments: zip(
            [0, 9 * 60, 2 * 60 * 60], [true, true, false]))
    func `after a load of many entries all are read until one is changed later`(
        after seconds: Int64, isCrowded: Bool
    ) throws {
        let loaded = Timestamp(seconds: 1_795_000_000)
        let feed = TimestampFeed(
            dialect: .openldap, now: loaded.advanced(by: 24 * 60 * 60), stopwatch: { 0 })
        let page = try (0..<1_000).map { try Self.entry($0, changedAt: loaded) }
        for _ in 0...(StreamChanges.bound / page.count) { feed.note(page, of: .users) }
        feed.note([try Self.entry(1, changedAt: loaded.advanced(by: seconds))], of: .users)
        let octets = try feed.cookie(of: .users, after: 1).get()
        #expect(try #require(TimestampCookie(octets)).isCrowded == isCrowded)
        #expect((feed.obstacle(octets) != nil) == isCrowded)
    }

    /// Entries of many years are changed in many minutes.
    @Test func `a load is found among entries of many years`() throws {
        let loaded = Timestamp(seconds: 1_795_000_000)
        let feed = TimestampFeed(
            dialect: .openldap, now: loaded.advanced(by: 24 * 60 * 60), stopwatch: { 0 })
        let old = try (0..<10_000).map {
            try Self.entry($0, changedAt: loaded.advanced(by: -Int64($0) * 3600))
        }
        feed.note(old, of: .users)
        #expect(feed.obstacle(try feed.cookie(of: .users, after: 1).get()) == nil)
        let page = try (0...StreamChanges.bound).map { try Self.entry($0, changedAt: loaded) }
        feed.note(page, of: .users)
        #expect(feed.obstacle(try feed.cookie(of: .users, after: 1).get()) != nil)
    }

    private static func entry(_ number: Int, changedAt time: Timestamp) throws -> Entry {
        let digits = String(100_000 + number)
        return try RuleExamples.entry([
            "entryUUID": ["00000000-0000-4000-8000-000000\(digits)"],
            "modifyTimestamp": [time.generalizedTime],
        ])
    }
}
