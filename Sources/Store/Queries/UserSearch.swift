package import Identity
internal import LDAP

/// What `find` asks: users of whom every word of a text begins a word, and whoever holds what has that serial.
///
/// Reads the username, names, mail address, employee number and kept attributes, ignoring case and
/// accents.
package final class UserSearch {
    package struct Found: Sendable {
        /// Those with exactly this username, employee number or serial first, then as they were born.
        package let users: [User]
        /// More match than were asked for.
        package let isCut: Bool
    }

    private let byWords: WordSearch
    private let lookup: UserLookup
    private let reader: UserReader
    private let bySerial: Statement

    package init(
        _ store: Store, sampling: WordSampling = WordSampling()
    ) throws(StoreError) {
        byWords = try WordSearch(store, sampling: sampling)
        lookup = try UserLookup(store)
        reader = try UserReader(store)
        bySerial = try store.database.prepare(
            """
            SELECT user FROM credentials WHERE serial IN (?1, ?2) \
            UNION SELECT user FROM certificates WHERE serial = ?3 ORDER BY user
            """)
    }

    /// `state` nil: any.
    package func find(
        _ text: String, state: UserState?, limit: Int
    ) throws(StoreError) -> Found {
        guard limit > 0 else { return Found(users: [], isCut: false) }
        var ids = try exact(text)
        let others = try byWords.find(
            SearchWords.split(text), state: state, most: Int64(limit + ids.count + 1))
        ids += others.filter { !ids.contains($0) }
        var users: [User] = []
        for id in ids where users.count <= limit {
            guard let user = try reader.user(id), state == nil || user.state == state else {
                continue
            }
            users.append(user)
        }
        return Found(users: Array(users.prefix(limit)), isCut: users.count > limit)
    }

    /// All of this state, as they were born; nil: of any.
    package func all(_ state: UserState?, limit: Int) throws(StoreError) -> Found {
        let ids = try byWords.first(Int64(limit) + 1, of: state)
        var users: [User] = []
        for id in ids {
            if let user = try reader.user(id) { users.append(user) }
        }
        return Found(users: Array(users.prefix(limit)), isCut: users.count > limit)
    }

    private func exact(_ text: String) throws(StoreError) -> [UserID] {
        var ids = try lookup.byUsername(text)
        if case .number(let id) = WrittenUserID(text), !ids.contains(id) { ids.insert(id, at: 0) }
        for id in try lookup.byEmployeeNumber(text) where !ids.contains(id) { ids.append(id) }
        for id in try holders(of: text) where !ids.contains(id) { ids.append(id) }
        return ids
    }

    /// A card's serial as it is printed or in upper case; a certificate's with the separators that tools show.
    private func holders(of serial: String) throws(StoreError) -> [UserID] {
        defer { bySerial.reset() }
        let upper = serial.uppercased()
        try bySerial.bind(serial, at: 1)
        try bySerial.bind(upper, at: 2)
        try bySerial.bind(upper.filter { $0 != ":" && $0 != " " }, at: 3)
        return try bySerial.all { row throws(StoreError) in try row.id("user") }
    }
}
