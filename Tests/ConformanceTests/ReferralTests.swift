import Fixtures
import Ground
import Identity
import Testing

/// Entries that refer to other servers, below the bases of the configuration.
@Suite struct ReferralTests {
    private static let suffix = SampleOrganisation.suffix

    private func referral(_ dn: String, to place: TCPProxy) -> String {
        let name = dn.prefix { $0 != "," }.split(separator: "=").last ?? ""
        return """
            dn: \(dn)
            objectClass: referral
            objectClass: extensibleObject
            \(dn.prefix { $0 != "=" }): \(name)
            ref: \(place.url)/\(dn)


            """
    }

    /// How many of the two units the server names to whoever searches as a sync does.
    ///
    /// 389 3.1.2 with LMDB, its default there, names none below the base unless the filter is `(objectClass=*)`.
    private func told(by server: any DirectoryServer) throws -> Int {
        let groups = "(|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames))"
        return try [("people", "(objectClass=inetOrgPerson)"), ("groups", groups)].count {
            (unit, filter) in
            try server.tool("ldapsearch", ["-b", "ou=\(unit),\(Self.suffix)", filter, "1.1"])
                .stdout.contains("\nref: ")
        }
    }

    @Test(arguments: [DirectoryKind.openldap, .directoryServer389])
    func `they are nobody and are named, nobody is gone for them, and nobody is asked there`(
        kind: DirectoryKind
    ) throws {
        let lab = try ConformanceLab(kind)
        let elsewhere = try TCPProxy(to: lab.server.port)
        try lab.sync()
        let names = ["ou=east,ou=people,\(Self.suffix)", "ou=east,ou=groups,\(Self.suffix)"]
        try lab.server.add(names.map { referral($0, to: elsewhere) }.joined())
        let told = try told(by: lab.server)
        for options in [["--full"], []] {
            try lab.change(
                lab.directory.person("ben"),
                "replace: mail\nmail: ben\(options.count)@example.com\n")
            let end = try lab.start(["--json", "sync"] + options).wait()
            #expect(end.exitCode == 0, "\(end.stdout)\(end.stderr)")
            let report = try #require(JSONValue(parsing: end.stdout)?["directories"]?[0])
            #expect(report["full"] == .bool(!options.isEmpty))
            #expect((report["missing"], report["updated"]) == (0, 1), "\(report.text)")
            #expect(report["rejected"] == [])
            #expect(
                options.isEmpty || told < 2
                    || end.stderr.contains("2 entries refer to other servers"), "\(end.stderr)")
        }
        // One who is now referred to is not there any more.
        try lab.server.delete(lab.directory.person("lars"))
        try lab.server.add(referral(lab.directory.person("lars"), to: elsewhere))
        #expect(try lab.sync()["missing"] == 1)
        for unknown in ["uid=zoe,\(names[0])", names[0]] {
            try lab.lock(unknown, exit: 67)
        }
        #expect(try lab.lock("ada")["outcome"] == "completed")
        try lab.expectLocked("ada")
        #expect(elsewhere.bytesFromServer == 0)
    }
}
