internal import Foundation
internal import Glibc

/// An instance with ``SampleOrganisation`` in it, made once for each build and copied from then on.
///
/// Making one takes seconds, a copy does not. Needs the Debian packages 389-ds-base, libnss3-tools and
/// ldap-utils, and no systemd: lib389 reads all paths from a `defaults.inf` that names a folder of ours.
enum DirectoryServer389Original {
    static let instance = "test"

    /// Puts a copy of the instance into `folder`, which may be there already.
    static func copy(to folder: String) throws {
        let original = try original()
        // All of it: without the database's own region files the server finds its log ahead of it.
        try ChildProcess.run("cp", ["-a", "--", original + "/.", folder])
            .succeeded(at: "the copy of \(original)")
        let former = try String(contentsOfFile: folder + "/made-in", encoding: .utf8)
        for file in ["dse.ldif", "pkcs11.txt"] {
            let path = "\(folder)/etc/dirsrv/slapd-\(instance)/\(file)"
            // LDIF breaks long lines, in the middle of a path as well.
            try String(contentsOfFile: path, encoding: .utf8).replacing("\n ", with: "")
                .replacing(former, with: folder)
                .write(toFile: path, atomically: true, encoding: .utf8)
        }
    }

    /// The folder of the original; made by whoever comes first, the others wait.
    private static func original() throws -> String {
        let cache = try Products.cache("389ds")
        let whole = try "\(cache)/\(name())"
        let lock = try FileLock(cache + "/lock")
        defer { withExtendedLifetime(lock) {} }
        let files = FileManager.default
        if files.fileExists(atPath: whole) { return whole }
        for other in try files.contentsOfDirectory(atPath: cache) where other != "lock" {
            try files.removeItem(atPath: "\(cache)/\(other)")
        }
        // A short path: that of the server's socket may not be longer than 107 octets.
        let folder = try TemporaryFolder("389ds")
        try make(in: folder)
        // Under another name until it is whole: this process may be killed on the way.
        let begun = whole + ".begun"
        try ChildProcess.run("cp", ["-a", "--", folder.path, begun]).succeeded(at: "cp")
        try files.moveItem(atPath: begun, toPath: whole)
        return whole
    }

    private static var data: String {
        var organisation = SampleOrganisation()
        organisation.policies = false
        return organisation.ldif
    }

    /// The service account may do everything; people may read.
    private static let access = """
        dn: \(SampleOrganisation.suffix)
        changetype: modify
        add: aci
        aci: (targetattr="*")(version 3.0; acl "service"; allow (all)
          userdn="ldap:///\(Slapd.serviceDN)";)
        aci: (targetattr!="userPassword")(version 3.0; acl "people";
          allow (read, search, compare) userdn="ldap:///all";)

        dn: cn=changelog
        changetype: modify
        add: aci
        aci: (targetattr="*")(version 3.0;
          acl "service"; allow (read, search, compare) userdn="ldap:///\(Slapd.serviceDN)";)

        """

    /// Of the program's version and of what is put into the directory.
    private static func name() throws -> String {
        try requirePrograms()
        let version = try ChildProcess.run("/usr/sbin/ns-slapd", ["-v"]).stdout
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for octet in (version + data + access + "\(geteuid())").utf8 {
            hash = (hash ^ UInt64(octet)) &* 0x100_0000_01b3
        }
        return "instance-" + String(hash, radix: 16)
    }

    private static func make(in folder: TemporaryFolder) throws {
        for name in [
            "share/dirsrv/inf", "etc/default", "run", "lock", "log", "tmp", "lib", "shm", "inst",
        ] {
            try folder.makeFolder(name)
        }
        try copyDefaults(to: folder)
        let user = try ChildProcess.run("id", ["-un"]).succeeded(at: "id").stdout
            .filter { !$0.isWhitespace }
        let group = try ChildProcess.run("id", ["-gn"]).succeeded(at: "id").stdout
            .filter { !$0.isWhitespace }
        try writePaths(in: folder, user: user, group: group)
        let port = try LoopbackSocket.freePort()
        let tlsPort = try LoopbackSocket.freePort()
        try folder.write(
            answers(port: port, tlsPort: tlsPort, user: user, group: group), to: "answers.inf")
        try ChildProcess.run(
            "/usr/sbin/dscreate", ["from-file", folder.file("answers.inf")],
            environment: ["PREFIX": folder.path], seconds: 300
        ).succeeded(at: "dscreate")
        try folder.write(folder.path, to: "made-in")
        let server = try DirectoryServer389(madeIn: folder, port: port, tlsPort: tlsPort)
        try server.add(data)
        try server.modify(access)
        try server.stop()
    }

