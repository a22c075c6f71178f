internal import Foundation
internal import Glibc

/// slapd as Debian's package sets it up and nothing else, with a few entries: no password policy, no rule for
/// anybody but the administrator.
package final class DebianSlapd {
    package static let suffix = "dc=example,dc=com"
    package static let ada = "uid=ada,ou=people,\(suffix)"
    package static let canary = "uid=canary,ou=services,\(suffix)"
    package static let serviceDN = "cn=lockstep,ou=services,\(suffix)"
    private static let administrator = "cn=admin,\(suffix)"
    private static let password = "administrator-secret"

    package let port: UInt16
    private let folder: TemporaryFolder
    private let child: ChildProcess

    package init() throws {
        folder = try TemporaryFolder("debian-slapd")
        port = try LoopbackSocket.freePort()
        for name in ["slapd.d", "db"] { try folder.makeFolder(name) }
        let shipped = try String(
            contentsOfFile: "/usr/share/slapd/slapd.init.ldif", encoding: .utf8)
        // What root may do there is to be this user's.
        let configuration =
            shipped.replacing("@SUFFIX@", with: Self.suffix)
            .replacing("@PASSWORD@", with: Self.password)
            .replacing("/var/lib/ldap", with: folder.file("db"))
            .replacing("/var/run/slapd", with: folder.path)
            .replacing(
                "gidNumber=0+uidNumber=0", with: "gidNumber=\(getgid())+uidNumber=\(getuid())")
        try folder.write(configuration, to: "config.ldif")
        try folder.write(Self.data, to: "data.ldif")
        for arguments in [
            ["-n0", "-l", "config.ldif"], ["-b", Self.suffix, "-w", "-l", "data.ldif"],
        ] {
            try ChildProcess.run(
                "/usr/sbin/slapadd", ["-F", folder.file("slapd.d")] + arguments, folder: folder.path
            ).succeeded(at: "slapadd")
        }
        let socket = "ldapi://" + folder.file("ldapi").replacing("/", with: "%2F")
        child = try ChildProcess(
            "/usr/sbin/slapd",
            ["-F", folder.file("slapd.d"), "-h", "ldap://127.0.0.1:\(port)/ \(socket)/", "-d", "0"])
        for _ in 0..<5_000 where SimpleBind.result(port: port, dn: "", password: "") == nil {
            guard child.isRunning else { throw FixtureError("slapd ended: \(child.errorsSoFar)") }
            usleep(2_000)
        }
    }

    package var url: String { "ldap://127.0.0.1:\(port)" }

    package func binds(as dn: String, password: String) -> Bool {
        SimpleBind.result(port: port, dn: dn, password: password) == 0
    }

    /// What root pastes on the server, for slapd's own configuration.
    package func configure(_ ldif: String) throws {
        let socket = "ldapi://" + folder.file("ldapi").replacing("/", with: "%2F")
        try ChildProcess.run(
            "/usr/bin/ldapmodify", ["-Q", "-Y", "EXTERNAL", "-H", socket], input: Array(ldif.utf8)
        ).succeeded(at: "ldapmodify of cn=config")
    }

    /// What the administrator pastes for the database.
    package func change(_ ldif: String) throws {
        try ChildProcess.run(
            "/usr/bin/ldapmodify",
            ["-x", "-H", url, "-D", Self.administrator, "-w", Self.password],
            input: Array(ldif.utf8)
        ).succeeded(at: "ldapmodify")
    }

    private static let data = """
        dn: \(suffix)
        objectClass: dcObject
        objectClass: organization
        dc: example
        o: Example

        dn: ou=people,\(suffix)
        objectClass: organizationalUnit
        ou: people

        dn: ou=groups,\(suffix)
        objectClass: organizationalUnit
        ou: groups

        dn: ou=services,\(suffix)
        objectClass: organizationalUnit
        ou: services

        dn: \(serviceDN)
        objectClass: organizationalRole
        objectClass: simpleSecurityObject
        cn: lockstep
        userPassword: lockstep-secret

        dn: \(canary)
        objectClass: account
        objectClass: simpleSecurityObject
        uid: canary
        userPassword: canary-secret

        dn: \(ada)
        objectClass: inetOrgPerson
        uid: ada
        cn: Ada Example
        sn: Example
        userPassword: ada-secret

        dn: cn=staff,ou=groups,\(suffix)
        objectClass: groupOfNames
        cn: staff
        member: \(ada)

        """
}
