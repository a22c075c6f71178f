internal import Identity

/// Finds the users of whom every word of a text begins a word, as many as are asked for.
///
/// In the order of their ids. What it finds does not depend on how it looks: among many users the
/// first ones tell which words are common, and those are not asked of the whole index where it
/// can be helped (see `WordSample`).
final class WordSearch {
    private let store: Store
    private let sampling: WordSampling
    private let whole: Statement

    init(_ store: Store, sampling: WordSampling) throws(StoreError) {
        self.store = store
        self.sampling = sampling
        whole = try store.database.prepare(
            """
            SELECT u.id FROM user_words w JOIN users u ON u.id = w.rowid \
            WHERE w.user_words MATCH ? AND (?2 IS NULL OR u.state = ?2) \
            ORDER BY w.rowid LIMIT ?3
            """)
    }

    /// `state` nil: any; no more than `most`.
    func find(
        _ words: [String], state: UserState?, most: Int64
    ) throws(StoreError) -> [UserID] {
        guard !words.isEmpty else { return [] }
        guard try store.database.integer("SELECT max(id) FROM users") >= sampling.least else {
            return try inWhole(words, state, most)
        }
        let sample = try WordSample(store)
        let first = try self.first(sampling.size, of: state)
        try sample.take(first)
        let found = Array(try sample.matches(words).prefix(Int(most)))
        if found.count == most || first.count < sampling.size { return found }
        let telling = try tellingWords(words, sample)
        if telling.count < words.count,
            let found = try filter(telling, words, state, most, sample)
        {
            return found
        }
        return try inWhole(words, state, most)
    }

    private func inWhole(
        _ words: [String], _ state: UserState?, _ most: Int64
    ) throws(StoreError) -> [UserID] {
        guard let text = SearchWords.query(all: words, asPrefixes: true) else { return [] }
        try whole.bind(text, at: 1)
        try whole.bind(state?.rawValue, at: 2)
        try whole.bind(most, at: 3)
        return try whole.all { row throws(StoreError) in try row.id("id") }
    }

    /// So many as were born first, whatever their words; `state` nil: of any.
    func first(_ most: Int64, of state: UserState?) throws(StoreError) -> [UserID] {
        let statement =
            switch state {
            case nil: try store.database.prepare("SELECT id FROM users ORDER BY id LIMIT ?2")
            case .active:
                try store.database.prepare(
                    "SELECT id FROM users WHERE state = ?1 ORDER BY id LIMIT ?2")
            case .inactive, .locked:
                // The condition of the index, which SQLite does not conclude.
                try store.database.prepare(
                    """
                    SELECT id FROM users WHERE state != 'active' AND state = ?1 \
                    ORDER BY id LIMIT ?2
                    """)
            }
        if let state { try statement.bind(state.rawValue, at: 1) }
        try statement.bind(most, at: 2)
        return try statement.all { row throws(StoreError) in try row.id("id") }
    }

    /// Those that few of the first users have, or the one that fewest have.
    private func tellingWords(
        _ words: [String], _ sample: WordSample
    ) throws(StoreError) -> [String] {
        var rarest: (word: String, count: Int)?
        var telling: [String] = []
        for word in words {
            let count = try sample.matches([word]).count
            if count * 50 < sampling.size { telling.append(word) }
            if count < rarest?.count ?? .max { rarest = (word, count) }
        }
        return telling.isEmpty ? [rarest?.word].compactMap(\.self) : telling
    }

    /// Of those who have the telling words the ones who have all; nil: there are too many.
    private func filter(
        _ telling: [String], _ words: [String], _ state: UserState?, _ most: Int64,
        _ sample: WordSample
    ) throws(StoreError) -> [UserID]? {
        let bound = sampling.size * sampling.rounds
        let candidates = try inWhole(telling, state, bound)
        var found: [UserID] = []
        var rest = candidates[...]
        while !rest.isEmpty {
            try sample.take(Array(rest.prefix(Int(sampling.size))))
            rest = rest.dropFirst(Int(sampling.size))
            found += try sample.matches(words)
            if found.count >= most { return Array(found.prefix(Int(most))) }
        }
        return candidates.count < bound ? found : nil
    }
}

/// When, and of how many users, a search looks at the first ones before it asks the whole index.
package struct WordSampling: Sendable {
    /// Of fewer users than this the whole index tells as fast.
    let least: Int64
    /// How many users are looked at at once.
    let size: Int64
    /// How many times as many are looked at for the words that the whole index was not asked for.
    let rounds: Int64

    /// The values for a million users; others are for tests.
    package init(least: Int64 = 20_000, size: Int64 = 500, rounds: Int64 = 4) {
        self.least = least
        self.size = size
        self.rounds = rounds
    }
}
