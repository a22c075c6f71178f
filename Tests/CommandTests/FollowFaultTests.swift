import Fixtures
import Glibc
import Ground
import Testing

/// What goes wrong, or is changed, under one who follows.
struct FollowFaultTests {
    private let follow: FollowLab
    private var lab: CommandLab { follow.lab }

    init() throws { follow = try FollowLab() }

    @Test func `a configuration that is changed is used from then on`() throws {
        let child = try follow.start()
        try follow.waits("it follows") { follow.isFollowed(child) }
        try lab.configure {
            $0.replacing("attributes: [title]", with: "attributes: [title, description]")
        }
        child.signal(SIGHUP)
        try follow.waits("it is read") {
            child.errorsSoFar.contains("the configuration was read again")
        }
        try follow.set("description", "Keeper of the keys", of: "ada")
        try follow.waits("the new attribute is kept") {
            try lab.json("show", "ada")["attributes"]?["description"]?[0] == "Keeper of the keys"
        }
        #expect(!child.errorsSoFar.contains("error"), "\(child.errorsSoFar)")
    }

    @Test func `a full disk is told once, and what came meanwhile is not lost`() throws {
        let path = lab.folder.file("disk")
        try lab.configure { $0.replacing("store: store.db", with: "store: disk/store.db") }
        try ChildProcess.run("/bin/mkdir", ["-m", "700", path]).succeeded(at: "mkdir")
        try lab.run("sync").succeeded(at: "sync")
        // A disk of its own, in a mount namespace of its own, that ends with it.
        let child = try ChildProcess(
            "/usr/bin/unshare",
            ["--mount", "/bin/sh", "-c"] + [
                "mkdir \"$1.new\" && mount -t tmpfs -o size=4m,mode=700 none \"$1.new\" && "
                    + "cp -a \"$1/.\" \"$1.new\" && mount --bind \"$1.new\" \"$1\" && "
                    + "exec \"$0\" --config \"$2\" --verbose follow",
                try Products.lockstep(), path, lab.configuration,
            ],
            environment: ["TZ": "UTC"], folder: lab.folder.path)
        try follow.waits("it follows") { follow.isFollowed(child) }
        let seen = "/proc/\(child.pid)/root\(path)"
        _ = try ChildProcess.run("/bin/sh", ["-c", "cat /dev/zero >'\(seen)/fill'"])
        try follow.set("employeeType", "left", of: "ada")
        try follow.waits("it is told in \(child.errorsSoFar)") {
            child.errorsSoFar.contains("No space left on device")
        }
        usleep(3_000_000)
        #expect(
            child.errorsSoFar.ranges(of: "No space left on device").count == 1,
            "\(child.errorsSoFar)")
        try ChildProcess.run("/bin/rm", ["\(seen)/fill"]).succeeded(at: "rm")
        try follow.waits("she is locked") { child.errorsSoFar.contains("locked  ada") }
        try follow.waits("it is back") { child.errorsSoFar.contains("hq is followed again") }
    }

    @Test
    func `two may follow different directories, and a third who wants both learns who has one`()
        throws
    {
        try lab.configure(
            with: "branch", base: "ou=left,dc=example,dc=com",
            filter: "(objectClass=inetOrgPerson)")
        let first = try follow.start([:], ["--directory", "hq"])
        let second = try follow.start([:], ["--directory", "branch"])
        try follow.waits("both follow") {
            follow.isFollowed(first) && second.errorsSoFar.contains("branch is followed")
        }
        let third = try lab.run("follow")
        #expect(third.exitCode == 75)
        #expect(third.stderr.contains("hq is followed since "), "\(third.stderr)")
        try follow.title("Countess", of: "ada")
        try follow.waits("the title is known") { try follow.isKnown("Countess", of: "ada") }
        for child in [first, second] {
            child.signal(SIGTERM)
            #expect(try child.wait().exitCode == 0, "\(child.errorsSoFar)")
        }
    }

    @Test func `who is shown no role group any more finds that out by itself`() throws {
        let child = try follow.start()
        try follow.waits("it follows") { follow.isFollowed(child) }
        // The run that follows at once is over: from now on the server tells nothing.
        usleep(3_000_000)
        let rule =
            "{0}to dn.subtree=\"ou=groups,dc=example,dc=com\" by dn.exact=\"\(Slapd.serviceDN)\" "
            + "none by * break"
        try ChildProcess.run(
            "/usr/bin/ldapmodify",
            ["-x", "-H", lab.server.url, "-D", "cn=config", "-w", "config"],
            input: Array(
                """
                dn: olcDatabase={1}mdb,cn=config
                changetype: modify
                add: olcAccess
                olcAccess: \(rule)

                """.utf8)
        ).succeeded(at: "cn=config")
        let before = try lab.json("show", "ada")["roles"]
        try follow.waits("it is told in \(child.errorsSoFar)", for: 45) {
            child.errorsSoFar.contains(
                "error: hq: roles.base ou=groups,dc=example,dc=com does not exist at ")
        }
        #expect(try lab.json("show", "ada")["roles"] == before)
        #expect(try lab.json("status")["attention"] != [])
    }

    @Test func `people of a directory that is not configured any more are told of, once`() throws {
        try lab.configure(
            with: "branch", base: "ou=left,dc=example,dc=com",
            filter: "(objectClass=inetOrgPerson)")
        try lab.server.add(
            """
            dn: uid=zed,ou=left,dc=example,dc=com
            objectClass: inetOrgPerson
            uid: zed
            cn: zed
            sn: zed

            """)
        try lab.run("sync").succeeded(at: "sync")
        try lab.configure { $0 }
        let child = try follow.start()
        let words = "a user is of branch, which is not configured any more"
        try follow.waits("it is told in \(child.errorsSoFar)") {
            child.errorsSoFar.contains(words)
        }
        try follow.title("Countess", of: "ada")
        try follow.waits("the title is known") { try follow.isKnown("Countess", of: "ada") }
        usleep(500_000)
        #expect(child.errorsSoFar.ranges(of: words).count == 1)
    }

    @Test func `how it stands says what needs a person`() throws {
        let manager = try DatagramSocket(at: lab.folder.file("notify"))
        let child = try follow.start(["NOTIFY_SOCKET": lab.folder.file("notify")])
        try follow.waits("nothing does, of \(manager.heard)") {
            manager.heard.contains("STATUS=hq is followed")
        }
        try lab.server.add(
            """
            dn: cn=nobody,ou=people,dc=example,dc=com
            objectClass: inetOrgPerson
            cn: nobody
            sn: nobody

            """)
        try follow.waits("an entry without a username does") {
            manager.heard.last { $0.hasPrefix("STATUS=") }?.hasSuffix("; 1 thing needs a person")
                == true
        }
        #expect(child.isRunning)
    }

    @Test(arguments: [
        (
            "receivers: {desk: {run: [/usr/bin/true], timeout: 25s}}",
            "receivers.desk.timeout is longer than half of the watchdog's time"
        ),
        (
            "authorities: {staff-ca: {certificate: CA, tell: {run: [/usr/bin/true]}}}",
            "authorities.staff-ca.tell.run may take 30 s, which is longer than half of the "
                + "watchdog's time"
        ),
    ])
    func `what a watchdog would take for a hang is refused`(lines: String, says: String) throws {
        let authority = try CertificateAuthority()
        let more = lines.replacing("CA", with: authority.certificate)
        try lab.configure { $0 + more + "\n" }
        let child = try follow.start(["WATCHDOG_USEC": "40000000"])
        let end = try child.wait()
        #expect(end.exitCode == 78)
        #expect(end.stderr.contains(says), "\(end.stderr)")
    }

    @Test func `the watchdog hears nothing of one that hangs, and TERM ends it all the same`()
        throws
    {
        let proxy = try TCPProxy(to: lab.server.port)
        try lab.configure {
            $0.replacing(
                "uri: \(lab.server.url)",
                with: "uri: \(proxy.url)\n    timeout: {connect: 8s, operation: 8s}\n"
                    + "    sync: {strategy: modifyTimestamp, every: 1s}")
        }
        let manager = try DatagramSocket(at: lab.folder.file("notify"))
        let child = try follow.start([
            "NOTIFY_SOCKET": lab.folder.file("notify"), "WATCHDOG_USEC": "1500000",
        ])
        func pings() -> Int { manager.heard.count { $0 == "WATCHDOG=1" } }
        try follow.waits("it lives") { pings() > 3 }
        proxy.set(.stall)
        // By then a run has begun, and waits for the answer to its bind.
        usleep(2_500_000)
        let before = pings()
        usleep(3_000_000)
        #expect(pings() == before)
        child.signal(SIGTERM)
        #expect([0, 75].contains(try child.wait().exitCode), "\(child.errorsSoFar)")
    }
}
