internal import Ground

/// One kind of directory server, as far as it differs from others: data, a file for each product.
///
/// A rule asks for the difference (`allowsEmptyGroups`) and never which product it is: two dialects can't
/// be compared. What a product's file leaves out is as most servers have it. A class, so that reading a
/// million entries hands on one reference, and copies nothing.
package final class Dialect: Sendable, CustomStringConvertible {
    /// What `dialect` is set to in the configuration, and what the store keeps.
    package enum Name: String, Sendable, CaseIterable {
        case openldap
        case directoryServer389 = "389ds"
        case freeIPA = "freeipa"
        case activeDirectory
        case eDirectory
        case openDJ
        case pingDirectory
        case ibmSDS
        case custom

        package var dialect: Dialect {
            switch self {
            case .openldap: .openldap
            case .directoryServer389: .directoryServer389
            case .freeIPA: .freeIPA
            case .activeDirectory: .activeDirectory
            case .eDirectory: .eDirectory
            case .openDJ: .openDJ
            case .pingDirectory: .pingDirectory
            case .ibmSDS: .ibmSDS
            case .custom: .custom
            }
        }
    }

    package let name: Name
    /// By what a server shows that it is of this kind.
    let marks: Marks
    /// How an account is disabled, enabled and read back.
    let account: any AccountRules
    /// The attribute that names an entry for ever: operational, so ask for it by name.
    package let idAttribute: AttributeName
    let idForm: IDForm
    /// A name made of its id (`DN.guid`) finds an entry wherever it is, and binds a write to it.
    package let namesEntriesByID: Bool
    /// The attributes of an entry that give it roles, besides groups.
    package let roleAttributes: [AttributeName]
    /// What an account signs in by besides the username.
    package let loginNames: [AttributeName]
    /// What this product's result codes say besides what RFC 4511 has them say.
    let answers: Answers

    /// Whether a `groupOfNames` or `groupOfUniqueNames` may be without members, which RFC 4519, 3.5 and 3.6
    /// do not allow.
    package let allowsEmptyGroups: Bool
    /// By what an empty group is told from one whose members the bind DN may not see.
    package let emptyGroups: EmptyGroups
    /// Whom the search of a dynamic group finds is shown, or stored, as its members.
    package let fillsDynamicGroups: Bool
    /// `memberUid` may be searched by a rule that ignores case, though its own does not.
    package let matchesUidsInAnyCase: Bool
    /// Accounts of the server's own, and of computers, that look like people's; nil: there are none.
    package let impersonalAccounts: Filter?
    /// Each account has a group that neither its `member` nor the account's `memberOf` tells of.
    package let hasPrimaryGroups: Bool
    /// Who is deleted is out of all groups, and no change of a group is told.
    package let emptiesGroupsUntold: Bool

    /// What a server of this kind may tell changes by.
    package let changes: ChangeSource
    /// Where the server tells its time; nil: nowhere.
    package let clock: (entry: String, attribute: String)?
    /// Values come in ranges: `member;range=0-1499`.
    package let returnsRanges: Bool
    /// The server is one of a forest of domains: `DOMAIN\name`, naming contexts without accounts.
    package let hasDomains: Bool
    /// The settings by which an administrator raises the limits of a search; nil: not known.
    package let limitSettings: String?

    /// How to find out what the bind DN may write.
    package let rights: RightsSource
    /// How an administrator lets the bind DN write the attribute, a sentence.
    package let grant: @Sendable (AttributeName) -> String
    /// Under which password policy the server refuses an account that is disabled.
    package let refusal: Refusal
    /// A lock stops simple binds alone: SASL binds by certificate go on.
    package let letsCertificatesIn: Bool
    /// What says that an account is disabled stands in every entry: hidden, it reads as unknown.
    package let alwaysShowsState: Bool
    /// Nothing disables an entry but what the reason writes.
    package let isDisabledByReasons: Bool

    init(
        _ name: Name, marks: Marks, account: any AccountRules,
        id: AttributeName = .entryUUID, _ idForm: IDForm = .uuidText,
        namesEntriesByID: Bool = false, roles: [AttributeName] = [],
        loginNames: [AttributeName] = [], answers: Answers = Answers(),
        allowsEmptyGroups: Bool = false, emptyGroups: EmptyGroups = .untold,
        fillsDynamicGroups: Bool = false, matchesUidsInAnyCase: Bool = false,
        impersonalAccounts: Filter? = nil, hasPrimaryGroups: Bool = false,
        emptiesGroupsUntold: Bool = false, changes: ChangeSource = .timestamps,
        clock: (entry: String, attribute: String)? = nil, returnsRanges: Bool = false,
        hasDomains: Bool = false, limitSettings: String? = nil, rights: RightsSource = .untold,
        grant: @escaping @Sendable (AttributeName) -> String = { _ in "Grant it on the server." },
        refusal: Refusal = .unknown, letsCertificatesIn: Bool = false,
        alwaysShowsState: Bool = false, isDisabledByReasons: Bool = false
    ) {
        self.name = name
        self.marks = marks
        self.account = account
        idAttribute = id
        self.idForm = idForm
        self.namesEntriesByID = namesEntriesByID
        roleAttributes = roles
        self.loginNames = loginNames
        self.answers = answers
        self.allowsEmptyGroups = allowsEmptyGroups
        self.emptyGroups = emptyGroups
        self.fillsDynamicGroups = fillsDynamicGroups
        self.matchesUidsInAnyCase = matchesUidsInAnyCase
        self.impersonalAccounts = impersonalAccounts
        self.hasPrimaryGroups = hasPrimaryGroups
        self.emptiesGroupsUntold = emptiesGroupsUntold
        self.changes = changes
        self.clock = clock
        self.returnsRanges = returnsRanges
        self.hasDomains = hasDomains
        self.limitSettings = limitSettings
        self.rights = rights
        self.grant = grant
        self.refusal = refusal
        self.letsCertificatesIn = letsCertificatesIn
        self.alwaysShowsState = alwaysShowsState
        self.isDisabledByReasons = isDisabledByReasons
    }

    package static let all = Name.allCases.map(\.dialect)

    /// What a directory is taken for that nobody has read yet and whose dialect nobody has set.
    package static let unread = openldap

    package var description: String { name.rawValue }
}

