package import Configuration
package import Identity
internal import LDAP
package import Store

/// Who may do what to whom.
package struct Rights {
    private let settings: Settings

    package init(_ settings: Settings) {
        self.settings = settings
    }

    /// Throws unless the operator has the right; `what` says what for, where that is not plain.
    package func require(
        _ right: Right, of by: Operator, to what: String? = nil
    ) throws(Refusal) {
        guard let operators = settings.operators else { return }
        guard let known = operators[by.login] else {
            throw Refusal(
                .forbidden, "\(by.login) is not among the operators",
                hint: "An administrator can add the login under `operators` in \(settings.file).")
        }
        guard known.may.contains(right) else {
            throw Refusal(
                .forbidden, "\(by.login) may not \(what ?? right.sentence)",
                hint: "The right `\(right.rawValue)` under `operators.\(by.login).may` allows it.")
        }
    }

    /// Throws for a protected user, unless forced, and for the account that Lockstep binds with.
    package func requireUnprotected(
        _ user: User, in directory: DirectorySettings, forced: Bool
    ) throws(Refusal) {
        guard let dn = user.record.dn.dn else { return }
        if case .simple(let own, _, _) = directory.bind, own == dn {
            throw Refusal(
                .forbidden,
                "\(user.record.username) is the account that Lockstep itself binds with",
                hint: "Nobody can lock it with Lockstep, not even with --force.")
        }
        guard directory.protects(dn), !forced else { return }
        throw Refusal(
            .forbidden, "\(user.record.username) is protected",
            hint:
                "directories.\(directory.name).protect names the entry; --force with --note locks it."
        )
    }
}

extension Right {
    fileprivate var sentence: String {
        switch self {
        case .lock: "lock users"
        case .deactivate: "deactivate users"
        case .reactivate: "reactivate users"
        case .unlock: "unlock users"
        case .approve: "approve requests"
        case .force: "use --force"
        case .release: "release a stopped sync's plan"
        case .import: "import credentials or certificates"
        }
    }
}

extension DirectorySettings {
    /// Whether `protect` names the entry.
    func protects(_ dn: DN) -> Bool {
        protect.contains { name in
            switch name {
            case .dn(let protected): protected == dn
            case .rdn(let protected): dn.rdns.first == protected
            }
        }
    }
}
