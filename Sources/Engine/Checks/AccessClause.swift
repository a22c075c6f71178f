internal import LDAP

/// What stands behind one `by` of a rule of slapd's: who, what they may, and what comes after it.
struct AccessClause {
    enum Privilege {
        case read
        case write
    }

    private let who: [Substring]
    /// `read`, `=rscx`, `+w`; nil: nothing at all.
    private let level: String?
    /// `stop`, `continue` or `break`.
    private let control: String

    private static let levels = [
        "none", "disclose", "auth", "compare", "search", "read", "write", "add", "delete", "manage",
    ]
    private static let controls: Set<String> = ["stop", "continue", "break"]

    init(_ words: [Substring]) {
        var words = words
        var control = "stop"
        if let last = words.last?.lowercased(), Self.controls.contains(last) {
            control = last
            words.removeLast()
        }
        self.control = control
        level =
            words.count > 1
            ? words.last.flatMap { Self.isLevel($0) ? $0.lowercased() : nil } : nil
        who = level == nil ? words : words.dropLast()
    }

    private static func isLevel(_ word: Substring) -> Bool {
        let word = word.lowercased()
        let bare = ["realself", "self"].first { word.hasPrefix($0) }.map {
            word.dropFirst($0.count)
        }
        return levels.contains(String(bare ?? word[...]))
            || word.first.map { "=+-".contains($0) } ?? false
    }

    /// Whether nothing after it counts.
    ///
    /// `continue` leaves it to what follows in the same rule.
    var ends: Sureness {
        switch control {
        case "stop": .yes
        case "break": .no
        default: .perhaps
        }
    }

    func grants(_ privilege: Privilege) -> Bool {
        guard let level else { return false }
        if let place = Self.levels.firstIndex(of: level) {
            return privilege == .read ? place >= 5 : ["write", "manage"].contains(level)
        }
        guard level.hasPrefix("=") || level.hasPrefix("+") else { return false }
        return level.contains(privilege == .read ? "r" : "w")
    }

    /// Whether it means the account by its name and under no condition.
    func isOf(_ account: DN) -> Bool {
        guard who.count == 1, let (key, value) = who.first.map(Self.assignment) else {
            return false
        }
        return ["dn", "dn.exact", "dn.base"].contains(key) && DN(value) == account
    }

    /// Whether it means the account; several conditions must all hold.
    func means(_ account: DN, about entry: DN) -> Sureness {
        who.reduce(who.isEmpty ? .perhaps : .yes) { means, word in
            let (key, value) = Self.assignment(word)
            switch key {
            case "*", "users": return means
            case "anonymous": return .no
            case "self": return means.and(entry == account ? .yes : .no)
            case _ where key == "dn" || key.hasPrefix("dn."):
                return means.and(Self.covers(account, style: key, value))
            default: return means.and(.perhaps)
            }
        }
    }

    /// Whether a DN is what such a clause names; a pattern, and what expands, is decided by the server.
    static func covers(_ dn: DN, style: String, _ value: String) -> Sureness {
        if value == "*" { return .yes }
        guard let base = DN(value) else { return .perhaps }
        let isCovered: Bool? =
            switch style {
            case "dn", "dn.exact", "dn.base", "dn.baseobject": dn == base
            case "dn.one", "dn.onelevel": dn.parent == base
            case "dn.children": dn.isDescendant(of: base)
            case "dn.sub", "dn.subtree": dn.isWithin(base)
            default: nil
            }
        return isCovered.map { $0 ? .yes : .no } ?? .perhaps
    }

    /// `dn.exact="cn=a,dc=b"`: the key in lower case, the value without its quotes.
    static func assignment(_ word: Substring) -> (key: String, value: String) {
        guard let sign = word.firstIndex(of: "=") else { return (word.lowercased(), "") }
        let value = word[word.index(after: sign)...].filter { $0 != "\"" }
        return (word[..<sign].lowercased(), value)
    }
}

/// What can be told of a rule without asking the server.
enum Sureness {
    case yes
    case no
    case perhaps

    func and(_ other: Sureness) -> Sureness {
        if self == .no || other == .no { return .no }
        return self == .perhaps || other == .perhaps ? .perhaps : .yes
    }
}
