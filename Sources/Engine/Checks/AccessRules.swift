internal import LDAP

/// slapd's access rules of a database, as far as they say which of them answers first.
///
/// slapd.access(5): of the rules that fit entry and attribute the first one answers, and the others count only
/// where what it has for whoever asks ends in `break`. A rule that is added without a number stands last.
/// A filter, a pattern, a group or an address can't be decided from here: such a rule *may* answer.
struct AccessRules {
    private let rules: [AccessRule]

    /// The values of `olcAccess`; each is called by the number that the server gives it.
    init(_ values: [String]) {
        rules = values.enumerated().map { AccessRule($1, at: $0) }.sorted { $0.number < $1.number }
    }

    /// Those of the database that has the users; none where the bind DN may not read them.
    init(of session: borrowing DirectorySession) {
        let name = AttributeName(trusted: "olcAccess")
        self.init(session.database(attributes: [name])?.texts(name) ?? [])
    }

    /// A sentence where one rule lets the account write and another answers, or may answer, before it.
    func obstacle(to attribute: AttributeName, of entry: DN, for account: DN?) -> String? {
        guard let account else { return nil }
        let fitting = rules.compactMap { rule -> (rule: AccessRule, fits: Sureness)? in
            let fits = rule.fits(attribute, of: entry)
            return fits == .no ? nil : (rule, fits)
        }
        guard
            let granting = fitting.firstIndex(where: { $0.rule.letsByName(account, .write) })
        else { return nil }
        let before = fitting[..<granting].map { rule, fits in
            (number: rule.number, answers: fits.and(rule.answers(account, about: entry)))
        }
        guard let first = before.first(where: { $0.answers != .no }) else { return nil }
        let last = before.first { $0.answers == .yes && first.answers == .perhaps }
        let lets = fitting[granting].fits == .yes ? "lets it" : "may let it"
        return "olcAccess {\(fitting[granting].rule.number)} \(lets), and {\(first.number)} stands "
            + "before it and \(first.answers == .yes ? "answers" : "may answer") first"
            + (last.map { ", else {\($0.number)} does" } ?? "")
            + ". Put that rule at {0}, ending in `by * break`."
    }

    /// Whether the first rule that may fit is seen to let the account read each of these of the entry.
    func lets(_ account: DN, read attributes: [AttributeName], of entry: DN) -> Bool {
        attributes.allSatisfy { attribute in
            for rule in rules {
                switch rule.fits(attribute, of: entry) {
                case .no: continue
                case .perhaps: return false
                case .yes:
                    switch rule.lets(account, .read, about: entry) {
                    case .no where rule.answers(account, about: entry) == .no: continue
                    case .no, .perhaps: return false
                    case .yes: return true
                    }
                }
            }
            return false
        }
    }
}

/// One value of `olcAccess`: `to … by … by …`.
private struct AccessRule {
    let number: Int
    private let what: [Substring]
    private let clauses: [AccessClause]
    /// It begins as no rule does that is known here.
    private let isStrange: Bool

    init(_ value: String, at offset: Int) {
        var words = Self.words(value[...])
        var number = offset
        if words.first?.hasPrefix("{") == true, let first = words.first,
            let end = first.firstIndex(of: "}")
        {
            number = Int(first[first.index(after: first.startIndex)..<end]) ?? offset
            let rest = first[first.index(after: end)...]
            words.removeFirst()
            if !rest.isEmpty { words.insert(rest, at: 0) }
        }
        self.number = number
        let parts = words.dropFirst().split(omittingEmptySubsequences: false) {
            $0.lowercased() == "by"
        }
        isStrange = words.first?.lowercased() != "to" || parts.isEmpty
        what = Array(parts.first ?? [])
        clauses = parts.dropFirst().map { AccessClause(Array($0)) }
    }

    /// Split at blanks outside quotes.
    private static func words(_ text: Substring) -> [Substring] {
        var isQuoted = false
        return text.split { character in
            if character == "\"" { isQuoted.toggle() }
            return !isQuoted && character.isWhitespace
        }
    }

    /// Whether it says anything of that attribute of that entry.
    func fits(_ attribute: AttributeName, of entry: DN) -> Sureness {
        guard !isStrange else { return .perhaps }
        return what.reduce(.yes) { fits, word in
            let (key, value) = AccessClause.assignment(word)
            switch key {
            case "*": return fits
            case "attrs", "attr": return fits.and(Self.names(attribute, value))
            case _ where key == "dn" || key.hasPrefix("dn."):
                return fits.and(AccessClause.covers(entry, style: key, value))
            default: return .perhaps.and(fits)
            }
        }
    }

    /// `@class` stands for what a class allows, `!class` for all else; a supertype for its subtypes, and an
    /// OID for a name: the schema decides.
    private static func names(_ attribute: AttributeName, _ list: String) -> Sureness {
        let names = list.split(separator: ",").map { $0.lowercased() }
        if names.contains(attribute.folded) { return .yes }
        let isOpen = names.contains { name in
            name.hasPrefix("@") || name.hasPrefix("!") || name.first?.isNumber == true
                || ["name", "distinguishedname"].contains(name)
        }
        return isOpen ? .perhaps : .no
    }

    /// Whether a clause that names the account, and nobody else, has the privilege.
    func letsByName(_ account: DN, _ privilege: AccessClause.Privilege) -> Bool {
        clauses.contains { $0.isOf(account) && $0.grants(privilege) }
    }

    /// Whether no rule after it counts for that account.
    func answers(_ account: DN, about entry: DN) -> Sureness {
        // slapd.access(5): each list of clauses ends in an implicit `by * none stop`.
        guard let (clause, means) = deciding(account, about: entry) else { return .yes }
        return means == .perhaps ? .perhaps : clause.ends
    }

    /// Whether it gives the account the privilege, and answers.
    func lets(
        _ account: DN, _ privilege: AccessClause.Privilege, about entry: DN
    ) -> Sureness {
        guard let (clause, means) = deciding(account, about: entry) else { return .no }
        return means == .perhaps
            ? .perhaps : clause.ends.and(clause.grants(privilege) ? .yes : .no)
    }

    /// The first clause that means the account, or may; nil: none does.
    private func deciding(
        _ account: DN, about entry: DN
    ) -> (clause: AccessClause, means: Sureness)? {
        for clause in clauses {
            let means = clause.means(account, about: entry)
            if means != .no { return (clause, means) }
        }
        return nil
    }
}
