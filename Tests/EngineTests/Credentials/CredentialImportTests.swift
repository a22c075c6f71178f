import Engine
import Fixtures
import Foundation
import Identity
import LDAP
import Store
import Testing

/// An import holds up nobody: whatever takes time is done before its transaction begins.
@Suite struct CredentialImportTests {
    private static let somebody = Operator(login: "root", host: "admin.example", terminal: nil)
    private let lab: SyncLab
    private let pem: [UInt8]

    init() throws {
        lab = try SyncLab()
        try lab.sync()
        pem = Array(
            try Data(
                contentsOf: URL(filePath: Certificates.shared.get().certificate("good"))))
    }

    private func another() throws -> Store {
        try Store.open(
            lab.folder.file("store.db"), for: .write(create: false),
            by: RunLock.Holder(pid: 2, login: "test", since: lab.now))
    }

    private func run(_ rows: String, whileReading: @escaping () throws -> Void) throws
        -> CredentialImport.Added
    {
        let pem = pem
        return try CredentialImport(store: lab.store, by: Self.somebody, now: lab.now) { _ in
            try whileReading()
            return pem
        }.run(Array("user,kind,serial,state,certificate\n\(rows)".utf8), name: "cards.csv")
    }

    @Test func `while a file is read somebody else can write`() throws {
        let (other, ada) = (try another(), try lab.user("ada").id)
        let added = try run("ada,card,C1,active,ada.pem\n") {
            try other.write { try other.raiseRevision(of: ada, in: $0) }
        }
        #expect((added.credentials, added.certificates) == (1, 1))
        #expect(try lab.user("ada").revision > 0)
    }

    @Test func `what somebody else writes meanwhile is looked at before anything is added`() throws
    {
        let (other, ada) = (try another(), try lab.user("ada").id)
        let error = #expect(throws: Refusal.self) {
            try run("ben,card,C1,active,\nada,card,C1,active,ada.pem\n") {
                _ = try CredentialIntake(store: other, by: Self.somebody, now: lab.now).add(
                    NewCredential(user: ada, kind: .card, serial: "C1", state: .returned))
            }
        }
        #expect(
            error?.message
                == "cards.csv:3: ada has the card C1 already, and it is returned")
        #expect(try lab.count("SELECT count(*) FROM credentials") == 1)
    }
}
