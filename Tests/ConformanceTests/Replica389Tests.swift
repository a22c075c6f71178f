import Fixtures
import Glibc
import Ground
import Identity
import Testing

/// Two servers of 389 that take writes and pass them on to each other; the program has both in `uri`.
private final class ReplicaPair389 {
    let lab: ConformanceLab
    let second: DirectoryServer389
    private let secondDoor: TCPProxy
    private let replica: String

    /// `suffix`: as both have it in their configuration.
    init(suffix: String = SampleOrganisation.suffix) throws {
        lab = try ConformanceLab(Directory389 { $0.suffix = suffix })
        second = try DirectoryServer389 { $0.suffix = suffix }
        replica = "cn=replica,\(DirectoryServer389.mappingTree(suffix))"
        secondDoor = try TCPProxy(to: second.port)
        try lab.configure(uri: "[\"\(lab.proxy.url)\", \"\(secondDoor.url)\"]")
        for (index, server) in servers.enumerated() {
            try replicate(server, id: index + 1, to: servers[1 - index])
        }
        try tellProgress()
        try change(lab.server, "cn=other,\(replica)", "nsds5BeginReplicaRefresh", "start")
        try awaiting("total update") {
            try self.lab.server.values(
                "nsds5replicaLastInitStatus", of: "cn=other,\(self.replica)"
            ).contains { $0.contains("Total update succeeded") }
        }
    }

    var servers: [any DirectoryServer] { [lab.server, second] }

    private func replicate(
        _ server: any DirectoryServer, id: Int, to other: any DirectoryServer
    ) throws {
        try server.add(
            """
            dn: cn=replication manager,cn=config
            objectClass: person
            cn: replication manager
            sn: manager
            userPassword: replication-secret

            dn: \(replica)
            objectClass: nsds5replica
            cn: replica
            nsDS5ReplicaRoot: \(SampleOrganisation.suffix)
            nsDS5ReplicaType: 3
            nsDS5ReplicaId: \(id)
            nsDS5Flags: 1
            nsDS5ReplicaBindDN: cn=replication manager,cn=config

            dn: cn=other,\(replica)
            objectClass: nsds5replicationagreement
            cn: other
            nsDS5ReplicaHost: 127.0.0.1
            nsDS5ReplicaPort: \(other.port)
            nsDS5ReplicaBindDN: cn=replication manager,cn=config
            nsDS5ReplicaCredentials: replication-secret
            nsDS5ReplicaBindMethod: SIMPLE
            nsDS5ReplicaTransportInfo: LDAP
            nsDS5ReplicaRoot: \(SampleOrganisation.suffix)

            """)
    }

    /// The service account may read how far each server has come.
    private func tellProgress() throws {
        for server in servers {
            try server.modify(
                """
                dn: cn=mapping tree,cn=config
                changetype: modify
                add: aci
                aci: (target="ldap:///cn=replica,cn=*,cn=mapping tree,cn=config")
                  (targetattr="objectClass || nsds50ruv")(version 3.0; acl "progress";
                  allow (read, search) userdn="ldap:///\(Slapd.serviceDN)";)

                """)
        }
    }

    private func change(
        _ server: any DirectoryServer, _ dn: String, _ attribute: String, _ value: String
    ) throws {
        try server.modify(
            "dn: \(dn)\nchangetype: modify\nreplace: \(attribute)\n\(attribute): \(value)\n")
    }

    func set(_ attribute: String, _ value: String, of user: String, on server: any DirectoryServer)
        throws
    {
        try change(server, lab.directory.person(user), attribute, value)
    }

    /// Seen on 2.3.1: two copies of one instance give the entries of one second the same nsUniqueId.
    func add(_ user: String, to server: any DirectoryServer) throws {
        usleep(1_100_000)
        try server.add(lab.directory.ldif(person: user, rdn: "uid=\(user)"))
    }

    /// Which of them the program reaches.
    func reach(first reachesFirst: Bool, second reachesSecond: Bool) {
        lab.proxy.set(reachesFirst ? .none : .cut)
        secondDoor.set(reachesSecond ? .none : .cut)
    }

