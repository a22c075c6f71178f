import Configuration
import LDAP
import Testing

@testable import Engine

/// Which strategies a server's words allow, and what is said of the one in use.
@Suite struct StrategyChoiceTests {
    private func choice(
        _ dialect: Dialect, contentSync: Bool = false, dirSync: Bool = false,
        holdsBases: Bool = true, wanted: String = "auto", requested: [String] = ["uid"],
        filter: String = "(objectClass=person)", roles: String? = nil
    ) throws -> StrategyChoice {
        StrategyChoice(
            try RuleExamples.directory(
                users: ["filter: \(filter)"], roles: roles, more: "sync: {strategy: \(wanted)}"),
            requested: requested.map { AttributeName(trusted: $0) },
            of: StrategyChoice.Server(
                changes: dialect.changes, offersContentSync: contentSync, offersDirSync: dirSync,
                holdsBases: holdsBases))
    }

    // MARK: What may be used

    @Test(
        arguments: [
            (.openldap, true, false, true, [.syncrepl, .modifyTimestamp, .full]),
            (.openldap, false, false, true, [.modifyTimestamp, .full]),
            (.openldap, true, false, false, [.modifyTimestamp, .full]),
            (.directoryServer389, true, false, true, [.syncrepl, .modifyTimestamp, .full]),
            (.freeIPA, true, false, true, [.syncrepl, .modifyTimestamp, .full]),
            // What no other server is known to keep its word with.
            (.openDJ, true, true, true, [.modifyTimestamp, .full]),
            (.eDirectory, true, true, true, [.modifyTimestamp, .full]),
            (.custom, true, true, true, [.modifyTimestamp, .full]),
            (.activeDirectory, false, true, true, [.dirsync, .modifyTimestamp, .full]),
            (.activeDirectory, true, false, true, [.modifyTimestamp, .full]),
            (.activeDirectory, false, true, false, [.modifyTimestamp, .full]),
        ] as [(Dialect, Bool, Bool, Bool, [SyncStrategy])])
    func `the best that the server offers comes first, and everything can be read in the end`(
        dialect: Dialect, contentSync: Bool, dirSync: Bool, holdsBases: Bool,
        candidates: [SyncStrategy]
    ) throws {
        #expect(
            try choice(
                dialect, contentSync: contentSync, dirSync: dirSync, holdsBases: holdsBases
            ).candidates == candidates)
    }

    @Test(
        arguments: [
            ("syncrepl", [.syncrepl, .modifyTimestamp, .full]),
            ("modifyTimestamp", [.modifyTimestamp, .syncrepl, .full]), ("full", [.full]),
            ("dirsync", [.syncrepl, .modifyTimestamp, .full]),
        ] as [(String, [SyncStrategy])])
    func `the one that the configuration wants comes first where it can be used`(
        wanted: String, candidates: [SyncStrategy]
    ) throws {
        #expect(
            try choice(.openldap, contentSync: true, wanted: wanted).candidates == candidates)
    }

    // MARK: memberOf

    @Test(
        arguments: [
            (["memberOf"], "(objectClass=person)", nil),
            (["MEMBEROF"], "(objectClass=person)", nil),
            (["uid"], "(memberOf=cn=staff,dc=example,dc=com)", nil),
            (["uid"], "(&(uid=*)(!(memberOf=*)))", nil),
            (["uid"], "(|(uid=a)(memberOf:caseIgnoreMatch:=x))", nil),
            (
                ["uid"], "(objectClass=person)",
                "{base: \"dc=example,dc=com\", filter: (objectClass=groupOfNames), name: memberOf}"
            ),
            (
                ["uid"], "(objectClass=person)",
                "{base: \"dc=example,dc=com\", filter: (memberOf=*)}"
            ),
        ] as [([String], String, String?)])
    func `whoever reads memberOf reads everything, but on 389, where the plugin's writes are told`(
        requested: [String], filter: String, roles: String?
    ) throws {
        let openldap = try choice(
            .openldap, contentSync: true, requested: requested, filter: filter, roles: roles)
        #expect(openldap.candidates == [.full])
        #expect(
            openldap.reason(for: .full)
                == "memberOf changes without any change of the entry being told")
        let domain = try choice(
            .activeDirectory, dirSync: true, requested: requested, filter: filter, roles: roles)
        #expect(domain.candidates == [.full])
        let other = try choice(
            .directoryServer389, contentSync: true, requested: requested, filter: filter,
            roles: roles)
        #expect(other.candidates == [.syncrepl, .full])
    }

    // MARK: What is said of it

    @Test(
        arguments: [
            (.openldap, true, true, .syncrepl, "the server offers content sync"),
            (.activeDirectory, false, true, .dirsync, "the server offers DirSync"),
            (.openldap, false, true, .modifyTimestamp, "the server offers no content sync"),
            (.openDJ, true, true, .modifyTimestamp, "the server offers no content sync"),
            (.openldap, true, false, .modifyTimestamp, "the bases are not all of one database"),
            (
                .activeDirectory, true, false, .modifyTimestamp,
                "the bases are not all of one naming context"
            ),
        ] as [(Dialect, Bool, Bool, SyncStrategy, String)])
    func `the strategy in use is explained`(
        dialect: Dialect, contentSync: Bool, holdsBases: Bool, strategy: SyncStrategy, why: String
    ) throws {
        let choice = try choice(
            dialect, contentSync: contentSync, dirSync: dialect.name == .activeDirectory,
            holdsBases: holdsBases)
        #expect(choice.candidates.first == strategy)
        #expect(choice.reason(for: strategy) == why)
        #expect(choice.remark(using: strategy) == nil)
    }

    @Test func `a server without DirSync is called so, not one without content sync`() throws {
        #expect(
            try choice(.activeDirectory).reason(for: .modifyTimestamp)
                == "the server offers no DirSync")
    }

    @Test func `a wish that can't be granted is said`() throws {
        let choice = try choice(.openldap, contentSync: true, wanted: "dirsync")
        #expect(
            choice.remark(using: .syncrepl)
                == "sync.strategy dirsync can't be used: the server offers no DirSync; syncrepl is "
                + "in use")
        let granted = try self.choice(.openldap, contentSync: true, wanted: "modifyTimestamp")
        #expect(granted.reason(for: .modifyTimestamp) == "sync.strategy wants it")
        #expect(granted.remark(using: .modifyTimestamp) == nil)
    }

    @Test func `what the server turns out not to offer is left out, the full read never`() throws {
        var choice = try choice(.openldap, contentSync: true, wanted: "syncrepl")
        choice.exclude(.syncrepl, because: "it answered 12")
        choice.exclude(.full, because: "never")
        #expect(choice.candidates == [.modifyTimestamp, .full])
        #expect(choice.reason(for: .modifyTimestamp) == "it answered 12")
        #expect(
            choice.remark(using: .modifyTimestamp)
                == "sync.strategy syncrepl can't be used: it answered 12; modifyTimestamp is in use"
        )
        choice.exclude(.modifyTimestamp, because: "it has none")
        #expect(choice.candidates == [.full])
        #expect(choice.reason(for: .full) == "it has none")
    }
}
