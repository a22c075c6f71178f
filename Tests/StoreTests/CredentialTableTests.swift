import Identity
import Testing

@testable import Store

struct CredentialTableTests {
    let folder: ScratchFolder
    let store: Store
    let table: CredentialTable

    init() throws {
        folder = try ScratchFolder()
        store = try Store.withUser(in: folder)
        table = try CredentialTable(store)
    }

    @Test(arguments: CredentialKind.allCases, CredentialState.allCases)
    func `a credential comes back as it was stored`(
        kind: CredentialKind, state: CredentialState
    ) throws {
        let stored = try store.write {
            try table.insert(user: 1, kind: kind, serial: "№ 1", state: state, in: $0)
        }
        #expect(stored.changedBy == nil)
        #expect(try table.credential(stored.id) == stored)
        #expect(try table.credentials(of: 1) == [stored])
        #expect(try table.credentials(of: 2) == [])
    }

    @Test func `a serial that several share finds them all`() throws {
        let card = try store.write {
            try table.insert(user: 1, kind: .card, serial: "1", state: .active, in: $0)
        }
        let token = try store.write {
            try table.insert(user: 1, kind: .softToken, serial: "1", state: .active, in: $0)
        }
        let other = try store.write {
            try table.insert(user: 2, kind: .card, serial: "1", state: .requested, in: $0)
        }
        _ = try store.write {
            try table.insert(user: 2, kind: .card, serial: "2", state: .active, in: $0)
        }
        #expect(try table.credentials(withSerial: "1") == [card, token, other])
    }

    @Test func `a user has no two credentials of one kind and serial`() throws {
        _ = try store.write {
            try table.insert(user: 1, kind: .card, serial: "1", state: .active, in: $0)
        }
        let error = #expect(throws: StoreError.self) {
            try store.write {
                try table.insert(user: 1, kind: .card, serial: "1", state: .locked, in: $0)
            }
        }
        #expect(error?.kind == .constraint)
    }

    @Test func `a credential belongs to somebody who is there`() {
        let error = #expect(throws: StoreError.self) {
            try store.write {
                try table.insert(user: 99, kind: .card, serial: "1", state: .active, in: $0)
            }
        }
        #expect(error?.kind == .constraint)
    }

    @Test func `a change keeps the process that made it`() throws {
        let card = try store.write {
            try table.insert(user: 1, kind: .card, serial: "1", state: .active, in: $0)
        }
        try store.write { try table.setState(.locked, of: card.id, by: 7, in: $0) }
        let locked = try table.credential(card.id)
        #expect(locked?.state == .locked)
        #expect(locked?.changedBy == 7)
    }

    @Test func `all are read one after the other`() throws {
        let stored = try (0..<5).map { number in
            try store.write {
                try table.insert(
                    user: 1, kind: .card, serial: "\(number)", state: .active, in: $0)
            }
        }
        var read: [Credential] = []
        try table.read { read.append($0) }
        #expect(read == stored)
    }
}