// The kinds of difference.
extension Dialect {
    /// How the value of `idAttribute` is written.
    enum IDForm {
        /// 8-4-4-4-12 hexadecimal digits.
        case uuidText
        /// Four groups of eight hexadecimal digits.
        case nsUniqueId
        /// 16 octets, the first three groups with the least octet first.
        case guidOctets
        /// 16 octets in the order in which they are shown.
        case octets
    }

    package enum EmptyGroups: Sendable {
        /// The server tells who may read the members.
        case effectiveRights
        /// The `memberOf` of people shows what the group hides.
        case memberOf
        /// By nothing: such a group is taken for an empty one.
        case untold
    }

    package enum ChangeSource: Sendable {
        /// Content sync, whose cookie is the contextCSN that the naming context's entry shows.
        case contextCSN
        /// Content sync from a changelog, which has changes of `memberOf`, too: the plugins write to it
        /// like everybody else.
        case changelog
        /// DirSync, or the number that each write counts up.
        case updateNumbers
        /// modifyTimestamp alone.
        case timestamps
    }

    package enum RightsSource: Sendable {
        /// Each is tried with a modify that can't succeed.
        case attempts
        /// `allowedAttributesEffective` ([MS-ADTS] 3.1.1.4.5.7).
        case allowedAttributes
        /// The control Get Effective Rights, where the server offers it.
        case effectiveRights
        case untold
    }

    package enum Refusal: Sendable {
        /// Under every policy; what is refused, in words.
        case always(String)
        /// Only under one that says so, of the overlay ppolicy.
        case byPolicy
        case unknown
    }

    /// Whether a group of these classes must have a member, so that one which shows none hides them, and
    /// the last one's place has to be taken by a placeholder.
    package func requiresMember(classes: [String]) -> Bool {
        guard !allowsEmptyGroups else { return false }
        let folded = classes.map(\.asciiLowered)
        return folded.contains("groupofnames") || folded.contains("groupofuniquenames")
    }

    /// The name by which the entry of this id is found wherever it is; nil: it has to be searched for.
    package func directName(of id: EntryID) -> DN? { namesEntriesByID ? .guid(id) : nil }
}

extension AttributeName {
    /// RFC 4530.
    static let entryUUID = AttributeName(trusted: "entryUUID")
}
