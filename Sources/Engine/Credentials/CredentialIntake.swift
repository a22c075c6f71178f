internal import Crypto
package import Identity
package import LDAP
package import Store

/// Adds credentials and certificates by hand; on a locked user nothing new comes alive.
package struct CredentialIntake {
    private let store: Store
    private let by: Operator
    private let now: Timestamp

    package init(store: Store, by: Operator, now: Timestamp) {
        self.store = store
        self.by = by
        self.now = now
    }

    /// One credential, in a transaction of its own.
    package func add(_ credential: NewCredential) throws {
        try store.transaction {
            guard let user = try store.user(credential.user) else { return }
            if let fault = try fault(of: credential, user: user) {
                throw Refusal(.refused, fault)
            }
            _ = try insert(credential, user: user)
        }
    }

    /// The certificates of a PEM file, on a credential, in a transaction of its own.
    ///
    /// One that the user has already is related to the credential and otherwise left as it is.
    package func add(
        pem: [UInt8], named file: String, to credential: Credential,
        standing: Certificate.Standing
    ) throws -> [Certificate] {
        let contents = try Self.contents(pem: pem, named: file)
        return try store.transaction {
            guard let user = try store.user(credential.user) else { return [] }
            return try contents.map {
                try insert($0, on: credential, user: user, standing: standing)
            }
        }
    }

    /// Why the credential can't be added; nil where it can, or is there already just so.
    func fault(of credential: NewCredential, user: User) throws -> String? {
        if let fault = Self.fault(ofSerial: credential.serial) { return "the serial \(fault)" }
        let name = user.record.username
        if user.state == .locked, credential.state == .active || credential.state == .requested {
            return "\(name) is locked: a credential can't become \(credential.state.rawValue)"
        }
        guard let same = try same(credential), same.state != credential.state else { return nil }
        return "\(name) has the \(credential.kind.label) \(credential.serial) already, and it is "
            + same.state.rawValue
    }

    /// What a serial can't be: nobody could type it, or tell it from another one.
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
        try CredentialTable(store.database).credentials(withSerial: credential.serial).first {
            $0.user == credential.user && $0.kind == credential.kind
        }
    }

    /// Inserts it, within the caller's transaction; one that is there already is returned.
    func insert(_ credential: NewCredential, user: User) throws(StoreError) -> Credential {
        if let same = try same(credential) { return same }
        let inserted = try CredentialTable(store.database).insert(
            user: credential.user, kind: credential.kind, serial: credential.serial,
            state: credential.state)
        try changed(
            user, event: "credential added",
            [
                "kind": .string(credential.kind.rawValue), "serial": .string(credential.serial),
                "state": .string(credential.state.rawValue),
            ])
        return inserted
    }

    /// Inserts it, within the caller's transaction; on a locked user it is born revoked.
    func insert(
        _ content: Certificate.Content, on credential: Credential, user: User,
        standing: Certificate.Standing
    ) throws(StoreError) -> Certificate {
        let table = try CertificateTable(store.database)
        if let known = try table.certificate(of: user.id, fingerprint: content.fingerprint) {
            if try table.relate(known.id, to: credential.id) {
                try changed(user, event: "certificate related", detail(content, credential))
            }
            return try table.certificate(known.id) ?? known
        }
        let born = try birth(standing, user: user)
        let inserted = try table.insert(
            user: user.id, credential: credential.id, content, born)
        try changed(user, event: "certificate added", detail(content, credential))
        return inserted
            ?? Certificate(
                id: 0, user: user.id, credential: credential.id, content: content, standing: born)
    }

    private func birth(
        _ standing: Certificate.Standing, user: User
    ) throws(StoreError) -> Certificate.Standing {
        if case .revoked = standing { return standing }
        guard user.state == .locked, let id = user.stateProcess,
            let process = try store.processes.process(id)
        else { return standing }
        let held: Certificate.Held? = if case .onHold(let held) = standing { held } else { nil }
        return .revoked(
            Certificate.Revocation(
                reason: process.revocation ?? .unspecified, at: now, by: process.id),
            held: held)
    }

    private func detail(
        _ content: Certificate.Content, _ credential: Credential
    ) -> [String: JSONValue] {
        [
            "serial": .string(content.serial), "issuer": .string(content.issuer),
            "credential": .string(credential.serial),
        ]
    }

    /// What was planned for the user before this is to be planned anew.
    private func changed(
        _ user: User, event: String, _ detail: [String: JSONValue]
    ) throws(StoreError) {
        try store.raiseRevision(of: user.id)
        _ = try store.audit.append(
            AuditEvent(
                at: now, by: by.login, host: by.host, terminal: by.terminal, event: event,
                user: user.subject, detail: detail))
    }

    /// What a CA wrote into the certificates of a PEM text.
    static func contents(
        pem: [UInt8], named file: String
    ) throws(Refusal) -> [Certificate.Content] {
        do throws(CertificateError) {
            return try X509Certificate.certificates(pem: pem).map(Certificate.Content.init)
        } catch {
            throw Refusal(.refused, "\(file): \(error.description)")
        }
    }
}
