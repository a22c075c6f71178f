import Configuration
import Engine
import Fixtures
import Ground
import Identity
import LDAP
import Store
import Testing

@testable import Store

/// A slapd, a store and a configuration: all that a sync needs.
final class SyncLab {
    let server: Slapd
    let folder: TemporaryFolder
    let store: Store
    var now = Timestamp(seconds: 1_800_000_000)
    /// Lines below `users:` beside `base`, and at the end of `hq`.
    var users = "filter: (objectClass=inetOrgPerson)"
    var usersBase = "ou=people,dc=example,dc=com"
    var roles =
        "{base: \"ou=groups,dc=example,dc=com\", filter: (|(objectClass=groupOfNames)"
        + "(objectClass=groupOfUniqueNames)(objectClass=posixGroup)), name: cn}"
    var more = "limits: {missing: 50%}"
    var username = "uid"
    var mail = "\"{mail|lowercase}\""
    var url: String
    var secret = Slapd.servicePassword
    var changes: [UserChange] = []
    var roleChanges: [RoleChange] = []
    var stopwatch: () -> Double = { 0 }
    var isInterrupted: () -> Bool = { false }
    var progress: (SyncObserver.Progress) -> Void = { _ in }

    init(_ change: (inout SlapdOptions) -> Void = { _ in }) throws {
        server = try Slapd(change)
        folder = try TemporaryFolder("sync")
        url = server.url
        store = try Store.open(
            folder.file("store.db"), for: .write(create: true),
            by: RunLock.Holder(pid: 1, login: "test", since: Timestamp(seconds: 0)))
    }

    var settings: Settings {
        get throws {
            try Settings.load(bytes: Array(yaml.utf8), file: "/etc/lockstep/lockstep.yaml")
        }
    }

    @discardableResult
    func sync(_ options: SyncOptions = SyncOptions(), into other: Store? = nil) throws -> SyncReport
    {
        changes = []
        roleChanges = []
        let secret = Array(secret.utf8)
        let now = now
        let context = EngineContext(
            settings: try settings, store: other ?? store,
            sessions: DirectorySessions(clock: { now }, secret: { _ in secret }),
            by: Operator(login: "root", host: "test", terminal: nil), clock: { now },
            isInterrupted: isInterrupted)
        return try SyncOrder(
            context, stopwatch: stopwatch, options: options,
            observer: SyncObserver(
                progress: progress, change: { self.changes.append($0) },
                role: { self.roleChanges.append($0) })
        ).run()
    }

    /// The one directory's part of a sync.
    @discardableResult
    func hq() throws -> DirectoryReport {
        try #require(try sync().directories.first)
    }

    /// The one whom `text` names.
    func user(_ text: String) throws -> User {
        let found = try UserLookup(store).find(text).users
        #expect(found.count == 1, "\(text)")
        return try #require(found.first)
    }

    func roles(of text: String) throws -> [String] {
        try RoleReader(store).roles(of: user(text).id)
            .map { $0.direct ? $0.name : "\($0.name) (nested)" }
    }

    func count(_ sql: StaticString) throws -> Int64 {
        try store.database.integer(sql)
    }

    /// An administrator gives a person's attribute this one value.
    func set(_ attribute: String, of name: String, to value: String) throws {
        try server.modify(
            """
            dn: \(SampleOrganisation.person(name))
            changetype: modify
            replace: \(attribute)
            \(attribute): \(value)
            """)
    }

    /// Adds a person; `attributes` are LDIF lines.
    func addPerson(_ uid: String, cn: String? = nil, _ attributes: String = "") throws {
        try server.add(
            """
            dn: \(SampleOrganisation.person(cn ?? uid))
            objectClass: inetOrgPerson
            uid: \(uid)
            \(cn.map { "uid: \($0)" } ?? "")
            cn: \(uid)
            sn: \(uid)
            \(attributes)
            """.split(separator: "\n").joined(separator: "\n") + "\n")
    }

    private var yaml: String {
        """
        store: /var/lib/lockstep/lockstep.db
        directories:
          hq:
            uri: \(url)
            bind: {dn: "\(Slapd.serviceDN)", passwordFile: /etc/lockstep/hq.password}
            users:
              base: \(usersBase)
              \(users)
              map:
                username: \(username)
                givenName: givenName
                familyName: sn
                displayName: [displayName, cn, "{givenName} {sn}"]
                mail: \(mail)
                employeeNumber: employeeNumber
              attributes: [title, departmentNumber]
              certificates: userCertificate;binary
            roles: \(roles)
            \(more)
        reasons:
          left-organization:
            text: The user quits the organization
            for: [lock]
            revocation: affiliationChanged
            write: {employeeType: left}
            recognise: {employeeType: left}

        """
    }
}
