import Fixtures
import Ground
import Testing

/// What a sync's decisions need beside the lock's lab: a configuration of its own, and facts.
final class DecideLab {
    let lab: LockLab
    /// Lines below `hq`.
    var hq: [String] = []
    /// Lines at the top.
    var top = ""
    var recognise = "{employeeType: left}"

    init(_ hq: String..., change: (inout SlapdOptions) -> Void = { _ in }) throws {
        lab = try LockLab {
            $0.access = Self.access
            change(&$0)
        }
        self.hq = hq
        try configure()
    }

    /// Role groups and everything below `ou=people` are written by the service account.
    static let access = [
        "to dn.subtree=\"ou=people,\(SampleOrganisation.suffix)\""
            + " by dn.exact=\"\(Slapd.serviceDN)\" write by * read",
        "to attrs=member,uniqueMember,memberUid"
            + " by dn.exact=\"\(Slapd.serviceDN)\" write by * read",
        "to * by * read",
    ]

    func configure() throws {
        lab.configuration.more = """
            timeout: {connect: 2s, operation: 10s}
                \(hq.joined(separator: "\n    "))
                reasons: {left-organization: {recognise: \(recognise)}}
            """
        lab.configuration.top = top
        lab.configuration.write = "employeeType: left"
        try lab.configure()
    }

    func configure(_ lines: String...) throws {
        hq = lines
        try configure()
    }

    /// A run, held to its exit code.
    @discardableResult
    func sync(
        _ options: String..., exit: Int32 = 0, at location: SourceLocation = #_sourceLocation
    ) throws -> SyncAnswer {
        let end = try lab.start(["--json", "sync"] + options).wait()
        #expect(end.exitCode == exit, "\(end.stdout)\(end.stderr)", sourceLocation: location)
        let json = JSONValue(parsing: end.stdout) ?? .null
        return SyncAnswer(json: json, stderr: end.stderr)
    }

    /// A server with this one's entries, ids and all.
    var twinOptions: SlapdOptions {
        get throws {
            var options = lab.server.options
            options.data = try ChildProcess.run(
                "/usr/sbin/slapcat",
                ["-F", lab.server.folder.file("slapd.d"), "-b", SampleOrganisation.suffix]
            ).succeeded(at: "slapcat").stdout
            return options
        }
    }

    /// All that its entries say, an entry each; of the times only that they are there.
    func entries(of server: Slapd) throws -> [String] {
        let ldif = try server.tool(
            "ldapsearch",
            ["-LLL", "-o", "ldif-wrap=no", "-b", SampleOrganisation.suffix]
                + ["*", "pwdAccountLockedTime", "pwdEndTime"]
        ).succeeded(at: "ldapsearch").stdout
        return ldif.split(separator: "\n\n").map { entry in
            entry.split(separator: "\n").map {
                $0.hasPrefix("pwdEndTime: ") ? "pwdEndTime" : String($0)
            }.sorted().joined(separator: "\n")
        }.sorted()
    }

    /// When the directory was last read to its end, as `status` has it.
    var lastRead: JSONValue? {
        get throws { try lab.json("status")["directories"]?.array?.first?["lastRead"] }
    }

    func state(_ user: String) throws -> String? { try lab.show(user)["state"]?.string }

    func reason(_ user: String) throws -> String? { try lab.show(user)["lock"]?["reason"]?.string }

    /// Disables and enables as an administrator of the directory would.
    func disable(_ names: String...) throws {
        for name in names {
            try lab.change(
                LockLab.person(name),
                "replace: pwdAccountLockedTime\npwdAccountLockedTime: 000001010000Z")
        }
    }

    func enable(_ names: String...) throws {
        for name in names {
            let dn = LockLab.person(name)
            for attribute in ["pwdAccountLockedTime", "pwdEndTime"]
            where try !lab.server.values(attribute, of: dn).isEmpty {
                try lab.change(dn, "delete: \(attribute)")
            }
        }
    }

    func type(_ name: String, _ value: String) throws {
        try lab.change(LockLab.person(name), "replace: employeeType\nemployeeType: \(value)")
    }

    func join(_ name: String, _ group: String) throws {
        try lab.change(LockLab.group(group), "add: member\nmember: \(LockLab.person(name))")
    }
}

/// What `sync --json` said of the one directory.
struct SyncAnswer {
    let json: JSONValue
    let stderr: String

    var outcome: String? { json["outcome"]?.string }
    var plan: String? { json["plan"]?.string }
    var message: String? { json["error"]?["message"]?.string }

    /// DNs.
    var rejected: [String] {
        (hq?["rejected"]?.array ?? []).compactMap { $0["dn"]?.string }
    }

    subscript(count: String) -> Int64? { hq?[count]?.int }
    var error: String? { hq?["error"]?["message"]?.string }
    private var hq: JSONValue? { json["directories"]?.array?.first }

    /// What was carried out, without zeros.
    var changes: [String: Int64] {
        var found: [String: Int64] = [:]
        for key in ["locked", "deactivated", "reactivated", "drift"] {
            if let count = self[key], count > 0 { found[key] = count }
        }
        return found
    }
}
