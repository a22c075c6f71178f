import Fixtures
import Glibc
import Ground
import Testing

/// Two slapds of one directory, each of which takes writes and passes them on to the other (mirror mode).
///
/// The program has both in `uri`, the first one first, each behind a proxy of its own; two more carry
/// what one tells the other.
final class ProviderPair {
    let decide: DecideLab
    let second: Slapd
    private let secondDoor: TCPProxy
    private let ways: [TCPProxy]

    init(_ hq: String...) throws {
        decide = try DecideLab { $0.syncProvider = .sessionLog(1_000) }
        decide.hq = hq
        second = try Slapd(try decide.twinOptions)
        secondDoor = try TCPProxy(to: second.port)
        ways = try [TCPProxy(to: second.port), TCPProxy(to: decide.lab.server.port)]
        try configure()
        for (index, server) in [first, second].enumerated() {
            try mirror(server, id: index + 1, from: ways[index])
        }
    }

    var lab: LockLab { decide.lab }
    var first: Slapd { lab.server }

    private func configure() throws {
        try decide.configure()
        lab.configuration.urlsBefore = [lab.proxy.url]
        try lab.folder.write(
            lab.configuration.text(url: secondDoor.url), to: "lockstep.yaml")
    }

    /// slapd.conf(5), `multiprovider`: each has an id, and follows the other.
    private func mirror(_ server: Slapd, id: Int, from way: TCPProxy) throws {
        let ldif = """
            dn: cn=config
            changetype: modify
            replace: olcServerID
            olcServerID: \(id)

            dn: olcDatabase={1}mdb,cn=config
            changetype: modify
            add: olcSyncrepl
            olcSyncrepl: rid=00\(id) provider=\(way.url) bindmethod=simple
              binddn="\(Slapd.rootDN)" credentials=\(Slapd.rootPassword)
              searchbase="\(SampleOrganisation.suffix)" type=refreshAndPersist retry="1 +"
            -
            add: olcMultiProvider
            olcMultiProvider: TRUE

            """
        try ChildProcess.run(
            "/usr/bin/ldapmodify",
            ["-x", "-H", server.url, "-D", "cn=config", "-w", "config"], input: Array(ldif.utf8)
        ).succeeded(at: "ldapmodify of cn=config")
    }

    /// Which of them the program reaches.
    func reach(first reachesFirst: Bool, second reachesSecond: Bool) {
        lab.proxy.set(reachesFirst ? .none : .cut)
        secondDoor.set(reachesSecond ? .none : .cut)
    }

    /// Whether they tell each other of their writes.
    func connect(_ areConnected: Bool) {
        for way in ways { way.set(areConnected ? .none : .cut) }
    }

    /// Until each has what the other has.
    func awaitLevel(at location: SourceLocation = #_sourceLocation) throws {
        var numbers: [[String]] = []
        for _ in 0..<1_200 {
            numbers = try [first, second].map {
                try $0.values("contextCSN", of: SampleOrganisation.suffix).sorted()
            }
            if numbers[0] == numbers[1] { return }
            usleep(50_000)
        }
        Issue.record("not level: \(numbers)", sourceLocation: location)
    }

    func add(_ name: String, to server: Slapd) throws {
        try server.add(
            "dn: \(LockLab.person(name))\nobjectClass: inetOrgPerson\nuid: \(name)\ncn: \(name)\n"
                + "sn: New\nuserPassword: \(SampleOrganisation.password(of: name))\n")
    }

    func set(_ attribute: String, _ value: String, of name: String, on server: Slapd) throws {
        try server.modify(
            "dn: \(LockLab.person(name))\nchangetype: modify\nreplace: \(attribute)\n"
                + "\(attribute): \(value)\n")
    }

    /// Whom the store believes to be gone.
    func missing(among names: [String]) throws -> [String] {
        try names.filter { try lab.show($0)["missingSince"]?.isNull != true }
    }
}