    /// Whether they tell each other of their writes.
    func connect(_ areConnected: Bool) throws {
        for server in servers {
            try change(
                server, "cn=other,\(replica)", "nsds5ReplicaEnabled",
                areConnected ? "on" : "off")
        }
    }

    /// Until each has what the other has.
    func awaitLevel() throws {
        try awaiting("level") {
            let known = try self.servers.map { server in
                Set(
                    try server.values("nsds50ruv", of: self.replica).compactMap {
                        $0.split(separator: " ").last
                    })
            }
            return known[0] == known[1]
        }
    }

    private func awaiting(_ what: String, _ holds: () throws -> Bool) throws {
        for _ in 0..<600 {
            if try holds() { return }
            usleep(100_000)
        }
        throw FixtureError("the replicas of 389: no \(what)")
    }
}

/// Replicas of 389: going from one to the other loses nobody.
@Suite struct Replica389Tests {
    @Test func `what is written to either is found over either, there and back`() throws {
        let pair = try ReplicaPair389()
        let lab = pair.lab
        try lab.sync()
        try pair.add("zoe", to: lab.server)
        try pair.add("yan", to: pair.second)
        try pair.awaitLevel()
        var report = try lab.sync()
        #expect((report["created"], report["missing"]) == (2, 0), "\(report.text)")
        #expect(report["full"] == false)

        pair.reach(first: false, second: true)
        try pair.set("mail", "ben.new@example.com", of: "ben", on: lab.server)
        try pair.second.delete(lab.directory.person("lars"))
        try pair.awaitLevel()
        report = try lab.sync()
        #expect((report["updated"], report["missing"]) == (1, 1), "\(report.text)")
        #expect((report["created"], report["full"]) == (0, true))
        let lock = try lab.lock("ada")
        #expect(lock["outcome"] == "completed", "\(lock.text)")
        try pair.awaitLevel()

        pair.reach(first: true, second: false)
        report = try lab.sync()
        #expect((report["missing"], report["drift"]) == (0, 0), "\(report.text)")
        #expect((report["full"], report["strategy"]) == (false, "syncrepl"))
        try lab.expectLocked("ada")
        #expect(try lab.json("show", "zoe")["missingSince"]?.isNull == true)
    }

    /// Whoever has made the backend has spelt its suffix in their own way.
    @Test(arguments: ["dc=example,dc=com", "DC=Example, dc=COM"])
    func `a replica that lags behind makes nobody missing, and undoes no lock`(suffix: String)
        throws
    {
        let pair = try ReplicaPair389(suffix: suffix)
        let lab = pair.lab
        try lab.sync()
        try pair.connect(false)
        // What is followed counts as well as what a read of everything finds.
        try pair.add("zoe", to: lab.server)
        #expect(try lab.sync()["full"] == false)
        try lab.lock("ada")
        #expect(try lab.sync()["full"] == false)

        pair.reach(first: false, second: true)
        for _ in 0..<2 {
            let end = try lab.start(["--json", "sync"]).wait()
            #expect(end.exitCode == 75, "\(end.stdout)")
            let report = JSONValue(parsing: end.stdout)?["directories"]?[0]
            #expect((report?["missing"], report?["drift"]) == (0, 0), "\(end.stdout)")
            #expect(
                end.stderr.contains(
                    "the server is behind what was seen before (nsds50ruv): nobody is marked missing"
                ),
                "\(end.stderr)")
        }
        #expect(try lab.json("show", "zoe")["missingSince"]?.isNull == true)
        #expect(try lab.json("show", "ada")["state"] == "locked")

        try pair.connect(true)
        try pair.awaitLevel()
        let report = try lab.sync()
        #expect((report["missing"], report["drift"]) == (0, 0), "\(report.text)")
        #expect(
            !pair.second.binds(
                as: lab.directory.person("ada"), password: lab.directory.password(of: "ada")))
        #expect(try lab.json("show", "zoe")["missingSince"]?.isNull == true)
    }
}
