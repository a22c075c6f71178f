package import Identity
package import LDAP
package import Store

/// Adds the credentials of a CSV file: all rows, or none.
package struct CredentialImport {
    package struct Added: Sendable {
        package var credentials = 0
        package var certificates = 0
        /// Rows that said what the store had already.
        package var unchanged = 0
    }

    /// A row that can be carried out.
    private struct Row {
        let credential: NewCredential
        let user: User
        let certificates: [Certificate.Content]
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
    private let readCertificate: (String) throws -> [UInt8]

    /// `readCertificate` gives the octets of a file beside the CSV.
    package init(
        store: Store, by: Operator, now: Timestamp,
        readCertificate: @escaping (String) throws -> [UInt8]
    ) {
        self.store = store
        intake = CredentialIntake(store: store, by: by, now: now)
        self.readCertificate = readCertificate
    }

    /// Throws one `Refusal` that names every bad row.
    package func run(_ octets: [UInt8], name: String) throws -> Added {
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
        return try store.transaction {
            var checked: [Row] = []
            var faults: [Fault] = []
            var seen: [String: Int] = [:]
            for row in rows.dropFirst() {
                do throws(Refusal) {
                    checked.append(try check(row, seen: &seen))
                } catch {
                    faults.append(Fault(line: row.line, message: error.message))
                }
            }
            guard faults.isEmpty else { throw Self.refusal(faults, name: name) }
            return try add(checked)
        }
    }

    private func add(_ rows: [Row]) throws(StoreError) -> Added {
        var added = Added()
        for row in rows {
            let isNew = try intake.same(row.credential) == nil
            let credential = try intake.insert(row.credential, user: row.user)
            var fresh = 0
            for content in row.certificates {
                let table = try CertificateTable(store.database)
                if try table.certificate(of: row.user.id, fingerprint: content.fingerprint) == nil {
                    fresh += 1
                }
                _ = try intake.insert(
                    content, on: credential, user: row.user, standing: .valid)
            }
            added.certificates += fresh
            if isNew { added.credentials += 1 } else if fresh == 0 { added.unchanged += 1 }
        }
        return added
    }

    private func check(_ row: CSV.Row, seen: inout [String: Int]) throws(Refusal) -> Row {
        let fields = row.fields
        guard fields.count == Self.header.count else {
            throw Refusal(
                .refused, "has \(fields.count) fields instead of \(Self.header.count)")
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
            let pem = fields[4].isEmpty ? nil : try readCertificate(fields[4])
            let contents = try pem.map {
                try CredentialIntake.contents(pem: $0, named: fields[4])
            }
            return Row(credential: credential, user: user, certificates: contents ?? [])
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw Refusal(.refused, "\(error)")
        }
    }

    private func user(_ name: String) throws(Refusal) -> User {
        let users: [User]
        do throws(StoreError) {
            users = try store.find(name).users
        } catch {
            throw Refusal(.refused, error.description)
        }
        if users.isEmpty { throw Refusal(.refused, "there is no user “\(name)”") }
        guard users.count == 1 else {
            throw Refusal(.refused, "“\(name)” names \(users.count) users")
        }
        return users[0]
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
