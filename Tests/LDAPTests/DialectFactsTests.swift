import Foundation
import LDAP
import Testing

/// In what the products differ: a row each, and what it leaves out is as most servers have it.
@Suite struct DialectFactsTests {
    struct Facts: Equatable, Sendable {
        /// A group that the RFCs want to have members must have one here.
        var needsMember = true
        var emptyGroups = Dialect.EmptyGroups.untold
        var rights = Dialect.RightsSource.untold
        var changes = Dialect.ChangeSource.timestamps
        /// What the server refuses under every policy, or `by policy`.
        var refused: String?
        var clock: String?
        var grant = "Grant it on the server."
        var roles: [String] = []
        var logins: [String] = []
        var others: Set<String> = []
    }

    private static let of389 = Facts(
        needsMember: false, emptyGroups: .effectiveRights, rights: .effectiveRights,
        changes: .changelog, refused: "an account with nsAccountLock",
        clock: "currentTime of cn=monitor", grant: "Grant write to mail with an aci.",
        roles: ["nsRoleDN", "nsRole"], others: ["matches uids in any case"])
    private static let ofOpenDS = Facts(
        needsMember: false, rights: .effectiveRights, clock: "currentTime of cn=monitor")

    static let table: [(Dialect, Facts)] = [
        (
            .openldap,
            Facts(
                rights: .attempts, changes: .contextCSN, refused: "by policy",
                clock: "monitorTimestamp of cn=Current,cn=Time,cn=Monitor",
                grant:
                    "Grant write to attrs=mail with olcAccess, at {0} and ending in `by * break`: "
                    + "the first rule that fits is the one that answers.",
                others: [
                    "fills dynamic groups", "matches uids in any case", "lets certificates in",
                    "olcLimits, size.prtotal and time",
                ])
        ),
        (.directoryServer389, of389),
        (.freeIPA, of389),
        (
            .activeDirectory,
            Facts(
                needsMember: false, emptyGroups: .memberOf, rights: .allowedAttributes,
                changes: .updateNumbers, refused: "a disabled account",
                clock: "currentTime of ", grant: "Delegate Write mail to the account.",
                logins: ["userPrincipalName", "sAMAccountName"],
                others: [
                    "names entries by id", "has primary groups", "empties groups untold",
                    "returns ranges", "has domains", "always shows state",
                ])
        ),
        (.eDirectory, Facts(needsMember: false)),
        (.openDJ, ofOpenDS),
        (.pingDirectory, ofOpenDS),
        (.ibmSDS, Facts()),
        (.custom, Facts(others: ["is disabled by reasons"])),
    ]

    @Test(arguments: table)
    func `a dialect differs in these`(dialect: Dialect, expected: Facts) {
        #expect(facts(of: dialect) == expected)
    }

    @Test func `every dialect that the configuration knows stands in the table`() {
        #expect(Self.table.map(\.0.name) == Dialect.Name.allCases)
        #expect(Dialect.all.map(\.name) == Dialect.Name.allCases)
    }

    @Test(arguments: [
        (["top", "groupOfNames"], true), (["GROUPOFUNIQUENAMES"], true), (["posixGroup"], false),
        (["groupOfMembers"], false), ([], false),
    ])
    func `only two classes of groups must have a member`(classes: [String], isRequired: Bool) {
        #expect(Dialect.openldap.requiresMember(classes: classes) == isRequired)
        #expect(!Dialect.directoryServer389.requiresMember(classes: classes))
    }

    @Test(arguments: Dialect.all)
    func `a direct name is made of the id, where there is one`(dialect: Dialect) {
        let id = EntryID("0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0")
        let name = dialect.directName(of: id)?.text
        #expect(name == (dialect.name == .activeDirectory ? "<GUID=\(id)>" : nil))
    }

    /// A rule asks for a difference: then a new product is one new file.
    @Test func `no code outside the dialects' folder compares a dialect or names a product`() throws
    {
        let sources = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")
        let files = try #require(
            FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
        let products = Dialect.Name.allCases.map { "\($0)" }.joined(separator: "|")
        let naming = try Regex(
            #"\.(\#(products))\b|\bdialect(\.name)? *(==|!=) *\.|switch [^.]*\bdialect(\.name)? \{"#
        )
        var seen = 0
        for case let file as URL in files where file.pathExtension == "swift" {
            if file.path.contains("/Sources/LDAP/Dialects/") { continue }
            seen += 1
            for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            where line.contains(naming) {
                Issue.record("\(file.lastPathComponent): \(line)")
            }
        }
        #expect(seen > 100)
    }

    private func facts(of dialect: Dialect) -> Facts {
        let others: [(String, Bool)] = [
            ("fills dynamic groups", dialect.fillsDynamicGroups),
            ("matches uids in any case", dialect.matchesUidsInAnyCase),
            ("lets certificates in", dialect.letsCertificatesIn),
            ("names entries by id", dialect.namesEntriesByID),
            ("has primary groups", dialect.hasPrimaryGroups),
            ("empties groups untold", dialect.emptiesGroupsUntold),
            ("returns ranges", dialect.returnsRanges),
            ("has domains", dialect.hasDomains),
            ("always shows state", dialect.alwaysShowsState),
            ("is disabled by reasons", dialect.isDisabledByReasons),
        ]
        let refused: String? =
            switch dialect.refusal {
            case .always(let what): what
            case .byPolicy: "by policy"
            case .unknown: nil
            }
        return Facts(
            needsMember: dialect.requiresMember(classes: ["groupOfNames"]),
            emptyGroups: dialect.emptyGroups, rights: dialect.rights, changes: dialect.changes,
            refused: refused, clock: dialect.clock.map { "\($0.attribute) of \($0.entry)" },
            grant: dialect.grant(AttributeName(trusted: "mail")),
            roles: dialect.roleAttributes.map(\.spelling),
            logins: dialect.loginNames.map(\.spelling),
            others: Set(others.filter(\.1).map(\.0) + [dialect.limitSettings].compactMap(\.self)))
    }
}
