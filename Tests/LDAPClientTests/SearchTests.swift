import Fixtures
import LDAP
import LDAPClient
import Testing

@Suite struct SearchTests {
    private let mail = TestConnection.name("mail")

    private func pages(
        _ connection: borrowing Connection, size: Int, base: String = SampleOrganisation.suffix
    ) throws -> PagedSearch {
        try connection.pages(
            base: try TestConnection.dn(base), scope: .subtree, filter: TestConnection.people,
            attributes: [mail, TestConnection.name("UID")], pageSize: size)
    }

    /// How many entries came before the end, and the error that was the end.
    private func drain(_ search: consuming PagedSearch) throws -> (
        counts: [Int], failure: LDAPFailure?
    ) {
        var counts: [Int] = []
        do throws(LDAPFailure) {
            while let page = try search.next() { counts.append(page.count) }
            #expect(try search.next() == nil)
            return (counts, nil)
        } catch {
            return (counts, error)
        }
    }

    private func many(_ people: Int, _ change: (inout SlapdOptions) -> Void = { _ in }) throws
        -> Slapd
    {
        var options = SlapdOptions()
        var sample = SampleOrganisation(people: people, groups: 0)
        sample.passwords = false
        options.data = sample.ldif
        options.logLevel = 0
        change(&options)
        return try Slapd(options)
    }