    /// What is common to a machine's instances; without the right to read it, as little as will do.
    private static func copyDefaults(to folder: TemporaryFolder) throws {
        for part in ["schema", "config"] {
            let source = "/etc/dirsrv/\(part)"
            if FileManager.default.isReadableFile(atPath: source + "/.") {
                try folder.makeFolder("etc/dirsrv")
                try ChildProcess.run("cp", ["-r", source, folder.file("etc/dirsrv/\(part)")])
                    .succeeded(at: "the copy of \(source)")
            } else {
                try folder.makeFolder("etc/dirsrv/\(part)")
            }
        }
        for (name, text) in [
            ("schema/99user.ldif", "dn: cn=schema\n"),
            ("config/certmap.conf", "certmap default default\n"),
            ("config/slapd-collations.conf", ""),
        ] where !FileManager.default.fileExists(atPath: folder.file("etc/dirsrv/\(name)")) {
            try folder.write(text, to: "etc/dirsrv/\(name)")
        }
    }

    private static func writePaths(
        in folder: TemporaryFolder, user: String, group: String
    ) throws {
        let path = folder.path
        let own = [
            "with_systemd": "0", "prefix": path, "tmp_dir": path + "/tmp",
            "sysconf_dir": path + "/etc", "initconfig_dir": path + "/etc/default",
            "local_state_dir": path, "user": user, "group": group,
            "inst_dir": path + "/inst/slapd-{instance_name}",
        ]
        let places = [
            ("/etc/dirsrv", "/etc/dirsrv"), ("/run/dirsrv", "/run"), ("/run/slapd-", "/run/slapd-"),
            ("/run/lock/dirsrv", "/lock"), ("/var/log/dirsrv", "/log"), ("/var/lib/dirsrv", "/lib"),
            ("/dev/shm", "/shm"),
        ]
        let defaults = try String(
            contentsOfFile: "/usr/share/dirsrv/inf/defaults.inf", encoding: .utf8)
        let lines = defaults.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let parts = line.split(separator: " = ", maxSplits: 1)
            guard parts.count == 2 else { return String(line) }
            if let value = own[String(parts[0])] { return "\(parts[0]) = \(value)" }
            guard let place = places.first(where: { parts[1].hasPrefix($0.0) }) else {
                return String(line)
            }
            return "\(parts[0]) = \(path)\(place.1)\(parts[1].dropFirst(place.0.count))"
        }
        try folder.write(lines.joined(separator: "\n"), to: "share/dirsrv/inf/defaults.inf")
    }

    private static func answers(
        port: UInt16, tlsPort: UInt16, user: String, group: String
    ) -> String {
        """
        [general]
        config_version = 2
        full_machine_name = localhost
        strict_host_checking = False
        selinux = False
        systemd = False
        start = False

        [slapd]
        instance_name = \(instance)
        port = \(port)
        secure_port = \(tlsPort)
        root_dn = \(DirectoryServer389.managerDN)
        root_password = \(DirectoryServer389.managerPassword)
        self_sign_cert = True
        user = \(user)
        group = \(group)

        [backend-userroot]
        suffix = \(SampleOrganisation.suffix)
        sample_entries = no

        """
    }

    private static func requirePrograms() throws {
        let programs = [
            ("/usr/sbin/ns-slapd", "389-ds-base"), ("/usr/sbin/dscreate", "389-ds-base"),
            ("/usr/bin/certutil", "libnss3-tools"), ("/usr/bin/ldapsearch", "ldap-utils"),
        ]
        for (program, package) in programs
        where !FileManager.default.isExecutableFile(atPath: program) {
            throw FixtureError("\(program) is missing: apt-get install \(package)")
        }
    }
}
