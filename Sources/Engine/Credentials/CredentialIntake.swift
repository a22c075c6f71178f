package import Ground
package import Identity
package import Store

/// Adds credentials by hand; on a locked user nothing new comes alive.
package struct CredentialIntake {
    private let store: Store
    private let by: Operator
    private let now: Timestamp
    private let table: CredentialTable

    package init(store: Store, by: Operator, now: Timestamp) throws(StoreError) {
        self.store = store
        self.by = by
        self.now = now
        table = try CredentialTable(store)
    }

    /// Adds one credential, in a transaction of its own.
    ///
    /// Returns it as it was stored; nil: the user is in the store no more.
    package func add(_ credential: NewCredential) throws -> Credential? {
        try store.write { transaction -> Credential? in
            guard let user = try store.user(credential.user) else { return nil }
            if let fault = try fault(of: credential, user: user) {
                throw Refusal(.refused, fault)
            }
            return try insert(credential, user: user, in: transaction)
        }
    }

    /// Why the credential can't be added; nil where it can, or is there already just so.
    func fault(of credential: NewCredential, user: User) throws -> String? {
        if let fault = Self.fault(ofSerial: credential.serial) { return "the serial \(fault)" }
        let name = user.record.username
        let born: CredentialState
        switch CredentialRule.birth(credential.state, of: user.state) {
        case .refused(let because), .unchanged(let because):
            return "\(name) is \(user.state.rawValue): \(because)"
        case .become(let state): born = state
        }
        guard let same = try same(credential), same.state != born else { return nil }
        return "\(name) has the \(credential.kind.label) \(credential.serial) already, and it is "
            + same.state.rawValue
    }

    /// Why a text can't be a serial: nobody could type it, or tell it from another one; nil: it can.
    private static func fault(ofSerial serial: String) -> String? {
        if serial.isEmpty { return "is empty" }
        if serial.utf8.count > 256 { return "is longer than 256 octets" }
        if serial.first?.isWhitespace == true || serial.last?.isWhitespace == true {
            return "begins or ends with a blank"
        }
        let isPlain = serial.unicodeScalars.allSatisfy {
            $0.properties.generalCategory != .control && $0.properties.generalCategory != .format
        }
        return isPlain ? nil : "has a control character in it"
    }

    /// The user's credential of this kind and serial.
    func same(_ credential: NewCredential) throws(StoreError) -> Credential? {
        try table.credentials(withSerial: credential.serial).first {
            $0.user == credential.user && $0.kind == credential.kind
        }
    }

    /// Inserts it; one that is there already is returned.
    func insert(
        _ credential: NewCredential, user: User, in transaction: borrowing Transaction
    ) throws(StoreError) -> Credential {
        if let same = try same(credential) { return same }
        let born = CredentialRule.birth(credential.state, of: user.state)
        // What is refused has been told as a fault.
        let state = if case .become(let state) = born { state } else { credential.state }
        let inserted = try table.insert(
            user: credential.user, kind: credential.kind, serial: credential.serial, state: state,
            in: transaction)
        if state != credential.state {
            try WaitingTable(store).add(credential: inserted.id, in: transaction)
        }
        try changed(
            user, event: "credential added",
            [
                "kind": .string(credential.kind.rawValue), "serial": .string(credential.serial),
                "state": .string(state.rawValue),
            ], in: transaction)
        return inserted
    }

    /// What was planned for the user before this is to be planned anew.
    private func changed(
        _ user: User, event: String, _ detail: [String: JSONValue],
        in transaction: borrowing Transaction
    ) throws(StoreError) {
        try store.raiseRevision(of: user.id, in: transaction)
        _ = try transaction.append(
            AuditEvent(
                at: now, by: by.login, host: by.host, terminal: by.terminal, event: event,
                user: user.subject, detail: detail))
    }
}

/// A credential that is about to be added.
package struct NewCredential: Sendable {
    /// The row id of its user.
    package let user: UserID
    package let kind: CredentialKind
    package let serial: String
    package let state: CredentialState

    package init(user: UserID, kind: CredentialKind, serial: String, state: CredentialState) {
        self.user = user
        self.kind = kind
        self.serial = serial
        self.state = state
    }
}
