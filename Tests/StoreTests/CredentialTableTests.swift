import Identity
import Store
import Testing

struct CredentialTableTests {
    let folder: ScratchFolder
    let store: Store
    let table: CredentialTable

    init() throws {
        folder = try ScratchFolder()
        store = try Store.withUser(in: folder)
        table = try CredentialTable(store.database)
    }

    @Test(arguments: CredentialKind.allCases, CredentialState.allCases)
    func `a credential comes back as it was stored`(
        kind: CredentialKind, state: CredentialState
    ) throws {
        let stored = try table.insert(user: 1, kind: kind, serial: "№ 1", state: state)
        #expect(stored.changedBy == nil)
        #expect(try table.credential(stored.id) == stored)
        #expect(try table.credentials(of: 1) == [stored])
        #expect(try table.credentials(of: 2) == [])
    }

    @Test func `a serial that several share finds them all`() throws {
        let card = try table.insert(user: 1, kind: .card, serial: "1", state: .active)
        let token = try table.insert(user: 1, kind: .softToken, serial: "1", state: .active)
        let other = try table.insert(user: 2, kind: .card, serial: "1", state: .requested)
        _ = try table.insert(user: 2, kind: .card, serial: "2", state: .active)
        #expect(try table.credentials(withSerial: "1") == [card, token, other])
    }

    @Test func `a user has no two credentials of one kind and serial`() throws {
        _ = try table.insert(user: 1, kind: .card, serial: "1", state: .active)
        let error = #expect(throws: StoreError.self) {
            try table.insert(user: 1, kind: .card, serial: "1", state: .locked)
        }
        #expect(error?.kind == .constraint)
    }

    @Test func `a credential belongs to somebody who is there`() {
        let error = #expect(throws: StoreError.self) {
            try table.insert(user: 99, kind: .card, serial: "1", state: .active)
        }
        #expect(error?.kind == .constraint)
    }

    @Test func `a change keeps the process that made it`() throws {
        let card = try table.insert(user: 1, kind: .card, serial: "1", state: .active)
        try table.setState(.locked, of: card.id, by: 7)
        let locked = try table.credential(card.id)
        #expect(locked?.state == .locked)
        #expect(locked?.changedBy == 7)
    }

    @Test func `all are read one after the other`() throws {
        let stored = try (0..<5).map {
            try table.insert(user: 1, kind: .card, serial: "\($0)", state: .active)
        }
        var read: [Credential] = []
        try table.read { read.append($0) }
        #expect(read == stored)
    }
}
