package import Ground
package import Identity
package import Store

/// Adds the credentials of a CSV file: all rows, or none.
package struct CredentialImport {
    package struct Added: Sendable {
        package var credentials = 0
        package var certificates = 0
        /// Rows that said what the store had already.
        package var unchanged = 0
        /// CAs whose certificates were left out, with the file before the name.
        package var authorities: [String] = []
    }

    /// A row whose words and file are in order.
    private struct Row {
        let line: Int
        let credential: NewCredential
        let certificates: [Certificate.Encoded]
    }

    /// A row that can be carried out.
    private struct Decided {
        let row: Row
        let user: User
        let decisions: [CertificateIntake.Decision]
    }

    private struct Fault {
        let line: Int
        let message: String
    }

    private static let header = ["user", "kind", "serial", "state", "certificate"]
    /// Of more bad rows than this only the number is told.
    private static let mostFaults = 100

    private let store: Store
    private let intake: CredentialIntake
    private let certificates: CertificateIntake
    private let readCertificate: (String) throws -> [UInt8]

    /// `readCertificate` gives the octets of a file beside the CSV.
    package init(
        store: Store, by: Operator, now: Timestamp,
        readCertificate: @escaping (String) throws -> [UInt8]
    ) throws(StoreError) {
        self.store = store
        intake = try CredentialIntake(store: store, by: by, now: now)
        certificates = try CertificateIntake(store: store, by: by, now: now)
        self.readCertificate = readCertificate
    }

    /// Throws one `Refusal` that names every bad row.
    ///
    /// All that takes time, reading the files above all, is done before the transaction begins: until
    /// that is over nobody else can lock or sync.
    package func run(_ octets: [UInt8], name: String) throws -> Added {
        var authorities: [(file: String, content: Certificate.Content)] = []
        let (rows, faults) = try prepared(octets, name: name, &authorities)
        let version = try store.versionOfOthers()
        let looked = try decided(rows)
        let all = (faults + looked.faults).sorted { $0.line < $1.line }
        guard all.isEmpty else { throw Self.refusal(all, name: name) }
        var added = try store.write { transaction in
            let isStill = try store.versionOfOthers() == version
            let (decided, faults) = isStill ? looked : try decided(rows)
            guard faults.isEmpty else { throw Self.refusal(faults, name: name) }
            try certificates.disown(authorities.map(\.content), in: transaction)
            return try add(decided, in: transaction)
        }
        added.authorities = authorities.map { "\($0): \($1.subject)" }
        return added
    }

    private func prepared(
        _ octets: [UInt8], name: String,
        _ authorities: inout [(file: String, content: Certificate.Content)]
    ) throws -> ([Row], [Fault]) {
        let rows: [CSV.Row]
        do throws(CSV.Fault) {
            rows = try CSV.parse(octets)
        } catch {
            throw Self.refusal([Fault(line: error.line, message: error.message)], name: name)
        }
        guard let header = rows.first, header.fields.map(Self.plain) == Self.header else {
            let due = Self.header.joined(separator: ",")
            throw Self.refusal(
                [Fault(line: rows.first?.line ?? 1, message: "the first line must be \(due)")],
                name: name)
        }
        var prepared: [Row] = []
        var faults: [Fault] = []
        var seen: [String: Int] = [:]
        for row in rows.dropFirst() {
            do throws(Refusal) {
                prepared.append(try prepare(row, seen: &seen, &authorities))
            } catch {
                faults.append(Fault(line: row.line, message: error.message))
            }
        }
        return (prepared, faults)
    }

    private func prepare(
        _ row: CSV.Row, seen: inout [String: Int],
        _ authorities: inout [(file: String, content: Certificate.Content)]
    ) throws(Refusal) -> Row {
        let fields = row.fields
        guard fields.count == Self.header.count else {
            throw Refusal(
                .refused,
                "has \(fields.count) \(fields.count == 1 ? "field" : "fields") instead of "
                    + "\(Self.header.count)")
        }
        let user = try user(fields[0])
        let credential = NewCredential(
            user: user.id, kind: try Self.word(fields[1], "kind"), serial: fields[2],
            state: try Self.word(fields[3].isEmpty ? "active" : fields[3], "state"))
        let key = "\(user.id) \(credential.kind.rawValue) \(credential.serial)"
        if let line = seen[key] { throw Refusal(.refused, "says the same as line \(line)") }
        seen[key] = row.line
        do {
            if let fault = try intake.fault(of: credential, user: user) {
                throw Refusal(.refused, fault)
            }
            guard !fields[4].isEmpty else {
                return Row(line: row.line, credential: credential, certificates: [])
            }
            let file = try CertificateFile(
                pem: try readCertificate(fields[4]), named: fields[4])
            authorities += file.authorities.map { (fields[4], $0) }
            return Row(
                line: row.line, credential: credential, certificates: file.certificates)
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw Refusal(.refused, "\(error)")
        }
    }

    /// What becomes of the rows by what the store says now.
    private func decided(_ rows: [Row]) throws -> ([Decided], faults: [Fault]) {
        var decided: [Decided] = []
        var faults: [Fault] = []
        var claimed: [[UInt8]: Int] = [:]
        for row in rows {
            do {
                decided.append(try decide(row, &claimed))
            } catch let refusal as Refusal {
                faults.append(Fault(line: row.line, message: refusal.message))
            }
        }
        return (decided, faults)
    }

    private func decide(_ row: Row, _ claimed: inout [[UInt8]: Int]) throws -> Decided {
        guard let user = try store.user(row.credential.user) else {
            throw Refusal(.refused, "the user is in the store no more")
        }
        if let fault = try intake.fault(of: row.credential, user: user) {
            throw Refusal(.refused, fault)
        }
        let credential =
            try intake.same(row.credential)
            ?? Credential(
                id: .unborn, user: user.id, kind: row.credential.kind,
                serial: row.credential.serial,
                state: row.credential.state, changedBy: nil)
        let decisions = try row.certificates.map { certificate in
            let content = certificate.content
            if let line = claimed.updateValue(row.line, forKey: content.fingerprint),
                line != row.line
            {
                throw Refusal(
                    .refused,
                    "has the certificate \(content.serial), which line \(line) has on another credential"
                )
            }
            return try certificates.decide(
                certificate, on: credential, of: user, CertificateIntake.Wish())
        }
        return Decided(row: row, user: user, decisions: decisions)
    }

    private func add(_ rows: [Decided], in transaction: borrowing Transaction) throws -> Added {
        var added = Added()
        for row in rows {
            let isNew = try intake.same(row.row.credential) == nil
            let credential = try intake.insert(row.row.credential, user: row.user, in: transaction)
            var fresh = 0
            for decision in row.decisions
            where try certificates.carryOut(decision, on: credential, in: transaction).isNew {
                fresh += 1
            }
            added.certificates += fresh
            if isNew { added.credentials += 1 } else if fresh == 0 { added.unchanged += 1 }
        }
        return added
    }

    private func user(_ name: String) throws(Refusal) -> User {
        let found: UserLookup.Matches
        do throws(StoreError) {
            found = try store.find(name)
        } catch {
            throw Refusal(.refused, error.description)
        }
        if let only = found.only { return only }
        if found.users.isEmpty { throw Refusal(.refused, "there is no user “\(name)”") }
        throw Refusal(.refused, "“\(name)” names \(found.candidates.count) users")
    }

    private static func word<Word>(
        _ text: String, _ what: String
    ) throws(Refusal) -> Word where Word: RawRepresentable<String> & CaseIterable {
        if let word = Word(rawValue: text) { return word }
        let allowed = Word.allCases.map(\.rawValue).joined(separator: ", ")
        throw Refusal(.refused, "“\(text)” is no \(what): use \(allowed)")
    }

    private static func plain(_ field: String) -> String {
        field.lowercased().split(whereSeparator: \.isWhitespace).joined()
    }

    private static func refusal(_ faults: [Fault], name: String) -> Refusal {
        var lines = faults.prefix(mostFaults).map { "\(name):\($0.line): \($0.message)" }
        if faults.count > mostFaults { lines.append("and \(faults.count - mostFaults) more") }
        return Refusal(
            .refused, lines.joined(separator: "\n"), hint: "Nothing was imported.")
    }
}
