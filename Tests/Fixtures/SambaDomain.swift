internal import Foundation
internal import Glibc

/// A domain with ``SambaOrganisation`` in it, provisioned once for each build and copied from then on.
///
/// Provisioning takes seconds, a copy does not. Needs root, and the Debian packages samba, samba-ad-dc,
/// samba-dsdb-modules, samba-ad-provision, samba-common-bin, ldb-tools and iproute2.
enum SambaDomain {
    static let realm = "EXAMPLE.COM"
    static let workgroup = "EXAMPLE"
    static let host = "DC1"

    /// Puts a copy of the domain into `folder`, which may be there already.
    static func copy(to folder: String) throws {
        let original = try original()
        try ChildProcess.run("cp", ["-a", "--", original + "/.", folder])
            .succeeded(at: "the copy of \(original)")
    }

    /// The folder of the provisioned domain; made by whoever comes first, the others wait.
    private static func original() throws -> String {
        let cache = try Products.cache("samba")
        let name = try name()
        let whole = "\(cache)/\(name)"
        let lock = try FileLock(cache + "/lock")
        defer { withExtendedLifetime(lock) {} }
        let files = FileManager.default
        if files.fileExists(atPath: whole) { return whole }
        for other in try files.contentsOfDirectory(atPath: cache) where other != "lock" {
            try files.removeItem(atPath: "\(cache)/\(other)")
        }
        // Under another name until it is whole: this process may be killed on the way.
        let begun = whole + ".begun"
        try provision(begun)
        try files.moveItem(atPath: begun, toPath: whole)
        return whole
    }

    /// Of the program's version and of what is put into the domain.
    private static func name() throws -> String {
        try requirePrograms()
        let version = try ChildProcess.run("/usr/sbin/samba", ["--version"])
            .succeeded(at: "samba --version").stdout
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for octet in (version + SambaOrganisation.ldif).utf8 {
            hash = (hash ^ UInt64(octet)) &* 0x100_0000_01b3
        }
        return "domain-" + String(hash, radix: 16)
    }

    private static func provision(_ folder: String) throws {
        let files = FileManager.default
        try files.createDirectory(atPath: folder + "/etc", withIntermediateDirectories: true)
        // Empty, else the machine's own smb.conf would be the one that it starts from.
        try "".write(toFile: folder + "/etc/smb.conf", atomically: false, encoding: .utf8)
        try ChildProcess.run(
            "/usr/bin/samba-tool",
            ["domain", "provision", "-s", folder + "/etc/smb.conf", "--targetdir=\(folder)"]
                + ["--realm=\(realm)", "--domain=\(workgroup)", "--server-role=dc"]
                + ["--adminpass=\(Samba.administratorPassword)", "--dns-backend=NONE"]
                + ["--host-name=\(host.lowercased())", "--host-ip=127.0.0.1"],
            seconds: 300
        ).succeeded(at: "samba-tool domain provision")
        try prepare(folder, SambaOptions())
        try edit("ldbadd", SambaOrganisation.ldif, in: folder)
        try edit("ldbmodify", SambaOrganisation.changes, in: folder)
    }

    /// The files that name the folder or depend on the options.
    static func prepare(_ folder: String, _ options: SambaOptions) throws {
        let files = FileManager.default
        for name in ["log", "cache", "tls", "run/winbindd", "run/ncalrpc"] {
            try files.createDirectory(
                atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
        }
        try SambaConfiguration(folder: folder, options: options).text
            .write(toFile: folder + "/etc/smb.conf", atomically: true, encoding: .utf8)
        let certificates = try Certificates.shared.get()
        let name = options.certificate.rawValue
        for (source, target) in [
            (certificates.ca, "ca.pem"), (certificates.certificate(name), "cert.pem"),
            (certificates.key(name), "key.pem"),
        ] {
            let made = files.createFile(
                atPath: "\(folder)/tls/\(target)", contents: files.contents(atPath: source),
                // With any other mode of the key, Samba serves no LDAP at all.
                attributes: [.posixPermissions: 0o600])
            guard made else { throw FixtureError("cannot write \(target)") }
        }
    }

    /// Carries LDIF out in the files of a server that is not running; `isRelaxed`: also what it would refuse.
    static func edit(
        _ tool: String, _ ldif: String, in folder: String, isRelaxed: Bool = false
    ) throws {
        guard !ldif.isEmpty else { return }
        let file = folder + "/edit.ldif"
        try ldif.write(toFile: file, atomically: true, encoding: .utf8)
        defer { unsafe unlink(file) }
        try ChildProcess.run(
            "/usr/bin/\(tool)",
            (isRelaxed ? ["--relax"] : [])
                + ["--configfile=\(folder)/etc/smb.conf", "-H", folder + "/private/sam.ldb", file],
            seconds: 300
        ).succeeded(at: tool)
    }

    /// Makes it a read-only domain controller, or a writable one again, once it is started.
    ///
    /// Past the rules of the domain: a read-only one would not let itself be changed back.
    static func setReadOnly(_ isReadOnly: Bool, in folder: String) throws {
        let configuration = "CN=Configuration,\(SambaOrganisation.suffix)"
        let server = "CN=\(host),CN=Servers,CN=Default-First-Site-Name,CN=Sites,\(configuration)"
        let file = folder + "/edit.ldif"
        try """
        dn: CN=NTDS Settings,\(server)
        changetype: modify
        replace: objectCategory
        objectCategory: CN=NTDS-DSA\(isReadOnly ? "-RO" : ""),CN=Schema,\(configuration)

        """.write(toFile: file, atomically: true, encoding: .utf8)
        defer { unsafe unlink(file) }
        let partition = "\(folder)/private/sam.ldb.d/\(configuration.uppercased()).ldb"
        try ChildProcess.run("/usr/bin/ldbmodify", ["-H", "tdb://" + partition, file])
            .succeeded(at: "ldbmodify of a partition")
    }

    private static func requirePrograms() throws {
        guard geteuid() == 0 else {
            throw FixtureError("a Samba domain can be provisioned by root alone")
        }
        let programs = [
            ("/usr/sbin/samba", "samba"), ("/usr/bin/samba-tool", "samba-common-bin"),
            ("/usr/share/samba/setup/provision.ldif", "samba-ad-provision"),
            ("/usr/bin/ldbmodify", "ldb-tools"), ("/usr/bin/ldapsearch", "ldap-utils"),
        ]
        for (program, package) in programs
        where !FileManager.default.fileExists(atPath: program) {
            throw FixtureError("\(program) is missing: apt-get install \(package)")
        }
    }
}
