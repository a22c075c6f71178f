internal import Ground
internal import Store

/// The holders of what a list shows, each read once while they follow one another.
struct UserCache {
    let store: Store
    private var last: User?

    init(store: Store) {
        self.store = store
    }

    mutating func reference(_ id: Int64) throws -> JSONValue {
        try find(id)?.reference ?? .null
    }

    mutating func username(_ id: Int64) throws -> String {
        try find(id)?.record.username ?? ""
    }

    mutating func find(_ id: Int64) throws -> User? {
        if last?.id != id { last = try store.user(id) }
        return last
    }
}
