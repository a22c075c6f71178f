import Configuration
import Engine
import Fixtures
import Ground
import Identity
import LDAP
import Store
import Testing

/// Servers that cut, stall or limit, and two programs at once.
@Suite struct SyncFaultTests {
    private func lab(_ provider: SlapdOptions.SyncProvider = .sessionLog(1_000)) throws -> (
        SyncLab, TCPProxy
    ) {
        let lab = try SyncLab { $0.syncProvider = provider }
        lab.more = """
            timeout: {connect: 1s, operation: 1s}
                sync: {pageSize: 3}
                limits: {missing: 100%}
            """
        let proxy = try TCPProxy(to: lab.server.port)
        lab.url = proxy.url
        return (lab, proxy)
    }

    /// In the bind, in a page, between pages and in the refreshes: wherever the octets end.
    @Test(arguments: [TCPProxy.Fault.stall, .cut], [true, false])
    func `a server that falls silent ends the run in time, and nothing is lost`(
        _ fault: TCPProxy.Fault, isFull: Bool
    ) throws {
        let (lab, proxy) = try lab()
        try lab.sync()
        let before = proxy.bytesFromServer
        try lab.sync(SyncOptions(full: isFull))
        let whole = proxy.bytesFromServer - before
        try lab.server.delete(SampleOrganisation.person("ben"))
        try lab.replace("title", "Head", of: "ada")
        for part in 0..<7 {
            proxy.set(fault, afterBytes: max(1, whole * part / 7))
            let hq = try #require(try lab.sync(SyncOptions(full: isFull)).directories.first)
            #expect(hq.error != nil || hq.missing == 1)
            proxy.set(.none)
        }
        let hq = try lab.hq()
        #expect(hq.error == nil)
        #expect(try lab.count("SELECT count(*) FROM users WHERE missing_since IS NOT NULL") == 1)
        #expect(try lab.user("ada").record.attributes.contains { $0.values == ["Head"] })
        #expect(try lab.hq().changedAnything == false)
    }

    @Test func `a server that is lost during the read is left for the next`() throws {
        let (lab, proxy) = try lab()
        let other = try TCPProxy(to: lab.server.port)
        lab.url = "[\"\(proxy.url)\", \"\(other.url)\"]"
        proxy.set(.cut, afterBytes: 6_000)
        let hq = try lab.hq()
        #expect((hq.error == nil, hq.full, hq.read, hq.created) == (true, true, 12, 12))
        #expect(
            hq.notes == [
                "\(proxy.url) was lost during the read, which began again on another server"
            ])
        #expect(try lab.hq().changedAnything == false)
        try lab.server.delete(SampleOrganisation.person("ben"))
        proxy.set(.none)
        #expect(try lab.hq().missing == 1)
    }

    @Test func `a limit on what one search gives makes everything be read in pages`() throws {
        let lab = try SyncLab {
            $0.syncProvider = .sessionLog(1_000)
            $0.databaseLines = [
                "olcLimits: {0}dn.exact=\"\(Slapd.serviceDN)\" size=5 size.pr=5"
                    + " size.prtotal=unlimited"
            ]
        }
        lab.more = "sync: {pageSize: 3}\n    limits: {missing: 50%}"
        #expect(try lab.hq().created == 12)
        for name in ["ada", "ben", "cleo", "dora", "emil", "finn", "gwen"] {
            try lab.replace("title", "Changed", of: name)
        }
        try lab.server.delete(SampleOrganisation.person("jon"))
        let hq = try lab.hq()
        #expect((hq.full, hq.updated, hq.missing) == (true, 7, 1))
        #expect(
            hq.notes == [
                "the changes can't be followed: Size limit exceeded (4): everything was read"
            ])
        #expect(try lab.hq().full == false)
    }

    @Test func `a run that takes too long ends, and the next reads everything again`() throws {
        let (lab, _) = try lab()
        lab.url = lab.server.url
        lab.more = "sync: {pageSize: 3, deadline: 20s}\n    limits: {missing: 50%}"
        var passed = 0.0
        lab.stopwatch = {
            passed += 4
            return passed
        }
        let report = try lab.sync()
        #expect((report.outcome, report.exitCode) == (.partial, 75))
        #expect(
            report.directories.first?.error?.message
                == "hq: sync.deadline (20 s) has passed; the next run reads everything again.")
        lab.stopwatch = { 0 }
        #expect(try lab.hq().full)
        #expect(try lab.count("SELECT count(*) FROM users") == 12)
    }

    @Test func `one who is gone is told from one who is somewhere else`() throws {
        let (lab, _) = try lab()
        lab.url = lab.server.url
        try lab.sync()
        try lab.server.modify(SyncLab.move("dora", to: "dora", below: "left"))
        try lab.server.delete(SampleOrganisation.person("ben"))
        try lab.sync()
        let whys = lab.changes.filter { $0.kind == .missing }.map {
            "\($0.username): \($0.why ?? "")"
        }
        #expect(
            whys.sorted() == [
                "ben: deleted, or hidden from the bind DN",
                "dora: uid=dora,ou=left,dc=example,dc=com is not within users.base and users.filter",
            ])
    }

    @Test func `a lock and a sync of the same person at once make one lock`() throws {
        let lab = try DecideLab()
        try lab.sync()
        for name in ["ada", "ben", "cleo", "dora"] {
            try lab.type(name, "left")
            let sync = try lab.lab.start(["sync"])
            let lock = try lab.lab.start(
                ["lock", name, "--reason", "left-organization", "--yes"])
            let ends = [try sync.wait(), try lock.wait()]
            #expect(ends.allSatisfy { [0, 75].contains($0.exitCode) }, "\(ends)")
            try lab.sync()
            let trail = try lab.lab.audit().count {
                $0["event"] == "lock" && $0["user"]?["username"]?.string == name
            }
            #expect(trail == 1, "\(name)")
            #expect(try lab.state(name) == "locked")
            #expect(try lab.lab.isLocked(LockLab.person(name)))
        }
        #expect(try lab.sync().changes == [:])
        try lab.lab.verifyAudit()
    }
}
