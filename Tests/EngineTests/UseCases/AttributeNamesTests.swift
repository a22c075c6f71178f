import Fixtures
import Foundation
import Ground
import Identity
import Testing

/// Aliases of the schema in the configuration, one attribute by two names, passwords by another name.
@Suite struct AttributeNamesTests {
    private let ada = LockLab.person("ada")

    private func makeLab(
        map: String = "rfc822Mailbox", write: String, recognise: String,
        _ change: (inout SlapdOptions) -> Void = { _ in }
    ) throws -> LockLab {
        let lab = try LockLab {
            $0.access = DecideLab.access
            change(&$0)
        }
        lab.configuration.write = write
        lab.configuration.recognise = "recognise: \(recognise)"
        let text = lab.configuration.text(url: lab.proxy.url)
            .replacing("familyName: sn", with: "familyName: surname")
            .replacing("mail: \"{mail|lowercase}\"", with: "mail: \(map)")
            .replacing("      name: cn", with: "      name: commonName")
        try lab.folder.write(text, to: "lockstep.yaml")
        return lab
    }

    @Test func `an alias is mapped, written, seen done, and what stood there is given back`() throws
    {
        let lab = try makeLab(
            write: "rfc822Mailbox: left@example.com", recognise: "{rfc822Mailbox: left@example.com}"
        )
        let before = try lab.values(of: ada, "mail")
        #expect(before.count == 1)
        try lab.sync()
        #expect(try lab.show("ada")["mail"]?.string == before[0])
        #expect(try lab.show("ada")["familyName"]?.string?.isEmpty == false)
        let plan = try lab.run("lock", "ada", "--reason", "left-organization", "--dry-run")
        #expect(
            plan.stdout.contains("rfc822Mailbox: \(before[0]) → left@example.com"), "\(plan.stdout)"
        )
        #expect(try lab.lock("ada").outcome == "completed")
        #expect(try lab.values(of: ada, "mail") == ["left@example.com"])
        try lab.sync()
        try lab.succeed("sync", "--check")
        #expect(try lab.unlock().outcome == "completed")
        #expect(try lab.values(of: ada, "mail") == before)
        try lab.sync()
        #expect(try lab.show("ada")["state"] == "active")
    }

    @Test func `one attribute by two names counts under both`() throws {
        let lab = try makeLab(
            map: "mail", write: "rfc822Mailbox: left@example.com",
            recognise: "{0.9.2342.19200300.100.1.3: left@example.com}")
        let before = try lab.values(of: ada, "mail")
        try lab.sync()
        #expect(try lab.lock("ada").outcome == "completed")
        // What the unlock gives back is recognised no more, by whichever name it is looked for.
        #expect(try lab.unlock().outcome == "completed")
        #expect(try lab.values(of: ada, "mail") == before)
        try lab.change(LockLab.person("ben"), "replace: mail\nmail: left@example.com")
        try lab.sync()
        #expect(try lab.show("ben")["lock"]?["reason"] == "left-organization")
        let again = try lab.json("unlock", "ben", "--reason", "cleared", "--yes", exit: 65)
        #expect(again["error"]?["message"]?.string?.contains("at once") == true, "\(again.text)")
    }

    @Test func `a name of an administrator's own is resolved by the server's schema`() throws {
        let lab = try makeLab(
            map: "exampleAddress", write: "exampleStanding: left",
            recognise: "{exampleState: left}"
        ) {
            $0.extraConfig.append(Self.schema)
        }
        try lab.change(
            ada,
            "add: objectClass\nobjectClass: exampleObject\n-\nadd: exampleState\n"
                + "exampleState: here\n-\nadd: exampleMail\nexampleMail: ada@example.org")
        try lab.sync()
        #expect(try lab.show("ada")["mail"] == "ada@example.org")
        #expect(try lab.lock("ada").outcome == "completed")
        #expect(try lab.values(of: ada, "exampleState") == ["left"])
        #expect(try lab.unlock().outcome == "completed")
        #expect(try lab.values(of: ada, "exampleState") == ["here"])
    }

    @Test func `a password by another of its names is never read, and may only be deleted`() throws
    {
        let lab = try makeLab(
            write: "exampleSecret: null", recognise: "{employeeType: left}"
        ) {
            $0.extraConfig.append(Self.schema)
        }
        try lab.change(
            ada,
            "add: objectClass\nobjectClass: exampleObject\n-\nadd: examplePassword\n"
                + "examplePassword: swordfish")
        try lab.sync()
        let lock = try lab.lock("ada")
        #expect(lock.outcome == "completed", "\(lock.json.text)")
        #expect(try lab.values(of: ada, "examplePassword").isEmpty)
        #expect(try lab.unlock().outcome == "completed")
        #expect(try lab.values(of: ada, "examplePassword").isEmpty)
        #expect(try !lab.json("store", "export").text.contains("swordfish"))

        let text = try String(
            contentsOfFile: lab.folder.file("lockstep.yaml"), encoding: .utf8)
        try lab.folder.write(
            text.replacing("exampleSecret: null", with: "exampleSecret: new"), to: "lockstep.yaml")
        let set = try lab.lock("ben", exit: 75)
        #expect(
            set.errors(.writeReason).first?.message?.hasSuffix(
                "exampleSecret is a password by the server's schema, and may only be deleted")
                == true, "\(set.json.text)")
        try lab.folder.write(
            text.replacing("mail: rfc822Mailbox", with: "mail: exampleSecret"), to: "lockstep.yaml")
        let sync = try lab.json("sync", exit: 69)
        #expect(
            sync["directories"]?[0]?["error"]?["message"]?.string?.contains(
                "exampleSecret is a password by the server's schema, and is never read") == true,
            "\(sync.text)")
        let check = try lab.json("check", exit: 78).array ?? []
        #expect(
            check.contains {
                $0["check"] == "map" && $0["state"] == "failed"
                    && $0["message"]?.string?.contains("is a password by the schema") == true
            })
    }

    private static let schema = """
        dn: cn=example,cn=schema,cn=config
        objectClass: olcSchemaConfig
        cn: example
        olcAttributeTypes: ( 1.3.6.1.4.1.32473.1.1 NAME ( 'exampleState' 'exampleStanding' )
          EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )
        olcAttributeTypes: ( 1.3.6.1.4.1.32473.1.2 NAME ( 'exampleMail' 'exampleAddress' )
          EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )
        olcAttributeTypes: ( 1.3.6.1.4.1.32473.1.3 NAME ( 'examplePassword' 'exampleSecret' )
          EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )
        olcObjectClasses: ( 1.3.6.1.4.1.32473.2.1 NAME 'exampleObject' AUXILIARY
          MAY ( exampleState $ exampleMail $ examplePassword ) )

        """
}
