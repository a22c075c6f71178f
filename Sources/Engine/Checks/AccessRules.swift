internal import LDAP

/// slapd's access rules of a database, as far as they say which of them answers first.
///
/// slapd.access(5): of the rules that fit entry and attribute the first one answers, and the others count only
/// where what it has for whoever asks ends in `break`. A rule that is added without a number stands last.
struct AccessRules {
    private let rules: [AccessRule]

    /// The values of `olcAccess`, in their order.
    init(_ values: [String]) {
        rules = values.compactMap(AccessRule.init)
    }

    /// Those of the database that has the users; none where the bind DN may not read them.
    init(of session: borrowing DirectorySession) {
        let name = AttributeName(trusted: "olcAccess")
        self.init(session.database(attributes: [name])?.texts(name) ?? [])
    }

    /// A sentence where one rule lets the account write and another answers before it.
    func obstacle(to attribute: AttributeName, of entry: DN, for account: DN?) -> String? {
        guard let account else { return nil }
        let fitting = rules.enumerated().filter { $1.fits(attribute, of: entry) }
        guard let granting = fitting.first(where: { $1.letsWrite(account) }),
            let first = fitting.first(where: { $1.answers(account) }),
            first.offset < granting.offset
        else { return nil }
        return "olcAccess {\(granting.offset)} lets it, and {\(first.offset)} stands before it and "
            + "answers first. Put that rule at {0}, ending in `by * break`."
    }
}

/// One value of `olcAccess`: `to … by … by …`.
private struct AccessRule {
    private let what: [Substring]
    /// What follows each `by`.
    private let clauses: [[Substring]]

    init?(_ value: String) {
        var words = Self.words(value[...])
        if words.first?.hasPrefix("{") == true, let number = words.first,
            let end = number.firstIndex(of: "}")
        {
            let rest = number[number.index(after: end)...]
            words.removeFirst()
            if !rest.isEmpty { words.insert(rest, at: 0) }
        }
        guard words.first?.lowercased() == "to" else { return nil }
        let parts = words.dropFirst().split(omittingEmptySubsequences: false) {
            $0.lowercased() == "by"
        }
        guard let what = parts.first else { return nil }
        self.what = Array(what)
        clauses = parts.dropFirst().map(Array.init)
    }

    /// Split at blanks outside quotes.
    private static func words(_ text: Substring) -> [Substring] {
        var isQuoted = false
        return text.split { character in
            if character == "\"" { isQuoted.toggle() }
            return !isQuoted && character.isWhitespace
        }
    }

    /// Whether it says anything of that attribute of that entry; a filter is taken to match.
    func fits(_ attribute: AttributeName, of entry: DN) -> Bool {
        what.allSatisfy { word in
            let (key, value) = Self.assignment(word)
            switch key {
            case "*": return true
            case "attrs", "attr":
                return value.split(separator: ",").contains {
                    $0.lowercased() == attribute.folded || $0.hasPrefix("@")
                }
            case _ where key == "dn" || key.hasPrefix("dn."):
                return Self.covers(entry, style: key, DN(value))
            default: return true
            }
        }
    }

    /// A pattern, which is no DN, is taken to match.
    private static func covers(_ entry: DN, style: String, _ base: DN?) -> Bool {
        guard let base else { return true }
        return switch style {
        case "dn", "dn.exact", "dn.base": entry == base
        case "dn.one", "dn.onelevel": entry.parent == base
        case "dn.children": entry.isDescendant(of: base)
        case "dn.sub", "dn.subtree": entry.isWithin(base)
        default: true
        }
    }

    func letsWrite(_ account: DN) -> Bool {
        clauses.contains { Self.names(account, $0) == .byName && Self.grantsWriting($0) }
    }

    /// Whether no rule after it counts for that account; not where whom it means can't be told from here.
    func answers(_ account: DN) -> Bool {
        for clause in clauses {
            switch Self.names(account, clause) {
            case .byName, .asAnybody:
                return !["break", "continue"].contains(clause.last?.lowercased() ?? "")
            case .perhaps: return false
            case .no: continue
            }
        }
        // slapd.access(5): each list of clauses ends in an implicit `by * none stop`.
        return true
    }

    private enum Naming {
        case byName
        case asAnybody
        case perhaps
        case no
    }

    private static func names(_ account: DN, _ clause: [Substring]) -> Naming {
        let (key, value) = assignment(clause.first ?? "")
        switch key {
        case "*", "users": return .asAnybody
        case "anonymous", "self": return .no
        case "dn", "dn.exact", "dn.base": return DN(value) == account ? .byName : .no
        default: return .perhaps
        }
    }

    private static func grantsWriting(_ clause: [Substring]) -> Bool {
        guard clause.count > 1 else { return false }
        let level = clause[1].lowercased()
        return ["write", "manage"].contains(level)
            || level.hasPrefix("=") && level.contains("w") || level.hasPrefix("+w")
    }

    /// `dn.exact="cn=a,dc=b"`: the key in lower case, the value without its quotes.
    private static func assignment(_ word: Substring) -> (key: String, value: String) {
        guard let sign = word.firstIndex(of: "=") else { return (word.lowercased(), "") }
        let value = word[word.index(after: sign)...].filter { $0 != "\"" }
        return (word[..<sign].lowercased(), value)
    }
}
