import Ground
import Identity
import LDAP

@testable import Store

/// Tests write rows by SQL, with the numbers that they ask for.
extension CertificateID: ExpressibleByIntegerLiteral {
    package init(integerLiteral: Int64) { self.init(rawValue: integerLiteral) }
}

extension CredentialID: ExpressibleByIntegerLiteral {
    package init(integerLiteral: Int64) { self.init(rawValue: integerLiteral) }
}

extension DirectoryID: ExpressibleByIntegerLiteral {
    package init(integerLiteral: Int64) { self.init(rawValue: integerLiteral) }
}

extension DirectoryName: ExpressibleByStringLiteral {
    package init(stringLiteral: String) { self.init(rawValue: stringLiteral) }
}

extension GroupID: ExpressibleByIntegerLiteral {
    package init(integerLiteral: Int64) { self.init(rawValue: integerLiteral) }
}

extension ProcessID: ExpressibleByIntegerLiteral {
    package init(integerLiteral: Int64) { self.init(rawValue: integerLiteral) }
}

extension RunID: ExpressibleByIntegerLiteral {
    package init(integerLiteral: Int64) { self.init(rawValue: integerLiteral) }
}

extension UserID: ExpressibleByIntegerLiteral {
    package init(integerLiteral: Int64) { self.init(rawValue: integerLiteral) }
}

extension RunLock.Holder {
    /// A sync of a fictional operator.
    static let example = RunLock.Holder(
        pid: 4711, login: "ada", since: Timestamp(seconds: 1_700_000_000))
}

extension Store {
    static func open(_ path: String, for access: Access) throws(StoreError) -> Store {
        try open(path, for: access, by: .example)
    }

    /// A store of the test's own with the directory 1 and the user 1, `ada`.
    static func withUser(in folder: ScratchFolder) throws(StoreError) -> Store {
        let store = try open(folder.file("test.db"), for: .write(create: true))
        try store.database.execute(
            """
            INSERT INTO directories (id, name) VALUES (1, 'hq');
            INSERT INTO users (id, directory, entry_id, dn, dn_key, username, username_key, state,
                digest, born_run)
            VALUES (1, 1, 'e1', 'uid=ada,dc=example,dc=com', x'01', 'ada', 'ada', 'active', x'', 1),
                   (2, 1, 'e2', 'uid=bob,dc=example,dc=com', x'02', 'bob', 'bob', 'active', x'', 1);
            INSERT INTO processes (id, use_case, user, reason, reason_text, at, by, host, forced, state)
            VALUES (7, 'UsersProcLock', 1, 'technical', 'Technical', 1, 'ada', 'h', 0, 'open')
            """)
        return store
    }

    /// Appends `count` events about the user 1 and the user 2 in turn, one second apart.
    func appendEvents(_ count: Int) throws(StoreError) {
        try write { (transaction: borrowing Transaction) throws(StoreError) in
            for number in 0..<count { try transaction.append(.example(number)) }
        }
    }
}

extension AuditEvent {
    static func example(_ number: Int) -> AuditEvent {
        let id = UserID(rawValue: Int64(number % 2 + 1))
        return AuditEvent(
            at: Timestamp(seconds: 1_700_000_000 + Int64(number)), by: "ada", host: "admin.example",
            terminal: number % 3 == 0 ? "pts/0" : nil, event: "lock",
            process: ProcessID(rawValue: Int64(number)),
            user: Subject(id: id, username: "user\(id)", dn: "uid=user\(id),dc=example,dc=com"),
            detail: ["reason": "misuse", "note": .string("nº \(number)")])
    }
}
