import Engine
import Fixtures
import LDAP
import Store
import Testing

@Suite struct DirectoryErrorTests {
    @Test func `a wrong password says what to check and is tried once`() throws {
        let lab = try SyncLab()
        lab.secret = "wrong"
        lab.url = "[\"\(lab.server.url)\", \"\(lab.server.url)\"]"
        let report = try lab.sync()
        #expect((report.outcome, report.exitCode) == (.failed, 69))
        #expect(
            report.directories.first?.error?.message
                == "hq: cannot bind as \(Slapd.serviceDN) at \(lab.server.url): "
                + "Invalid credentials (49). Check bind.dn and bind.passwordFile.")
        #expect(lab.server.log.split(separator: "\n").filter { $0.contains("err=49") }.count == 1)
    }

    @Test func `a base that does not exist names the nearest that does`() throws {
        let lab = try SyncLab()
        lab.usersBase = "ou=peple,dc=example,dc=com"
        let report = try lab.sync()
        #expect(report.outcome == .failed)
        #expect(
            report.directories.first?.error?.message
                == "hq: users.base ou=peple,dc=example,dc=com does not exist at \(lab.server.url), "
                + "or the bind DN may not see it; the nearest that exists is dc=example,dc=com.")
    }

    @Test func `servers that are down are named, and the next one is asked`() throws {
        let lab = try SyncLab()
        let down = "ldap://127.0.0.1:1"
        lab.url = "[\"\(down)\", \"\(lab.server.url)\"]"
        #expect(try lab.hq().created == 12)
        lab.url = down
        let hq = try lab.hq()
        #expect(hq.missing == 0)
        #expect(
            hq.error?.message
                == "hq: no server answers. \(down): Can't contact LDAP server (-1). "
                + "Check uri and tls, and that the server runs.")
    }

    @Test func `a certificate that is refused says why`() throws {
        let lab = try SyncLab { $0.tls = .init(.expired) }
        lab.url = lab.server.tlsURL
        lab.more = "tls: {ca: \(try Certificates.shared.get().ca)}"
        let message = try #require(try lab.hq().error?.message)
        #expect(message.contains("has expired"), "\(message)")
    }

    @Test func `one directory that is down keeps no other from being read`() throws {
        let lab = try SyncLab()
        lab.more = """
            limits: {missing: 50%}
              lost:
                uri: ldap://127.0.0.1:1
                bind: {dn: "cn=x", passwordFile: /etc/lockstep/x}
                users: {base: "dc=example,dc=com", map: {username: uid}}
            """
        let report = try lab.sync()
        #expect((report.outcome, report.exitCode) == (.partial, 75))
        #expect(report.directories.map(\.created) == [12, 0])
        let one = try lab.sync(SyncOptions(directory: "hq"))
        #expect((one.outcome, one.directories.count) == (.completed, 1))
    }
}
