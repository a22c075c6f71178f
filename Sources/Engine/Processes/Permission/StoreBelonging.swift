package import Configuration
internal import Glibc
package import Ground
package import Identity
internal import LDAP
package import Store

/// A store belongs to the configuration that made it.
///
/// Rights stand in the configuration. Whoever may run Lockstep as somebody else, through sudo, could
/// name another trusted file with the same store, in which they may do everything. So the store keeps
/// the path of its file, and the rights under it for the day when another file is to take its place.
package struct StoreBelonging {
    private let settings: Settings
    private let store: Store

    package init(_ settings: Settings, _ store: Store) {
        self.settings = settings
        self.store = store
    }

    /// Throws for a command that would write under another configuration than the store's; keeps the
    /// rights of this one.
    ///
    /// A store that was made before its configuration was kept takes this one for its own.
    package func require() throws {
        let people = OperatorUsers(settings, store)
        if let known = try table.row(), isOwn(known), known.rights == settings.rights,
            try !people.hasNews()
        {
            return
        }
        // Of two programs that come to it at once the second one finds the first one's path.
        try store.write { transaction in
            let known = try table.row()
            if let known, !isOwn(known) { throw foreign(known) }
            try table.set(
                ConfigurationTable.Row(
                    path: known?.path ?? settings.file, rights: settings.rights), in: transaction)
            try people.remember(in: transaction)
        }
    }

    /// The path of the configuration that the store belongs to, where that is another one.
    package func other() throws(StoreError) -> String? {
        guard let known = try table.row(), !isOwn(known) else { return nil }
        return known.path
    }

    /// Throws unless the operator may adopt the store under this configuration.
    ///
    /// Under another one than its own the rights that the store has kept decide: those of the new file
    /// could say anything.
    package func requireAdoption(by: Operator) throws {
        guard let known = try table.row(), !isOwn(known) else {
            try Rights(settings).require(.release, of: by, to: "adopt a store")
            return
        }
        guard let operators = known.rights["operators"]?.object else { return }
        let may = operators[by.login]?["may"]?.array ?? []
        guard may.contains(.string(Right.force.rawValue)) else {
            throw Refusal(
                .forbidden, "\(by.login) may not take a store from its configuration",
                hint:
                    "The store belongs to \(known.path); the right `force` there allows it, as of the "
                    + "last command that wrote under it.")
        }
    }

    /// Gives the store to this configuration; nil where it belongs to it already.
    package func adopt(
        because: String, by: Operator, at now: Timestamp
    ) throws -> AuditHead? {
        try store.write { transaction -> AuditHead? in
            guard let known = try table.row(), !isOwn(known) else { return nil }
            try table.set(
                ConfigurationTable.Row(path: settings.file, rights: settings.rights),
                in: transaction)
            return try transaction.append(
                AuditEvent(
                    at: now, by: by.login, host: by.host, terminal: by.terminal,
                    event: "store adopted",
                    detail: [
                        "because": .string(because), "from": .string(known.path),
                        "to": .string(settings.file),
                    ]))
        }
    }

    private var table: ConfigurationTable { ConfigurationTable(store) }

    private func foreign(_ known: ConfigurationTable.Row) -> Refusal {
        Refusal(
            .configuration,
            "\(store.path) belongs to the configuration \(known.path), and this is "
                + settings.file,
            hint:
                "Use that one. Where this one takes its place: lockstep store adopt --because TEXT")
    }

    /// Whether the path names the very file that was read, whatever links are on the way to it.
    private func isOwn(_ known: ConfigurationTable.Row) -> Bool {
        if known.path == settings.file { return true }
        var (kept, read) = (stat(), stat())
        guard unsafe stat(known.path, &kept) == 0, unsafe stat(settings.file, &read) == 0 else {
            return false
        }
        return kept.st_dev == read.st_dev && kept.st_ino == read.st_ino
    }
}

extension Settings {
    /// Who may do what to whom, as the store keeps it.
    fileprivate var rights: JSONValue {
        let operators = operators.map { operators in
            JSONValue.object(
                operators.mapValues { known in
                    [
                        "may": .array(
                            known.may.map { .string($0.rawValue) }.sorted { $0.text < $1.text }),
                        "is": JSONValue(known.user),
                    ]
                })
        }
        return [
            "operators": operators ?? .null,
            "approval": [
                "useCases": .array(
                    UseCase.allCases.filter(approval.useCases.contains).map { .string($0.word) }),
                "expires": .int(approval.expires),
                "approvers": .array(approval.approvers.map { .string($0) }),
            ],
            "protect": .object(
                Dictionary(
                    directories.map { directory in
                        (
                            directory.name.rawValue,
                            .array(directory.protect.map { .string($0.text) })
                        )
                    }, uniquingKeysWith: { $1 })),
        ]
    }
}

extension ProtectedName {
    fileprivate var text: String {
        switch self {
        case .rdn(let rdn): rdn.text
        case .dn(let dn): dn.text
        }
    }
}