    @Test func `an entry comes with its name, its attributes and all their values`() throws {
        let slapd = try Slapd()
        let connection = try TestConnection.bound(slapd)
        let entries = try connection.search(
            base: try TestConnection.person("ada"), scope: .base, filter: TestConnection.people,
            attributes: [TestConnection.name("MAIL"), TestConnection.name("objectClass")])
        #expect(entries.map(\.dn) == [try TestConnection.person("ada")])
        #expect(entries.first?[mail] == [AttributeValue("ada@example.com")])
        #expect(
            entries.first?[TestConnection.name("objectclass")] == [AttributeValue("inetOrgPerson")])
    }

    @Test func `searches that are sent together are answered each for itself`() throws {
        let slapd = try Slapd()
        let connection = try TestConnection.bound(slapd)
        let other = Filter.not(TestConnection.people)
        let found = try connection.search(
            bases: [
                (try TestConnection.person("ada"), TestConnection.people),
                (try TestConnection.person("nobody-at-all"), TestConnection.people),
                (try TestConnection.person("ben"), other),
                (try TestConnection.person("ben"), TestConnection.people),
            ], attributes: [mail])
        #expect(
            found.map { $0?.dn } == [
                try TestConnection.person("ada"), nil, nil, try TestConnection.person("ben"),
            ])
    }

    @Test(arguments: [(10, [10, 10, 5]), (25, [25]), (24, [24, 1]), (1_000, [25])])
    func `every page comes once`(row: (size: Int, counts: [Int])) throws {
        let slapd = try many(25)
        let connection = try TestConnection.bound(slapd)
        let result = try drain(try pages(connection, size: row.size))
        #expect(result.counts == row.counts)
        #expect(result.failure == nil)
    }

    @Test func `the next page is asked for before this one is given out`() throws {
        let asked = Counter()
        let server = try FakeServer { _, _ in
            asked.increment()
            return [Wire.entry(Array("cn=x,dc=example,dc=com".utf8), []), Wire.endOfPage]
        }
        let connection = try Connection(try TestConnection.options(server.url))
        var search = try pages(connection, size: 1)
        #expect(try search.next()?.count == 1)
        for _ in 0..<1_000 where asked.count < 2 { usleepBriefly() }
        #expect(asked.count == 2)
    }

    @Test(arguments: [100, 1_000])
    func `a size limit is an error after what had come`(pageSize: Int) throws {
        let slapd = try many(700) { $0.sizeLimit = 500 }
        let connection = try TestConnection.bound(slapd)
        let result = try drain(try pages(connection, size: pageSize))
        #expect(result.counts.reduce(0, +) == 500)
        #expect(result.failure?.code == .sizeLimitExceeded)
        #expect(result.failure?.isIncomplete == true)
    }

    @Test func `where there are no pages the answer comes in parts all the same`() throws {
        let slapd = try many(25) { $0.paging = false }
        let connection = try TestConnection.bound(slapd)
        let result = try drain(try pages(connection, size: 10))
        #expect(result.counts.reduce(0, +) == 25)
        #expect(result.failure == nil)
    }

    @Test func `a server that gives smaller pages is asked for smaller ones`() throws {
        let slapd = try many(250) { $0.databaseLines = ["olcLimits: * size.pr=100"] }
        let connection = try TestConnection.bound(slapd)
        let result = try drain(try pages(connection, size: 1_000))
        #expect(result.counts.reduce(0, +) == 250)
        #expect(result.failure == nil)
    }

    @Test func `a time limit is an error`() throws {
        let slapd = try many(40_000) { $0.timeLimit = 1 }
        let connection = try TestConnection.bound(slapd)
        let wanted = (0..<2_000).map {
            Filter.substrings(
                TestConnection.name("displayName"), initial: nil,
                any: [AttributeValue("nobody\($0)")], final: nil)
        }
        let failure = try TestConnection.failure {
            _ = try connection.search(
                base: try TestConnection.dn(TestConnection.suffix), scope: .subtree,
                filter: .or(wanted), attributes: [mail])
        }
        #expect(failure.code == .timeLimitExceeded)
        #expect(failure.isIncomplete)
    }

    @Test func `a base that is not there is named, with what is`() throws {
        let slapd = try Slapd()
        let connection = try TestConnection.bound(slapd)
        let result = try drain(
            try pages(connection, size: 10, base: "ou=nobody,dc=example,dc=com"))
        #expect(result.counts == [])
        #expect(result.failure?.code == .noSuchObject)
        #expect(result.failure?.matchedDN == "dc=example,dc=com")
        #expect(
            result.failure?.description
                == "cannot search ou=nobody,dc=example,dc=com: No such object (32)")
    }

    @Test func `a limit of our own is not an error`() throws {
        let slapd = try Slapd()
        let connection = try TestConnection.bound(slapd)
        let entries = try connection.search(
            base: try TestConnection.dn(TestConnection.suffix), scope: .subtree,
            filter: TestConnection.people, attributes: [mail], sizeLimit: 2)
        #expect(entries.count == 2)
    }

    /// The server sends a reference to it whatever the filter says.
    @Test func `an object that refers to another server is nobody, and named`() throws {
        let slapd = try Slapd()
        try slapd.add(
            """
            dn: ou=elsewhere,dc=example,dc=com
            objectClass: referral
            objectClass: extensibleObject
            ou: elsewhere
            ref: ldap://elsewhere.example.test/ou=elsewhere,dc=example,dc=com

            """)
        let connection = try TestConnection.bound(slapd)
        let result = try drain(try pages(connection, size: 5))
        #expect(result.counts.reduce(0, +) == 12)
        #expect(result.failure == nil)
        let ada = try connection.search(
            base: try TestConnection.dn(TestConnection.suffix), scope: .subtree,
            filter: .equal(TestConnection.name("uid"), AttributeValue("ada")), attributes: [mail])
        #expect(ada.map(\.dn) == [try TestConnection.person("ada")])
        let (names, count) = (connection.referralObjects, connection.referralObjectCount)
        #expect(names.map(\.text) == ["ou=elsewhere,dc=example,dc=com"])
        #expect(count == 1)
    }

    @Test func `a reference that no object of the server stands for makes the answer incomplete`()
        throws
    {
        let url = "ldap://elsewhere.example.test/ou=elsewhere,dc=example,dc=com??sub"
        let server = try FakeServer { _, before in
            (before == 0 ? [Wire.element(0x73, Wire.element(0x04, Array(url.utf8)))] : [])
                + [Wire.result(0x65, 0)]
        }
        let connection = try Connection(try TestConnection.options(server.url))
        let result = try drain(try pages(connection, size: 5))
        #expect(result.failure?.code == .referral)
        #expect(result.failure?.referrals == [url])
        #expect(result.failure?.isIncomplete == true)
    }

    @Test func `a connection that is cut between pages ends the search with an error`() throws {
        let slapd = try many(3_000)
        let proxy = try TCPProxy(to: slapd.port)
        let connection = try TestConnection.bound(slapd, via: proxy.url)
        var search = try pages(connection, size: 1_000)
        #expect(try search.next()?.count == 1_000)
        proxy.set(.cut)
        let result = try drain(search)
        #expect(result.counts.reduce(0, +) < 2_000)
        #expect(result.failure?.code == .serverDown)
        #expect(result.failure?.isIncomplete == true)
    }

    @Test(arguments: [1, 10, 200, 5_000])
    func `a server that stalls after any byte ends the search with an error`(bytes: Int) throws {
        let slapd = try many(300)
        let proxy = try TCPProxy(to: slapd.port)
        let connection = try TestConnection.bound(slapd, via: proxy.url, operationTimeout: 1)
        proxy.set(.stall, afterBytes: bytes)
        let result = try drain(try pages(connection, size: 100))
        #expect(result.failure?.code == .timeout)
        #expect(result.failure?.isIncomplete == true)
    }

    @Test func `a search that is dropped leaves the connection to the next`() throws {
        let slapd = try many(3_000)
        let connection = try TestConnection.bound(slapd)
        do {
            var search = try pages(connection, size: 100)
            #expect(try search.next()?.count == 100)
        }
        #expect(try connection.whoAmI() == "dn:\(Slapd.serviceDN)")
        let result = try drain(try pages(connection, size: 1_000))
        #expect(result.counts == [1_000, 1_000, 1_000])
    }

    @Test func `a search outlives the connection that began it`() throws {
        let slapd = try many(30)
        var search = try pages(try TestConnection.bound(slapd), size: 10)
        #expect(try search.next()?.count == 10)
        #expect(try search.next()?.count == 10)
    }
}
